"""日结 asks both ends for a day, shows them side by side, and closes this desk's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.hall import Hall
from clerk_app.office.counter.numbering import explain_gaps
from clerk_app.office.office import Office, Outcome, SignedOut
from clerk_app.office.oversight.day_close import DayRow, close_day, day_rows
from clerk_app.office.oversight.evening import Evening, evening
from ui.background import Background
from ui.language import tr
from ui.shortcuts import Key
from ui.sync.day_page import DayPage
from ui.sync.day_view import DayRowView, DayView
from ui.today.evening_view import EveningView, tell_evening
from ui.weekdays import LONG_WEEKDAYS
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

LAMPS: dict[str, LampKind] = {"equal": "done", "open": "cut", "unequal": "unknown"}
FURTHEST = 35
"""Days back: what the centre keeps for sure."""


class DayPresenter(QObject):
    """日结 one day at a time; nobody waits for a server: amber is an answer too. `page_wanted`, `case_wanted` from a finding."""

    said = Signal(str, bool)
    page_wanted = Signal(str)
    case_wanted = Signal(str)

    def __init__(self, office: Office, background: Background, page: DayPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._day: date | None = None
        self._closed: set[date] = set()
        page.day_wanted.connect(self._turn)
        page.act.connect(self._act)
        page.opened.connect(self._open)
        page.explained.connect(self._explain)
        self._evening: Evening | None = None

    @Slot()
    def refresh(self) -> None:
        """Ask again."""
        if self._office.session is None:
            return
        day = self._day or self._today()
        self._background.run_net(lambda: _laid_out(self._office, day), lambda found: self._show(day, *found))

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _show(self, day: date, rows: tuple[DayRow, ...], found: Evening | None) -> None:
        if day == (self._day or self._today()):
            self._evening = found
            view = day_view(day, self._today(), rows, self._office.hall, closed=day in self._closed)
            self._page.render(replace(view, evening=tell_evening(found) if found else None))

    @Slot(str)
    def _open(self, key: str) -> None:
        view = tell_evening(self._evening) if self._evening else EveningView()
        chosen = next((one for one in view.findings if one.id == key), None)
        if chosen is not None and chosen.case:
            self.case_wanted.emit(chosen.case)
        elif chosen is not None and chosen.page and not chosen.gap:
            self.page_wanted.emit(chosen.page)

    @Slot(str, str)
    def _explain(self, key: str, reason: str) -> None:
        kind, _, place = key.partition(":")
        if kind != "numbers" or self._evening is None or int(place) >= len(self._evening.gaps):
            return
        gap = self._evening.gaps[int(place)]
        self._background.run(lambda: explain_gaps(self._office, gap.kind, gap.serials, reason), self._explained)

    def _explained(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(tr("空号说明已记下。"), True)
        self.refresh()

    @Slot(int)
    def _turn(self, step: int) -> None:
        today = self._today()
        wanted = (self._day or today) + timedelta(days=step)
        if today - timedelta(days=FURTHEST) <= wanted <= today:
            self._day = None if wanted == today else wanted
            self.refresh()

    @Slot(str)
    def _act(self, name: str) -> None:
        day = self._day or self._today()
        if name == "close":
            # Rests of number blocks go back first: that asks the net.
            self._background.run_net(lambda: close_day(self._office, day), lambda done: self._closed_now(day, done))

    def _closed_now(self, day: date, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._closed.add(day)
            self.said.emit(
                tr("{month}月{day}日已日结。两边一致了会自己变绿，不用等。", month=day.month, day=day.day), True
            )
        self.refresh()


def _laid_out(office: Office, day: date) -> tuple[tuple[DayRow, ...], Evening | None]:
    """What both ends have, and the day's books; who got up meanwhile needs none."""
    rows = day_rows(office, day)
    try:
        return rows, evening(office, day, rows)
    except SignedOut:
        return rows, None


def day_view(day: date, today: date, rows: tuple[DayRow, ...], hall: Hall, *, closed: bool = False) -> DayView:
    """The page of one day."""
    own = next((row for row in rows if row.own), None)
    unequal = [row for row in rows if row.agreement != "equal"]
    message = None
    if own is not None and own.there is None and own.here is not None and own.here.rows:
        message = StripView(
            tr("中心的数还没有问到。"), tr("线路恢复会自己变绿，不用等。"), kind="warn", icon="link-off"
        )
    elif any(row.agreement == "unequal" for row in rows):
        message = StripView(tr("有一台机器和中心对不上。"), tr("数都留着，找管理员核对这台机器。"))
    elif unequal:
        message = StripView(
            tr("{count} 台机器还有没送到的。", count=len(unequal)), tr("送到了会自己变绿，不用等。"), kind="warn"
        )
    return DayView(
        title=tr("{month}月{day}日 {weekday}", month=day.month, day=day.day, weekday=LONG_WEEKDAYS[day.weekday()]),
        message=message,
        rows=tuple(_row(row, hall) for row in rows if row.own or row.there is not None),
        bar=_bar(own, closed=closed),
        earlier="" if today - day < timedelta(days=FURTHEST) else tr("更早的在中心"),
        later=tr("今天就是最后一天") if day >= today else "",
    )


def _bar(own: DayRow | None, *, closed: bool) -> NextStepView:
    if own is None or own.here is None or not own.here.rows:
        reason = tr("这一天这台机器没有办过事")
        return NextStepView(tr("没有要结的"), step=Act("close", tr("日结"), Key.NEXT_STEP, reason))
    words = {
        "equal": tr("两边一致，可以日结"),
        "open": tr("还有没送到的；日结照记，送到了自己变绿"),
        "unequal": tr("两边对不上，先找管理员"),
    }
    text = tr("再记一次日结") if closed else tr("日结")
    return NextStepView(words[own.agreement], step=Act("close", text, Key.NEXT_STEP))


def _row(row: DayRow, hall: Hall) -> DayRowView:
    place = hall.roster.windows.get(row.window)
    here, there = row.here, row.there
    return DayRowView(
        id=row.device,
        window=tr("{window}号 {name}", window=row.window, name=place.name)
        if place
        else tr("{window}号", window=row.window),
        machine=tr("本机") if row.own else tr("尾号 {device}", device=row.device[-4:]),
        here=tr("{rows} 条", rows=here.rows) if here else tr("在那台机器上看"),
        here_head=_head(here.head) if here else "",
        there=tr("{rows} 条", rows=there.rows) if there else tr("还没问到"),
        there_head=_head(there.head) if there else "",
        state=_state(row),
        lamp=LAMPS[row.agreement],
        own=row.own,
    )


def _head(text: str) -> str:
    return tr("链头 {text}…{text_2}", text=text[:4], text_2=text[-4:]) if text else ""


def _state(row: DayRow) -> str:
    waiting = max(row.here.undecided if row.here else 0, row.there.undecided if row.there else 0)
    if row.agreement == "equal":
        return tr("两边一致") if row.own else tr("中心都定了")
    if row.agreement == "unequal":
        return tr("对不上")
    return tr("还有 {waiting} 条没定", waiting=waiting) if waiting else tr("等线路")

"""年历的主持 this year and the next: which days are known from a notice, and the way to bring next year's into use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.duty.rostering import roster_desk
from clerk_app.office.office import Office
from clerk_app.workdays import Calendar
from ui.background import Background
from ui.language import tr
from ui.managing.list_page import ListPage
from ui.managing.view import ItemRowView, ListView, PaperDetail
from ui.shortcuts import Key
from ui.weekdays import WEEKDAYS
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

BRING = "bring"


@dataclass(frozen=True)
class YearSeen:
    """看到的一年 whether all its days are known, and what is no plain week, in words."""

    year: int
    known: bool
    spans: tuple[str, ...]
    waits: bool = False
    """Somebody has asked for days of it, and another has still to confirm them."""


class YearsPresenter(QObject):
    """年历 `said(text, good)`, `roster_wanted()` when the days are to be asked for. The days are counted off the screen's thread."""

    said = Signal(str, bool)
    roster_wanted = Signal()

    def __init__(self, office: Office, background: Background, page: ListPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._may_ask = self._may_see = False
        self._key, self._years = "", tuple[YearSeen, ...]()
        page.row_chosen.connect(self._choose)
        page.act.connect(lambda _: self.roster_wanted.emit())
        page.refused.connect(lambda reason: self.said.emit(tr("{reason}。", reason=reason), False))

    def start(self) -> None:
        """Another person sat down."""
        self._may_ask = self._may_see = False
        self._key = ""
        self._page.render(ListView())

    def show(self, *, may_ask: bool, may_see: bool) -> None:
        """What this person may do."""
        self._may_ask, self._may_see = may_ask, may_see
        self._render()

    @Slot()
    def refresh(self) -> None:
        """By the calendar in force."""
        if self._office.session is not None:
            calendar, year = self._office.hall.calendar, self._office.parts.clock.now().year
            office = self._office
            self._background.run_net(lambda: years_seen(calendar, (year + 1, year), asked_years(office)), self._landed)

    def _landed(self, years: tuple[YearSeen, ...]) -> None:
        self._years = years
        self._render()

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._key = key
        self._render()

    def _render(self) -> None:
        if not (self._may_see and self._years):
            return
        chosen = next((one for one in self._years if str(one.year) == self._key), self._years[0])
        rows = tuple(map(_tell_row, self._years))
        self._page.render(ListView(title=tr("放假和调休"), rows=rows, detail=self._detail(chosen)))

    def _detail(self, seen: YearSeen) -> PaperDetail:
        why = "" if self._may_ask else tr("由管理员提")
        message = None
        if seen.waits:
            message = StripView(
                tr("{year} 年的安排提了，还没生效。", year=seen.year),
                tr("请值班长或另一位管理员到 审计 → 人员与岗位变动 里确认。"),
            )
        elif not seen.known:
            message = StripView(
                tr("{year} 年的通知还没有录全，期限都算暂定。", year=seen.year),
                tr("通知下来后，一段一段加上放假和调休上班的日子，最后加一行“全年已定”。"),
            )
        return PaperDetail(
            id=str(seen.year),
            title=tr("{year} 年", year=seen.year),
            note=tr("已定") if seen.known else tr("暂定"),
            lines=seen.spans or (tr("还没有录日子。"),),
            message=message,
            bar=NextStepView(
                tr("放假安排和人员变动一样，两个人办。"),
                tr("确认后各窗口按新日历算期限；挪动的期限在 审计 → 日历变动 里看。"),
                step=Act(BRING, tr("提放假安排"), Key.NEXT_STEP, why),
            ),
        )


def years_seen(calendar: Calendar, years: tuple[int, ...], asked: frozenset[int] = frozenset()) -> tuple[YearSeen, ...]:
    """The first look at a year takes a quarter of a second."""
    return tuple(YearSeen(one, announced(calendar, one), tuple(spans(calendar, one)), one in asked) for one in years)


def asked_years(office: Office) -> frozenset[int]:
    """提了的年份 of what waits for a second person."""
    waiting = (row.change for row in roster_desk(office).rows if row.change.open)
    lines = (line for change in waiting for line in change.lines if line.what in ("days", "year"))
    return frozenset(int(line.id[:4]) for line in lines)


def announced(calendar: Calendar, year: int) -> bool:
    """Whether every day of the year is known."""
    return all(calendar.is_certain(day) for day in _days(year))


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def spans(calendar: Calendar, year: int) -> Iterator[str]:
    """2月5日 周五 到 2月11日 周四 春节，放假: what is not a plain week, in runs."""
    run: list[date] = []
    for day in _days(year):
        plain = calendar.is_workday(day) == (day.weekday() < 5) and day not in calendar.overrides
        if run and (plain or _kind(calendar, run[-1]) != _kind(calendar, day)):
            yield _run_words(calendar, run)
            run = []
        if not plain:
            run.append(day)
    if run:
        yield _run_words(calendar, run)


def _kind(calendar: Calendar, day: date) -> tuple[bool, str]:
    return calendar.is_workday(day), calendar.day_name(day)


def _run_words(calendar: Calendar, run: list[date]) -> str:
    first, last = run[0], run[-1]
    words = tr("上班") if calendar.is_workday(first) else tr("放假")
    name = calendar.day_name(first)
    days = (
        _day_words(first) if first == last else tr("{first} 到 {last}", first=_day_words(first), last=_day_words(last))
    )
    return tr("{days} {name}，{words}", days=days, name=name, words=words)


def _day_words(day: date) -> str:
    return tr("{month}月{day}日 {weekday}", month=day.month, day=day.day, weekday=WEEKDAYS[day.weekday()])


def _tell_row(seen: YearSeen) -> ItemRowView:
    return ItemRowView(
        id=str(seen.year),
        name=tr("{year} 年", year=seen.year),
        note=tr("放假和调休 {count} 段", count=len(seen.spans)),
        windows="",
        state=tr("已定") if seen.known else tr("暂定"),
        lamp="done" if seen.known else "soon",
    )

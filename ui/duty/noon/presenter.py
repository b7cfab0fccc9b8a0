"""午间排班 turns posts on and off at noon for one week and sets it whole; every post it names is in force by itself at noon."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.duty.rules import NoonTurn
from clerk_app.office.duty.cover import set_noon_roster
from clerk_app.office.duty.noon_desk import NoonDesk, NoonPost, NoonWeek, read_noon
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.duty.board.view import DayChip
from ui.duty.noon.page import NoonPage
from ui.duty.noon.view import NoonRow, NoonView
from ui.language import tr
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

SET = "set"
NO_BREAK = StripView(tr("大厅的时间没有午休。"), tr("中午一直开着，不用排班。"), kind="info", icon="info")


class NoonPresenter(QObject):
    """午间排班 what was turned stays until the week is set or another week is looked at."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: NoonPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._week: date | None = None
        self._turns: dict[str, NoonTurn] | None = None
        self._desk: NoonDesk | None = None
        page.turned.connect(self._turn)
        page.week_chosen.connect(self._choose_week)
        page.act.connect(self._act)

    def start(self) -> None:
        """Somebody sat down."""
        self._week, self._turns = None, None
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.look(lambda: read_noon(self._office), self._show)

    def _show(self, desk: NoonDesk) -> None:
        self._desk = desk
        week = self._shown_week(desk)
        turns = self._turns if self._turns is not None else {one.post: one for one in week.turns}
        self._page.render(
            NoonView(
                title=tr("{day} 起的一周", day=_day(week.week)),
                note=_set_words(week, self._office),
                weeks=tuple(_chip(one, desk, place) for place, one in enumerate(desk.weeks)),
                week=week.week.isoformat(),
                rows=tuple(self._row(one, turns) for one in desk.posts),
                message=self._message(desk, turns),
                bar=self._bar(desk, week, turns),
            )
        )

    def _shown_week(self, desk: NoonDesk) -> NoonWeek:
        return next((one for one in desk.weeks if one.week == self._week), desk.weeks[0])

    def _row(self, one: NoonPost, turns: dict[str, NoonTurn]) -> NoonRow:
        name, turn = self._office.hall.roster.name_of, turns.get(one.post.id)
        a, b = name(one.post.a), name(one.post.b)
        keeper = None
        if turn is not None:
            keeper = (
                TagView(tr("{a} 守（A角）", a=a), "ok") if turn.by == "a" else TagView(tr("{b} 守（B角）", b=b), "info")
            )
        return NoonRow(
            id=one.post.id,
            zone=one.zone,
            number=str(one.window),
            post=one.post.name,
            a=a,
            b=b,
            keeper=keeper,
            note=tr("不开"),
        )

    def _message(self, desk: NoonDesk, turns: dict[str, NoonTurn]) -> StripView | None:
        if not desk.has_noon:
            return NO_BREAK
        if twice := self._twice(desk, turns):
            return StripView(twice, tr("一个人中午只能守一个岗，换一个人，或者其中一个不开。"))
        zones = dict.fromkeys(one.zone for one in desk.posts)
        open_zones = {one.zone for one in desk.posts if one.post.id in turns}
        bare = [zone for zone in zones if zone not in open_zones]
        return (
            StripView(
                tr("{names}中午没有人。", names=tr("、").join(bare)),
                tr("群众中午来就要等到下午，每区最好留一个岗。"),
                kind="info",
                icon="info",
            )
            if bare
            else None
        )

    def _twice(self, desk: NoonDesk, turns: dict[str, NoonTurn]) -> str:
        """Who would keep two posts at noon."""
        kept: dict[str, str] = {}
        for one in desk.posts:
            turn = turns.get(one.post.id)
            if turn is None:
                continue
            keeper = one.post.b if turn.by == "b" else one.post.a
            if keeper in kept:
                return tr(
                    "{name_of} 排了两个岗：{kept}、{name}。",
                    name_of=self._office.hall.roster.name_of(keeper),
                    kept=kept[keeper],
                    name=one.post.name,
                )
            kept[keeper] = one.post.name
        return ""

    def _bar(self, desk: NoonDesk, week: NoonWeek, turns: dict[str, NoonTurn]) -> NextStepView:
        count = len(turns)
        sentence = tr("中午开 {count} 个岗，到点自动顶岗。", count=count) if count else tr("中午一个岗也不开。")
        return NextStepView(
            sentence,
            tr("空格键换：不开、A角守、B角守。"),
            Act(SET, tr("排好这一周"), "Ctrl+Enter", self._reason(desk, week, turns)),
        )

    def _reason(self, desk: NoonDesk, week: NoonWeek, turns: dict[str, NoonTurn]) -> str:
        if not desk.may_set:
            return tr("由值班长或首席代表排")
        if not desk.has_noon:
            return tr("没有午休")
        if self._twice(desk, turns):
            return tr("有人排了两个岗")
        same = week.row is not None and {one.post: one for one in week.row.turns} == turns
        return tr("这一周已经是这样") if same else ""

    @Slot(str)
    def _choose_week(self, week: str) -> None:
        self._week, self._turns = date.fromisoformat(week), None
        if self._desk is not None:
            self._show(self._desk)

    @Slot(str)
    def _turn(self, post: str) -> None:
        """不开 → A角守 → B角守 → 不开."""
        desk = self._desk
        one = next((one for one in desk.posts if one.post.id == post), None) if desk else None
        if desk is None or one is None or not desk.may_set:
            if desk is not None:
                self.said.emit(tr("午间排班由值班长或首席代表排，没有改。"), False)
            return
        week = self._shown_week(desk)
        turns = dict(self._turns if self._turns is not None else {turn.post: turn for turn in week.turns})
        now = turns.pop(post, None)
        if now is None or now.by == "a":
            turns[post] = NoonTurn(zone=one.zone, post=post, by="a" if now is None else "b")
        self._turns = turns
        self._show(desk)

    @Slot(str)
    def _act(self, name: str) -> None:
        desk = self._desk
        if name != SET or desk is None:
            return
        week = self._shown_week(desk)
        turns = self._turns if self._turns is not None else {one.post: one for one in week.turns}
        ordered = tuple(turns[one.post.id] for one in desk.posts if one.post.id in turns)
        self._background.run(lambda: set_noon_roster(self._office, week.week, ordered), self._done)

    def _done(self, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._turns = None
            self.said.emit(tr("这一周的午间排好了，到点自动顶岗。"), True)
        self.refresh()


def _day(day: date) -> str:
    return tr("{month}月{day}日", month=day.month, day=day.day)


def _set_words(week: NoonWeek, office: Office) -> str:
    if week.row is None:
        return tr("还没排过，照大厅资料")
    return tr("{name_of} {at:%m-%d %H:%M} 排的", name_of=office.hall.roster.name_of(week.row.set_by), at=week.row.at)


def _chip(week: NoonWeek, desk: NoonDesk, place: int) -> DayChip:
    word = (tr("本周"), tr("下周"))[place] if place < 2 else tr("{place} 周后", place=place)
    state = tr("已排") if week.row else tr("照大厅资料")
    off = tr("，开 {workdays} 天", workdays=week.workdays) if week.workdays != 5 else ""
    return DayChip(
        week.week.isoformat(),
        tr("{word} {day}起", word=word, day=_day(week.week)),
        tr("{state}，{count} 个岗{off}", state=state, count=len(week.turns), off=off),
    )

"""日历换表所见 what the page of moved due dates shows, and how a survey is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk_app.cases.clocks import clock_words
from clerk_app.hall import Hall
from clerk_app.office.oversight.calendar_change import Survey
from clerk_app.oversight.due_moves import DueMove, MovedCase
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.strip import StripView

STOP, AGAIN, SAVE = "stop", "again", "save"
SHOWN = 500
NOT_YET = EmptyView(
    tr("还没有比对过"), tr("日历换了一版以后，哪些办件的期限要动、纸上印的是哪天，都列在这里。"), icon="clock"
)
NONE = EmptyView(tr("没有期限要动"), tr("没办完的件都比过了，日子和告诉过人家的一样。"), icon="check", tone="ok")
STOPPED = EmptyView(tr("停下了，还没有要动的"), tr("比过的这些没有变；重新比对会从头来。"), icon="clock")
NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class MoveRow:
    """改期一行 the four days as they are read; `sooner` marks one that is earlier than what was told."""

    id: str
    number: str
    item: str
    clock: str
    before: str
    after: str
    printed: str
    binds: str
    sooner: bool
    lamp: LampKind


@dataclass(frozen=True, kw_only=True)
class CalendarView:
    """日历换表页 title, message, how far it has come (`total` 0: not running), rows, the step."""

    title: str = tr("日历换表")
    message: StripView | None = None
    done: int = 0
    total: int = 0
    rows: tuple[MoveRow, ...] = ()
    empty: EmptyView = NOT_YET
    bar: NextStepView = NO_STEP


def tell_survey(survey: Survey | None, hall: Hall, today: date, *, running: bool) -> CalendarView:
    """While it runs, what was found so far stands already."""
    if survey is None:
        return CalendarView(
            bar=NextStepView(tr("比对一次要一两秒，不耽误办事。"), step=Act(AGAIN, tr("比对"), Key.NEXT_STEP))
        )
    rows = _rows(survey, today)
    more = survey.moves - len(rows)
    return CalendarView(
        title=tr("日历换表·{moves} 个期限要动", moves=survey.moves) if survey.moves else tr("日历换表"),
        message=_message(survey, hall, more),
        done=survey.done if running else 0,
        total=survey.total if running else 0,
        rows=rows,
        empty=NOT_YET if running else NONE if survey.over else STOPPED,
        bar=_bar(survey, running=running),
    )


def _rows(survey: Survey, today: date) -> tuple[MoveRow, ...]:
    """The first few hundred; all of them are in the table that can be saved."""
    found: list[MoveRow] = []
    for case in survey.cases:
        found += (_row(case, move, today) for move in case.moves)
        if len(found) >= SHOWN:
            break
    return tuple(found[:SHOWN])


def _row(case: MovedCase, move: DueMove, today: date) -> MoveRow:
    late = move.binds < today
    return MoveRow(
        id=f"{case.case}:{move.clock}",
        number=case.case_no or tr("还没编号"),
        item=case.item_name,
        clock=clock_words[move.clock],
        before=_day(move.before) or tr("旧表不在本机"),
        after=_day(move.after) + (tr("（暂定）") if move.provisional else ""),
        printed=_day(move.printed) or tr("没印过"),
        binds=_day(move.binds),
        sooner=move.sooner,
        lamp="overdue" if late else "soon" if move.sooner else "ok",
    )


def _day(day: date | None) -> str:
    return tr("{month}月{day}日", month=day.month, day=day.day) if day else ""


def _message(survey: Survey, hall: Hall, more: int) -> StripView | None:
    if survey.version != hall.version:
        return StripView(tr("大厅资料刚又换了一版。"), tr("下面是上一版比出来的，重新比对一次。"))
    if survey.unannounced:
        years = tr("、").join(f"{year}" for year in survey.unannounced)
        rest = tr("落在那年的日子先按周末和法定假日算，标着暂定；发了会重算，印过的早的算数。")
        return StripView(tr("{years} 年放假安排还没发。", years=years), rest)
    if survey.sooner:
        rest = tr("按早的办：请窗口先办这些。晚了的仍以纸上印的为准。")
        return StripView(tr("有 {sooner} 个期限比告诉过人家的早。", sooner=survey.sooner), rest)
    if more > 0:
        return StripView(
            tr("这里列出前 {shown} 个，还有 {more} 个。", shown=SHOWN, more=more),
            tr("存成表格就是全部。"),
            kind="info",
            icon="info",
        )
    return None


def _bar(survey: Survey, *, running: bool) -> NextStepView:
    if running:
        sentence = tr("正在比对 {done} / {total} 件，比过的已经列出来了。", done=survey.done, total=survey.total)
        return NextStepView(sentence, step=Act(STOP, tr("停"), Key.NEXT_STEP))
    stopped = "" if survey.over else tr("停下了，还有 {total} 件没比。", total=survey.total - survey.done)
    uncounted = (
        tr("有 {uncounted} 件的事项不在目录里，没有算。", uncounted=survey.uncounted) if survey.uncounted else ""
    )
    again = Act(AGAIN, tr("重新比对"), Key.ADD_ROW)
    if not survey.cases:
        return NextStepView(
            f"{stopped}{uncounted}" or tr("期限都没有动。"), step=Act(AGAIN, tr("重新比对"), Key.NEXT_STEP)
        )
    sentence = tr("以印过的和现在的里早的那天为准。")
    return NextStepView(
        sentence, note=f"{stopped}{uncounted}", step=Act(SAVE, tr("存成表格"), Key.NEXT_STEP), seconds=(again,)
    )

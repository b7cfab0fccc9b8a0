"""说收进来 what came by this handover, what could not be taken and why, what was sealed and never brought; pure."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_app.office.counter.handing.looking import ResultLine
from ui.handing.reading import Here
from ui.handing.telling import day, name_of
from ui.handing.view import TakingView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

PRINT, FRESH, LEAVE = "print", "fresh", "leave"
OLD_HOURS = 24


def tell_taking(
    lines: Sequence[ResultLine], awaited: Sequence[ResultLine], refused: Sequence[str], here: Here, *, reason: bool
) -> TakingView:
    """`reason`: the list was printed before, and a copy says why."""
    return TakingView(
        note=tr("收了 {count} 张", count=len(lines)) if lines else "",
        rows=tuple(_row(line, here) for line in lines),
        message=_message(refused),
        bar=_bar(len(lines), reason=reason),
        reason_asked=reason,
        awaited_title=tr("等交来 {count} 件", count=len(awaited)) if awaited else tr("等交来"),
        awaited=tuple(_awaited(line, here) for line in awaited),
    )


def _message(refused: Sequence[str]) -> StripView | None:
    """What was not taken stays until it was, or until the next handover: nobody looks at the screen while he scans."""
    if not refused:
        return None
    return StripView(tr("有 {count} 张没有收，放在一边", count=len(refused)), "".join(refused))


def _bar(count: int, *, reason: bool) -> NextStepView:
    empty = "" if count else tr("这一次还没有收")
    if reason:
        return NextStepView(
            tr("再打一张，写着“补打”和原因"),
            step=Act(PRINT, tr("补打交接单"), Key.NEXT_STEP),
            seconds=(Act(LEAVE, tr("不打了"), "Esc"),),
        )
    return NextStepView(
        tr("收完了，打交接单") if count else tr("扫完打交接单"),
        step=Act(PRINT, tr("打交接单"), Key.NEXT_STEP, empty),
        seconds=(Act(FRESH, tr("换一次交接"), Key.NEW, empty),),
    )


def _row(line: ResultLine, here: Here) -> Row:
    result = line.result
    shelf = result.shelf if result is not None and result.state == "shelved" else "—"
    giver = here.roster.name_of(result.taken_in.giver) if result is not None and result.taken_in is not None else ""
    tags = (TagView(tr("邮寄"), "info"),) if result is not None and result.by_post else ()
    main = Cell(line.document_no, note=f"{name_of(line)}　{line.item}", bold=True, tags=tags)
    return Row(line.case.id, (Cell(shelf, bold=True), main, Cell(giver, tone="ink2")))


def _awaited(line: ResultLine, here: Here) -> Row:
    """Since when it is sealed, and where it must come from; longer than a day is said with a word."""
    at = line.case.sealed_at
    old = at is not None and (here.now - at).total_seconds() > OLD_HOURS * 3600
    since = f"{day(at.date())} {at:%H:%M}" if at is not None else ""
    back = tr("退回去的，") if line.result is not None and line.result.state == "back" else ""
    note = tr(
        "{back}{window}号窗口\u3000{name_of}\u3000{item}",
        back=back,
        window=line.case.window,
        name_of=name_of(line),
        item=line.item,
    )
    main = Cell(line.document_no, note=note, bold=True)
    return Row(line.case.id, (main, Cell(since, note=tr("隔夜了") if old else "", tone="warn" if old else "ink2")))

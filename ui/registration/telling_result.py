"""多证合一的话 the result page in words: what was approved, each department's row, and what is to be done next. Pure."""

from __future__ import annotations

from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from clerk_app.office.registration.joint_desk import DepartmentStanding, JointDesk, approved
from clerk_app.registration.joint import RouteState, route_words
from ui.language import tr
from ui.registration.result_view import (
    CODE,
    PRINT,
    PRINT_ONE,
    SEND,
    DepartmentAct,
    DepartmentView,
    ResultView,
)
from ui.shortcuts import Key
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.strip import StripView
from ui.widgets.tag import TagKind, TagView

COLUMNS = (
    Column(tr("部门"), 104, bold=True),
    Column(tr("进度"), 232),
    Column(tr("对方编号"), 132, tone="ink2"),
    Column(tr("说明")),
    Column(tr("什么时候"), 160, "right", tone="ink2"),
)
STALE = tr("已送的不是最新的")
DIGITS = "123456789"
_tones: dict[RouteState, TagKind] = {
    "waiting": "plain",
    "sent": "info",
    "received": "info",
    "returned": "warn",
    "done": "ok",
}
_acts: dict[RouteState, str] = {"sent": tr("已送"), "received": tr("已收"), "returned": tr("退回…"), "done": tr("办结")}
BUSY = tr("正在办，办好了会说")


def tell_result(
    desk: JointDesk, facts: tuple[str, ...], hall: Hall, chosen: str, *, busy: bool, strip: StripView | None
) -> ResultView:
    """The whole page; `chosen` is the department under the hand."""
    standing = next((one for one in desk.rows if one.row.department == chosen), None)
    return ResultView(
        case=desk.case.id,
        name=desk.name or desk.case.applicant.masked_name,
        code=desk.code,
        number=desk.case.case_no or tr("还没编号"),
        tags=_tags(desk),
        facts=_facts(desk, facts, hall),
        rows=tuple(_row(one, hall) for one in desk.rows),
        rows_note=_rows_note(desk),
        chosen=_department(standing) if standing else None,
        asks_code=desk.may_file,
        known_code=desk.known_code if desk.may_file else "",
        next=_next(desk, standing, busy=busy),
        strip=strip,
    )


def _tags(desk: JointDesk) -> tuple[TagView, ...]:
    tags = [TagView(state_words[desk.case.state], "ok" if desk.case.sealed_at else "info")]
    if desk.code:
        tags.append(TagView(tr("已归档"), "ok"))
    if desk.stale:
        tags.append(TagView(tr("{stale} 家{stale_2}", stale=desk.stale, stale_2=STALE), "warn"))
    return tuple(tags)


def _facts(desk: JointDesk, facts: tuple[str, ...], hall: Hall) -> tuple[tuple[str, str], ...]:
    """What was approved, and by whom; before that how far it is."""
    decision = desk.case.decision
    found = [(tr("登记类型"), desk.kind)] if desk.kind else []
    if approved(desk.case) and decision is not None:
        found.append(
            (
                tr("准予"),
                tr(
                    "{document_no}，{at:%Y-%m-%d}，{name_of}",
                    document_no=decision.document_no,
                    at=decision.at,
                    name_of=hall.roster.name_of(decision.by),
                ),
            )
        )
        parted = (fact.partition("：") for fact in facts)
        found += [(label, value) if value else (tr("登记事项"), label) for label, _, value in parted]
    else:
        found.append(
            (
                tr("还没准予"),
                tr("现在是{state_words}，准予以后录统一社会信用代码。", state_words=state_words[desk.case.state]),
            )
        )
    return tuple(found)


def _row(one: DepartmentStanding, hall: Hall) -> Row:
    row = one.row
    tags = [TagView(route_words[row.state], _tones[row.state])]
    if one.stale:
        tags.append(TagView(STALE, "warn"))
    if not one.wanted:
        tags.append(TagView(tr("表上已不要"), "plain"))
    who = hall.roster.name_of(row.by)
    when = f"{row.at:%m-%d %H:%M} {who}" if row.state != "waiting" else ""
    return Row(
        row.department, (row.department, Cell("", tags=tuple(tags)), row.reference or "—", row.note, when),
        spoken=tr("，").join(part for part in (row.department, *(tag.text for tag in tags), row.note) if part),
    )  # fmt: skip


def _rows_note(desk: JointDesk) -> str:
    if not desk.rows:
        return tr("受理以后自动分送")
    return (
        tr("{count} 家，{left} 家没办结", count=len(desk.rows), left=desk.left)
        if desk.left
        else tr("{count} 家都办结了", count=len(desk.rows))
    )


def _department(one: DepartmentStanding) -> DepartmentView:
    row = one.row
    words = {"sent": tr("再送一次") if row.state != "waiting" else tr("已送")}
    acts = tuple(
        DepartmentAct(state, words.get(state, _acts[state]), DIGITS[place]) for place, state in enumerate(one.can)
    )
    said = [tr("现在：{route_words}", route_words=route_words[row.state])]
    if one.stale:
        said.append(tr("{stale}：送出以后表或代码又变过，再送一次。", stale=STALE))
    if not one.wanted:
        said.append(tr("表上已经不要这一家，不用再送。"))
    if row.note:
        said.append(tr("说明：{note}", note=row.note))
    none = "" if acts else tr("这一行由{department}的人或经办窗口来记。", department=row.department)
    return DepartmentView(word=row.department, title=row.department, said=tuple(said), acts=acts, none=none)


def _next(desk: JointDesk, standing: DepartmentStanding | None, *, busy: bool) -> NextStepView:
    reason = BUSY if busy else ""
    seconds = [Act(PRINT, tr("打印结果单"), Key.PRINT, reason)]
    if standing is not None:
        seconds.insert(
            0, Act(PRINT_ONE, tr("打{department}的一份", department=standing.row.department), Key.PRINT_ONE, reason)
        )
    if desk.may_file:
        said = tr("对着执照录统一社会信用代码，两遍一样才算；归入登记档案，各部门的一份跟着换。")
        return NextStepView(
            tr("下一步：录代码，归档。"), said, Act(CODE, tr("录代码并归档"), Key.NEXT_STEP, reason), tuple(seconds)
        )
    due = next((one for one in desk.rows if _to_send(one)), None)
    if due is not None:
        word = due.row.department
        said = tr("表和代码都是最新的。") if not due.stale else tr("送出以后又变过，送新的。")
        return NextStepView(
            tr("下一步：送{word}。", word=word),
            said,
            Act(SEND, tr("送了{word}，记已送", word=word), Key.NEXT_STEP, reason),
            tuple(seconds),
        )
    left = "" if desk.left else tr("都办结了。")
    return NextStepView(
        left or tr("等各部门回话。"), tr("哪一家回了，选中那一行记下。") if desk.left else "", None, tuple(seconds)
    )


def _to_send(one: DepartmentStanding) -> bool:
    return one.wanted and "sent" in one.can and (one.row.state in ("waiting", "returned") or one.stale)


def next_to_send(desk: JointDesk) -> str:
    """Whose part is to go out next; empty for nobody's."""
    return next((one.row.department for one in desk.rows if _to_send(one)), "")

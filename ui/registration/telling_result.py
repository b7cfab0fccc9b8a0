"""多证合一的话 the result page in words: what was approved, each department's row, and what is to be done next. Pure."""

from __future__ import annotations

from clerk_app.cases.states import state_words
from clerk_app.hall import Hall
from clerk_app.office.registration.joint_desk import DepartmentStanding, JointDesk, approved
from clerk_app.registration.joint import RouteState, route_words
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
    Column("部门", 104, bold=True),
    Column("进度", 232),
    Column("对方编号", 132, tone="ink2"),
    Column("说明"),
    Column("什么时候", 160, "right", tone="ink2"),
)
STALE = "已送的不是最新的"
DIGITS = "123456789"
_tones: dict[RouteState, TagKind] = {
    "waiting": "plain",
    "sent": "info",
    "received": "info",
    "returned": "warn",
    "done": "ok",
}
_acts: dict[RouteState, str] = {"sent": "已送", "received": "已收", "returned": "退回…", "done": "办结"}
BUSY = "正在办，办好了会说"


def tell_result(
    desk: JointDesk, facts: tuple[str, ...], hall: Hall, chosen: str, *, busy: bool, strip: StripView | None
) -> ResultView:
    """The whole page; `chosen` is the department under the hand."""
    standing = next((one for one in desk.rows if one.row.department == chosen), None)
    return ResultView(
        case=desk.case.id,
        name=desk.name or desk.case.applicant.masked_name,
        code=desk.code,
        number=desk.case.case_no or "还没编号",
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
        tags.append(TagView("已归档", "ok"))
    if desk.stale:
        tags.append(TagView(f"{desk.stale} 家{STALE}", "warn"))
    return tuple(tags)


def _facts(desk: JointDesk, facts: tuple[str, ...], hall: Hall) -> tuple[tuple[str, str], ...]:
    """What was approved, and by whom; before that how far it is."""
    decision = desk.case.decision
    found = [("登记类型", desk.kind)] if desk.kind else []
    if approved(desk.case) and decision is not None:
        found.append(("准予", f"{decision.document_no}，{decision.at:%Y-%m-%d}，{hall.roster.name_of(decision.by)}"))
        parted = (fact.partition("：") for fact in facts)
        found += [(label, value) if value else ("登记事项", label) for label, _, value in parted]
    else:
        found.append(("还没准予", f"现在是{state_words[desk.case.state]}，准予以后录统一社会信用代码。"))
    return tuple(found)


def _row(one: DepartmentStanding, hall: Hall) -> Row:
    row = one.row
    tags = [TagView(route_words[row.state], _tones[row.state])]
    if one.stale:
        tags.append(TagView(STALE, "warn"))
    if not one.wanted:
        tags.append(TagView("表上已不要", "plain"))
    who = hall.roster.name_of(row.by)
    when = f"{row.at:%m-%d %H:%M} {who}" if row.state != "waiting" else ""
    return Row(
        row.department, (row.department, Cell("", tags=tuple(tags)), row.reference or "—", row.note, when),
        spoken="，".join(part for part in (row.department, *(tag.text for tag in tags), row.note) if part),
    )  # fmt: skip


def _rows_note(desk: JointDesk) -> str:
    if not desk.rows:
        return "受理以后自动分送"
    return f"{len(desk.rows)} 家，{desk.left} 家没办结" if desk.left else f"{len(desk.rows)} 家都办结了"


def _department(one: DepartmentStanding) -> DepartmentView:
    row = one.row
    words = {"sent": "再送一次" if row.state != "waiting" else "已送"}
    acts = tuple(
        DepartmentAct(state, words.get(state, _acts[state]), DIGITS[place]) for place, state in enumerate(one.can)
    )
    said = [f"现在：{route_words[row.state]}"]
    if one.stale:
        said.append(f"{STALE}：送出以后表或代码又变过，再送一次。")
    if not one.wanted:
        said.append("表上已经不要这一家，不用再送。")
    if row.note:
        said.append(f"说明：{row.note}")
    none = "" if acts else f"这一行由{row.department}的人或经办窗口来记。"
    return DepartmentView(word=row.department, title=row.department, said=tuple(said), acts=acts, none=none)


def _next(desk: JointDesk, standing: DepartmentStanding | None, *, busy: bool) -> NextStepView:
    reason = BUSY if busy else ""
    seconds = [Act(PRINT, "打印结果单", Key.PRINT, reason)]
    if standing is not None:
        seconds.insert(0, Act(PRINT_ONE, f"打{standing.row.department}的一份", Key.PRINT_ONE, reason))
    if desk.may_file:
        said = "对着执照录统一社会信用代码，两遍一样才算；归入登记档案，各部门的一份跟着换。"
        return NextStepView(
            "下一步：录代码，归档。", said, Act(CODE, "录代码并归档", Key.NEXT_STEP, reason), tuple(seconds)
        )
    due = next((one for one in desk.rows if _to_send(one)), None)
    if due is not None:
        word = due.row.department
        said = "表和代码都是最新的。" if not due.stale else "送出以后又变过，送新的。"
        return NextStepView(
            f"下一步：送{word}。", said, Act(SEND, f"送了{word}，记已送", Key.NEXT_STEP, reason), tuple(seconds)
        )
    left = "" if desk.left else "都办结了。"
    return NextStepView(
        left or "等各部门回话。", "哪一家回了，选中那一行记下。" if desk.left else "", None, tuple(seconds)
    )


def _to_send(one: DepartmentStanding) -> bool:
    return one.wanted and "sent" in one.can and (one.row.state in ("waiting", "returned") or one.stale)


def next_to_send(desk: JointDesk) -> str:
    """Whose part is to go out next; empty for nobody's."""
    return next((one.row.department for one in desk.rows if _to_send(one)), "")

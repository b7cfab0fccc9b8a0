"""办件流转 the states of a case and every move between them, as data: what is not a row here cannot happen.

Sources: 行政许可法 29–50, 行政许可 and 登记 practice as in `moves`; the stamp is the finish line (审批完成时间以行政审批专用章的
加盖时间为准). Payment, rating and keeping the papers are side tracks, no states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clerk_app.command import Refusal

CaseState = Literal[
    "draft",
    "advised",
    "not_required",
    "received",
    "not_accepted",
    "correction",
    "lapsed",
    "accepted",
    "review",
    "suspended",
    "to_authorise",
    "with_department",
    "granted",
    "refused",
    "sealed",
    "delivered",
    "archived",
    "withdrawn",
    "terminated",
    "void",
]
state_words: dict[CaseState, str] = {
    "draft": "登记中",
    "advised": "已告知",
    "not_required": "不需办理",
    "received": "已收件",
    "not_accepted": "不予受理",
    "correction": "等补正",
    "lapsed": "逾期未补，视为撤回",
    "accepted": "已受理",
    "review": "审查中",
    "suspended": "特别程序中",
    "to_authorise": "待授权",
    "with_department": "送审中",
    "granted": "已准予，待用印",
    "refused": "已不予，待用印",
    "sealed": "已用印",
    "delivered": "已送达",
    "archived": "已归档",
    "withdrawn": "已撤回",
    "terminated": "已终止",
    "void": "已作废",
}

OPEN: tuple[CaseState, ...] = (
    "draft",
    "received",
    "correction",
    "accepted",
    "review",
    "suspended",
    "to_authorise",
    "with_department",
    "granted",
    "refused",
)
"""Before the seal: somebody still has to do something."""
ENDED: frozenset[CaseState] = frozenset(
    {"advised", "not_required", "not_accepted", "lapsed", "archived", "withdrawn", "terminated", "void"}
)
RUNNING: frozenset[CaseState] = frozenset(
    {"accepted", "review", "to_authorise", "with_department", "granted", "refused"}
)
"""Where the statutory and the promised clock run (行政许可法 42, 82); `suspended` holds them."""

Event = Literal[
    "advise",
    "receive",
    "not_required",
    "not_accept",
    "fix",
    "notify",
    "deem",
    "complete",
    "lapse",
    "accept",
    "assign",
    "suspend",
    "resume",
    "extend",
    "opine",
    "propose",
    "decide_alone",
    "send_out",
    "department_returns",
    "department_grants",
    "department_refuses",
    "unrecord_department",
    "send_back",
    "grant",
    "refuse",
    "stamp",
    "hand_over",
    "archive",
    "withdraw",
    "terminate",
    "void_stamp",
    "void",
]
event_words: dict[Event, str] = {
    "advise": "只告知",
    "receive": "收件",
    "not_required": "告知不需办理",
    "not_accept": "不予受理",
    "fix": "当场更正",
    "notify": "一次性告知补正",
    "deem": "视为受理",
    "complete": "补齐",
    "lapse": "视为撤回",
    "accept": "受理",
    "assign": "分办",
    "suspend": "进入特别程序",
    "resume": "特别程序结束",
    "extend": "延期",
    "opine": "写审查意见",
    "propose": "提意见",
    "decide_alone": "一人审核",
    "send_out": "送审",
    "department_returns": "部门退回",
    "department_grants": "记部门准予",
    "department_refuses": "记部门不予",
    "unrecord_department": "改记部门决定",
    "send_back": "退回经办",
    "grant": "准予",
    "refuse": "不予",
    "stamp": "用印",
    "hand_over": "送达",
    "archive": "归档",
    "withdraw": "撤回",
    "terminate": "终止",
    "void_stamp": "作废用印",
    "void": "作废",
}
Effect = Literal["start", "stop", "pause", "run", "none"]


@dataclass(frozen=True, kw_only=True)
class Move:
    """一步 one row of the table: from where, to where, what the clocks do, and the paper that goes with it (empty: none)."""

    event: Event
    sources: tuple[CaseState, ...]
    target: CaseState | None
    """None: the state stays."""
    clock: Effect = "run"
    document: str = ""
    law: str = ""


_BEFORE_DECISION: tuple[CaseState, ...] = (
    "draft",
    "received",
    "correction",
    "accepted",
    "review",
    "suspended",
    "to_authorise",
    "with_department",
)
_BEFORE_SEAL: tuple[CaseState, ...] = (*_BEFORE_DECISION, "granted", "refused")

_rows = (
    Move(event="advise", sources=("draft",), target="advised", clock="none", document="一次性告知单", law="32(4)"),
    Move(event="receive", sources=("draft",), target="received", clock="start", document="收件凭证"),
    Move(
        event="not_required",
        sources=("draft", "received"),
        target="not_required",
        clock="stop",
        document="不需办理告知书",
        law="32(1)",
    ),
    Move(
        event="not_accept",
        sources=("received",),
        target="not_accepted",
        clock="stop",
        document="不予受理通知书",
        law="32(2)",
    ),
    Move(event="fix", sources=("received",), target=None, law="32(3)"),
    Move(event="notify", sources=("received",), target="correction", clock="start", document="补正告知书", law="32(4)"),
    Move(event="deem", sources=("received",), target="accepted", clock="start", document="视为受理通知书", law="32(4)"),
    Move(event="complete", sources=("correction",), target="received", document="补正收件凭证"),
    Move(event="lapse", sources=("correction",), target="lapsed", clock="stop", document="视为撤回告知书"),
    Move(event="accept", sources=("received",), target="accepted", clock="start", document="受理通知书", law="32(5)"),
    Move(event="assign", sources=("accepted", "review"), target="review", document="交接单"),
    Move(
        event="suspend",
        sources=("review",),
        target="suspended",
        clock="pause",
        document="特别程序告知书",
        law="45",
    ),
    Move(event="resume", sources=("suspended",), target="review"),
    Move(event="extend", sources=("review",), target=None, document="延期通知书", law="42"),
    Move(event="opine", sources=("review",), target=None, law="34"),
    Move(event="propose", sources=("review",), target="to_authorise", document="审批表"),
    Move(event="decide_alone", sources=("review",), target="to_authorise"),
    Move(event="send_out", sources=("review", "to_authorise"), target="with_department", document="送审单"),
    Move(event="department_returns", sources=("with_department",), target="review"),
    Move(event="department_grants", sources=("with_department",), target="granted"),
    Move(event="department_refuses", sources=("with_department",), target="refused"),
    Move(event="unrecord_department", sources=("granted", "refused"), target="with_department"),
    Move(event="send_back", sources=("to_authorise",), target="review"),
    Move(event="grant", sources=("to_authorise",), target="granted", document="准予行政许可决定书", law="38"),
    Move(event="refuse", sources=("to_authorise",), target="refused", document="不予行政许可决定书", law="38"),
    Move(event="stamp", sources=("granted", "refused"), target="sealed", clock="stop", law="39, 44"),
    Move(event="hand_over", sources=("sealed",), target="delivered", clock="stop", document="送达回证", law="44"),
    Move(event="archive", sources=("delivered",), target="archived", clock="none", document="卷内目录"),
    Move(event="withdraw", sources=_BEFORE_SEAL, target="withdrawn", clock="stop", document="撤回确认书"),
    Move(event="terminate", sources=_BEFORE_SEAL, target="terminated", clock="stop", document="终止通知书"),
    Move(event="void_stamp", sources=("sealed",), target="to_authorise", clock="run", document="作废登记"),
    Move(event="void", sources=(*_BEFORE_SEAL, "sealed"), target="void", clock="stop"),
)
moves: dict[Event, Move] = {row.event: row for row in _rows}


def step(state: CaseState, event: Event) -> CaseState | Refusal:
    """The state after this event, or that it is no row of the table."""
    move = moves[event]
    if state not in move.sources:
        now, then = state_words[state], "、".join(state_words[s] for s in move.sources)
        return Refusal(
            f"not-to-{event.replace('_', '-')}",
            f"这件现在是{now}，没有{event_words[event]}。只有{then}的件才能{event_words[event]}，刷新一下再看。",
        )
    return move.target or state

"""次序说明 why somebody is where he is in the line, in few words: what a clerk says to who asks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from clerk_app.queueing.model import FRONT, ORDINARY, TOP, Ticket
from clerk_app.queueing.rules import CARRIED, QueueRules

Names = Callable[[str], str]


def why_next(ticket: Ticket, line: Sequence[Ticket], rules: QueueRules, names: Names, now: datetime) -> str:
    """Of the first: why it is. Of another: who stands before it though he came later, and how many there are.

    `line` is in calling order, `names` tells a person's name by his number.
    """
    if not ticket.due(now) and ticket.appointment is not None:
        return f"预约 {ticket.appointment:%H:%M}，到点才叫"
    before = [one for one in _before(ticket, line) if one.due(now)]
    own = reason_of(ticket, rules, names, now)
    if not before:
        return own or f"先来，{_waited(ticket, now)}"
    later = next((one for one in before if one.taken_at > ticket.taken_at), None)
    if later is None:
        return f"前面 {len(before)} 位都先来" + (f"；{own}" if own else "")
    reason = reason_of(later, rules, names, now)
    if not reason and own:
        return f"{own}；前面共 {len(before)} 位"
    return f"{later.number} 在前：{reason or '排在前面'}；前面共 {len(before)} 位"


def _before(ticket: Ticket, line: Sequence[Ticket]) -> Sequence[Ticket]:
    """Who is called earlier; of a ticket that is not in the line, nobody."""
    place = next((at for at, one in enumerate(line) if one.id == ticket.id), 0)
    return line[:place]


def reason_of(ticket: Ticket, rules: QueueRules, names: Names, now: datetime) -> str:
    """What puts it before others, or behind where its time would; empty when nothing does."""
    if ticket.rank == TOP and ticket.lifts:
        lift = ticket.lifts[-1]
        return f"{'下一个就办' if lift.wronged else '值班长提前'}：{lift.reason}（{names(lift.by)}）"
    sent = ticket.forwarded
    if sent is not None and sent.front and ticket.rank == FRONT:
        return f"从{sent.from_window}号窗口转来"
    if ticket.rejoins and ticket.placed_at is not None:
        return f"重排的，隔 {rules.rejoin.after_tickets} 个号" if rules.rejoin.after_tickets else "重排的"
    return _by_right(ticket, rules, now)


def _by_right(ticket: Ticket, rules: QueueRules, now: datetime) -> str:
    """Not by what anybody did here."""
    if ticket.appointment is not None:
        return f"预约 {ticket.appointment:%H:%M}"
    if ticket.priority:
        return ground_words(ticket.priority, rules)
    if ticket.rank < ORDINARY and ticket.case:
        return "再来办原来的件"
    if ticket.order_at(now, rules.timing.ageing_minutes)[0] < ticket.order[0]:
        return f"{_waited(ticket, now)}，已提级"
    return ""


def ground_words(priority: str, rules: QueueRules) -> str:
    """优先理由 in words."""
    if priority == CARRIED:
        return "昨天没叫到，今天排前"
    ground = rules.ground(priority)
    if ground is None:
        return "优先"
    return f"{ground.min_age} 岁以上优先" if ground.min_age else f"{ground.name}优先"


def _waited(ticket: Ticket, now: datetime) -> str:
    return f"等了 {max(0, int((now - ticket.place).total_seconds() // 60))} 分钟"

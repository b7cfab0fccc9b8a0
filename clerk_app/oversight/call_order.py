"""叫号次序 the answer to 我被跳过了: who of the line was called between a ticket's taking and its call, and why each stood before it. Pure.

Every ticket is looked at as it stood at that moment: what put it on top later counts for nothing before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from clerk_app.oversight.model import Cut
from clerk_app.oversight.queue_statistics import ground_of
from clerk_app.queueing.model import FIRST, FRONT, ORDINARY, TOP, Ticket
from clerk_app.queueing.rules import QueueRules, Returner

Why = Literal[
    "earlier", "first", "lifted", "sent_on", "again", "aged", "not_for", "reserve", "paper", "held", "skipped"
]
NAMED = 3
RETURNERS: dict[Returner, int] = {"front": FRONT, "first": FIRST, "ordinary": ORDINARY}


@dataclass(frozen=True, kw_only=True)
class Called:
    """先叫的 one ticket that was called before, when, where and why; `why` skipped: nothing in the books put it before."""

    ticket: str
    number: str
    at: datetime
    window: int
    clerk: str
    why: Why
    words: str


@dataclass(frozen=True, kw_only=True)
class LineDay:
    """一队的一天 its tickets, the moments each was called at as far as known, and which items a window serves.

    A ticket without moments was called when its row says.
    """

    tickets: Sequence[Ticket]
    rules: QueueRules
    now: datetime
    name: Callable[[str], str] = str
    calls: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    items: Mapping[int, Collection[str]] = field(default_factory=dict)
    cuts: Sequence[Cut] = ()

    def first_call(self, ticket: Ticket) -> datetime | None:
        """When it was called first."""
        known = [at for at in self.calls.get(ticket.id, ()) if at >= ticket.taken_at]
        return min(known) if known else ticket.called_at


@dataclass(frozen=True, kw_only=True)
class Answer:
    """答复 one sentence, those called before in order, and whether somebody was called before it without a reason in the books."""

    sentence: str
    before: tuple[Called, ...]
    skipped: bool = False


def answer(ticket: Ticket, day: LineDay) -> Answer:
    """Was it skipped?"""
    until = day.first_call(ticket) or min(filter(None, (ticket.ended_at, day.now)))
    found = [
        _called(one, at, ticket, day)
        for one in day.tickets
        if one.id != ticket.id and one.letter in _lines(ticket) and (at := day.first_call(one)) is not None
        if ticket.taken_at <= at < until
    ]
    before = tuple(sorted(found, key=lambda one: (one.at, one.number)))
    skipped = [one for one in before if one.why == "skipped"]
    return Answer(sentence=_sentence(ticket, before, skipped, day), before=before, skipped=bool(skipped))


def _lines(ticket: Ticket) -> set[str]:
    """The lines it has waited in."""
    return {ticket.letter, *(sent.from_letter for sent in ticket.forwards)}


def stood(ticket: Ticket, at: datetime, rules: QueueRules) -> tuple[int, datetime, int]:
    """当时排在哪 rank, place and serial at a moment."""
    rank, place = _own_rank(ticket, rules), _own_place(ticket)
    lifts = [lift for lift in ticket.lifts if lift.at <= at]
    sent = [one for one in ticket.forwards if one.at <= at and one.front]
    if lifts:
        rank, place = TOP, lifts[-1].at
    elif sent:
        rank = FRONT
    minutes = rules.timing.ageing_minutes
    if minutes and (at - place).total_seconds() >= minutes * 60:
        rank = min(rank, FIRST)
    return rank, place, ticket.serial


def _own_rank(ticket: Ticket, rules: QueueRules) -> int:
    """By right: priority, appointment, or the hall's rule for who comes again; after 过号受理 as it was placed then."""
    if ticket.rejoins:
        return max(ticket.rank, FIRST)
    again = RETURNERS[rules.returner] if ticket.case else ORDINARY
    return min(FIRST if ticket.priority or ticket.appointment else ORDINARY, again)


def _own_place(ticket: Ticket) -> datetime:
    """Without what a person did: its time; an appointment's beginning; behind others after 过号受理."""
    if ticket.rejoins or not ticket.lifts:
        return ticket.place
    late = ticket.appointment is None or ticket.taken_at > ticket.appointment
    return ticket.taken_at if late or ticket.appointment is None else ticket.appointment


def _called(other: Ticket, at: datetime, ticket: Ticket, day: LineDay) -> Called:
    why, words = _why(other, at, ticket, day)
    return Called(
        ticket=other.id,
        number=other.number,
        at=at,
        window=other.window or 0,
        clerk=day.name(other.clerk) if other.clerk else "",
        why=why,
        words=words,
    )


def _why(other: Ticket, at: datetime, ticket: Ticket, day: LineDay) -> tuple[Why, str]:
    theirs, ours = stood(other, at, day.rules), stood(ticket, at, day.rules)
    if theirs > ours:
        return _not_ours(other, at, ticket, day)
    if theirs[0] == TOP:
        lift = next(one for one in reversed(other.lifts) if one.at <= at)
        word = "下一个就办" if lift.wronged else "提前"
        return "lifted", f"{day.name(lift.by)} {lift.at:%H:%M} {word}：{lift.reason}"
    if other.taken_at <= ticket.taken_at and theirs[0] == ours[0]:
        return "earlier", f"{other.taken_at:%H:%M} 先取号"
    if theirs[0] == FRONT and other.forwards:
        return "sent_on", f"{other.forwards[-1].from_window}号窗口转来的，排在前面"
    if theirs[0] == FIRST and (other.priority or other.appointment):
        return "first", f"{'优先' if other.priority else '预约'}：{_ground(other, day)}"
    if theirs[0] == _own_rank(other, day.rules) < ORDINARY:
        return "again", "再来办原来的件"
    if theirs[0] == FIRST:
        return "aged", f"等满 {day.rules.timing.ageing_minutes} 分钟，和优先的一起排"
    return "earlier", f"{other.taken_at:%H:%M} 先取号" if other.taken_at <= ticket.taken_at else "排的位置在前"


def _ground(other: Ticket, day: LineDay) -> str:
    if other.priority:
        return ground_of(other, day.rules)
    return f"{other.appointment:%H:%M}" if other.appointment else ""


def _not_ours(other: Ticket, at: datetime, ticket: Ticket, day: LineDay) -> tuple[Why, str]:
    """It stood behind: what else let it be called."""
    window = other.window or 0
    if ticket.appointment is not None and at < ticket.appointment:
        return "not_for", f"{ticket.number} 约的 {ticket.appointment:%H:%M} 还没到"
    if ticket.to_window not in (0, window):
        return "not_for", f"{ticket.number} 是转给{ticket.to_window}号窗口的，{window}号窗口不叫它"
    if ticket.item and window in day.items and ticket.item not in day.items[window]:
        return "not_for", f"{window}号窗口不办 {ticket.number} 要办的事项"
    if any(cut.window == ticket.fallback and cut.start <= at <= cut.end for cut in day.cuts):
        return "not_for", f"{ticket.number} 分给{ticket.fallback}号窗口，那时断线，号给它留着"
    if other.by_paper:
        return "paper", f"断线时在{window}号窗口凭票接待"
    if other.reserve != ticket.reserve:
        return "reserve", "断线时取的备用号，由那个窗口自己叫" if other.reserve else "断线时各窗口只叫自己名下的号"
    if ticket.parked is not None and ticket.parked.at <= at:
        return "held", f"{ticket.number} 那时挂起着"
    return "skipped", "比它后排，账里没有写原因"


def _sentence(ticket: Ticket, before: Sequence[Called], skipped: Sequence[Called], day: LineDay) -> str:
    number, end = ticket.number, _ended(ticket, day)
    if skipped:
        first = skipped[0]
        who = f"{first.window}号窗口{f' {first.clerk}' if first.clerk else ''}"
        return f"{number} {first.at:%H:%M} 被跳过：{who} 先叫了排在它后面的 {first.number}，账里没有原因。{end}"
    late = [one for one in before if one.why != "earlier"]
    if late:
        named = "、".join(one.number for one in late[:NAMED]) + (f" 等 {len(late)} 个" if len(late) > NAMED else "")
        return f"{number} 没有被跳过：{late[0].at:%H:%M} 起 {named} 先叫，{_reason(late[0])}。{end}"
    if before:
        return f"{number} 没有被跳过：前面叫的 {len(before)} 个都比它先取号。{end}"
    return f"{number} 没有被跳过：取号以后，这一队在它前面没有叫过别人。{end}"


def _reason(one: Called) -> str:
    return {"first": "因为" + one.words.partition("：")[0]}.get(one.why, one.words)


def _ended(ticket: Ticket, day: LineDay) -> str:
    """What became of it."""
    at = day.first_call(ticket)
    if ticket.state == "passed" and at is not None:
        return f"它 {at:%H:%M} 在{ticket.window}号窗口叫过，共 {ticket.calls} 次，没到，记了过号。"
    if at is not None and ticket.window:
        return f"它 {at:%H:%M} 在{ticket.window}号窗口叫到。"
    return {"waiting": "它还在等。", "not_served": "它当天没有叫到。", "void": "它作废了，没有出票。"}.get(
        ticket.state, ""
    )

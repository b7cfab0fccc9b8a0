"""号票的经过 one ticket's day with its times: from its row, from the slips kept at windows, and from what a journal knows of it. Pure.

The row says what is so now and when it became so; a journal adds what a row forgets (each call, who put it back). What both
say is said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.queueing.model import OVER, PaperServed, Ticket, state_words
from clerk_app.queueing.rules import outcome_words

Names = Callable[[str], str]


@dataclass(frozen=True)
class StoryLine:
    """经过一行 when, and what."""

    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """一步 one command about the ticket, as a journal has it: its kind, when, whose, at which window."""

    kind: str
    at: datetime
    by: str = ""
    window: int = 0


_act_words = {
    "take_ticket": "取号",
    "record_paper": "号票打出",
    "issue_by_hand": "手写号票",
    "call_ticket": "叫号",
    "arrive_ticket": "到窗",
    "hold_ticket": "挂起",
    "resume_ticket": "接着办",
    "return_ticket": "退回队里",
    "forward_ticket": "转移",
    "pass_ticket": "过号",
    "rejoin_ticket": "重排",
    "lift_ticket": "提前",
    "right_ticket": "下一个就办",
    "undo_ticket": "撤销上一步",
    "finish_ticket": "办结",
    "hand_tickets": "交号",
    "take_handed_ticket": "接号",
    "free_tickets": "放开",
    "serve_by_paper": "凭票接待",
    "end_by_paper": "凭票办结",
    "void_ticket": "作废",
    "adopt_ticket": "叫号机来号",
    "close_tickets": "当日收尾",
}
"""What a journal's row is called when the ticket's row says nothing more of it."""


def story(
    ticket: Ticket, names: Names, papers: Sequence[PaperServed] = (), acts: Iterable[Act] = ()
) -> tuple[StoryLine, ...]:
    """In order of time; `papers` are the day's slips, of which its own are taken."""
    told = [*_of_row(ticket, names), *_of_papers(ticket, names, papers)]
    known = {line.at for line in told}
    more = [
        StoryLine(act.at, f"{_act_words[act.kind]}{_where(act.window, act.by, names)}")
        for act in acts
        if act.kind in _act_words and act.at not in known
    ]
    return tuple(sorted((*told, *more), key=lambda line: line.at))


def _where(window: int | None, person: str, names: Names) -> str:
    said = [f"{window}号窗口" if window else "", names(person) if person else ""]
    inside = " ".join(word for word in said if word)
    return f"（{inside}）" if inside else ""


def _of_row(ticket: Ticket, names: Names) -> Iterator[StoryLine]:
    """What stands in the row."""
    yield StoryLine(ticket.taken_at, _taken(ticket))
    for sent in ticket.forwards:
        to = f"到{sent.to_window}号窗口" if sent.to_window else ""
        yield StoryLine(
            sent.at, f"从{sent.from_window}号窗口 {sent.from_letter} 类转出{to}：{sent.reason}（{names(sent.by)}）"
        )
    for lift in ticket.lifts:
        word = "下一个就办" if lift.wronged else "值班长提前"
        yield StoryLine(lift.at, f"{word}：{lift.reason}（{names(lift.by)}）")
    yield from _calls(ticket, names)
    yield from _put_aside(ticket, names)
    if ticket.ended_at is not None:
        yield StoryLine(ticket.ended_at, _ended(ticket, names))


def _taken(ticket: Ticket) -> str:
    where = f"，{ticket.taken_window}号窗口" if ticket.taken_window else ""
    kind = "，备用号" if ticket.reserve else ""
    appointed = f"，预约 {ticket.appointment:%H:%M}" if ticket.appointment is not None else ""
    priority = "，优先" if ticket.priority else ""
    share = f"，分到{ticket.fallback}号窗口" if ticket.fallback and ticket.state == "waiting" else ""
    out = "，号票还没打出来" if ticket.state == "issuing" else ""
    return f"取号 {ticket.number}{where}{kind}{appointed}{priority}{share}{out}"


def _calls(ticket: Ticket, names: Names) -> Iterator[StoryLine]:
    place = _where(ticket.window, ticket.clerk, names)
    if ticket.called_at is not None:
        times = f"，第 {ticket.calls} 次" if ticket.calls > 1 else ""
        yield StoryLine(ticket.called_at, f"叫号{times}{place}")
    if ticket.served_at is not None and not ticket.by_paper:
        yield StoryLine(ticket.served_at, f"到窗{place}")


def _put_aside(ticket: Ticket, names: Names) -> Iterator[StoryLine]:
    if ticket.parked is not None:
        parked = ticket.parked
        yield StoryLine(parked.at, f"挂起：{parked.reason}{_where(parked.window, parked.by, names)}")
    before = ticket.before
    if before is None or ticket.state in (*OVER, "held"):
        return
    if before.kind == "return_ticket":
        yield StoryLine(before.at, f"退回队里：{ticket.reason}{_where(before.window, before.clerk, names)}")
    elif before.kind == "rejoin_ticket":
        again = f"，第 {ticket.rejoins} 次" if ticket.rejoins > 1 else ""
        yield StoryLine(before.at, f"重排{again}")


def _ended(ticket: Ticket, names: Names) -> str:
    place = _where(ticket.window, ticket.clerk, names)
    if ticket.state == "finished":
        words = {str(key): word for key, word in outcome_words.items()}
        return f"办结：{words.get(ticket.outcome, '其他')}{place}"
    reason = f"：{ticket.reason}" if ticket.reason else ""
    return f"{state_words[ticket.state]}{reason}{place}"


def _of_papers(ticket: Ticket, names: Names, papers: Sequence[PaperServed]) -> Iterator[StoryLine]:
    for row in papers:
        if ticket.id not in (row.ticket, row.real):
            continue
        how = "" if row.how == "code" else "，按校验码"
        beside = f"；中心另记着 {row.known}" if row.known else ""
        yield StoryLine(row.at, f"凭票接待{how}{_where(row.window, row.by, names)}{beside}")
        if row.ended_at is not None and (ticket.state != "finished" or row.ended_at != ticket.ended_at):
            yield StoryLine(row.ended_at, f"凭票办结{_where(row.window, row.by, names)}")

"""挂起、退回、过号受理、撤销 what one does with a ticket besides calling and ending it; each but the undoing can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from clerk_app.command import Refusal, UseCase, ticket_subject
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import FIRST, ORDINARY, Parked, Ticket, state_words
from clerk_app.queueing.usecases import LONGEST, TicketCommand, serving_letters, unknown_ticket

GRACE = timedelta(seconds=5)
"""Between the key and the record."""


@dataclass(frozen=True, kw_only=True)
class HoldTicket(TicketCommand):
    """挂起 the person does something else first and comes back to this window; several at once."""

    kind: ClassVar[str] = "hold_ticket"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResumeTicket(TicketCommand):
    """接着办 a held person is back: called again, or at once at the window where he stood."""

    kind: ClassVar[str] = "resume_ticket"


@dataclass(frozen=True, kw_only=True)
class ReturnTicket(TicketCommand):
    """退回队里 called or served here by mistake: it waits again where its time puts it."""

    kind: ClassVar[str] = "return_ticket"
    reason: str


@dataclass(frozen=True, kw_only=True)
class RejoinTicket(TicketCommand):
    """过号受理 a passed person is here after all, and waits again behind so many as the hall says."""

    kind: ClassVar[str] = "rejoin_ticket"


@dataclass(frozen=True, kw_only=True)
class UndoTicket(TicketCommand):
    """撤销 the last act of this window on the ticket, within the hall's seconds; `undoes` is that act."""

    kind: ClassVar[str] = "undo_ticket"
    undoes: str


def hold_ticket(command: HoldTicket, books: TicketBooks) -> Refusal | None:
    """From called or serving; the window's hands are free again."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if refusal := ticket.not_here(command.window, "挂起"):
        return refusal
    if not (reason := command.reason.strip()):
        return Refusal("reason-missing", f"还没写为什么挂起，{ticket.number} 没有挂起。挑一个原因。")
    parked = Parked(
        reason=reason[:LONGEST],
        at=command.at,
        by=command.actor,
        window=command.window,
        serving=ticket.state == "serving",
    )
    known = ticket.remembering(command.id, command.kind, command.at)
    books.put_ticket(replace(known, state="held", parked=parked))
    return None


def resume_ticket(command: ResumeTicket, books: TicketBooks) -> Refusal | None:
    """Back in the hands of its window, or of the window that has it now."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    parked = ticket.parked
    if ticket.state != "held" or parked is None:
        return Refusal("ticket-not-held", f"{ticket.number} 现在是{state_words[ticket.state]}，没有挂起，没有改动。")
    current = books.open_call_at(command.window, ticket.day)
    if current is not None:
        return Refusal(
            "window-busy", f"{current.number} 还在手上，{ticket.number} 还挂着。先办结（F8）或也挂起（F6）。"
        )
    known = replace(ticket, window=command.window, clerk=command.actor, parked=None, before=None)
    served = ticket.served_at or command.at
    books.take_hold(ticket_subject(ticket.id))
    books.put_ticket(
        replace(known, state="serving", served_at=served)
        if parked.serving
        else replace(known, state="called", called_at=command.at, calls=ticket.calls + 1)
    )
    return None


def return_ticket(command: ReturnTicket, books: TicketBooks) -> Refusal | None:
    """In the line again, in nobody's hands."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if refusal := ticket.not_here(command.window, "退回"):
        return refusal
    if not (reason := command.reason.strip()):
        return Refusal("reason-missing", f"还没写为什么退回，{ticket.number} 没有动。挑一个原因。")
    known = ticket.remembering(command.id, command.kind, command.at)
    # His share still: with the line cut nobody else could call him again.
    books.put_ticket(replace(known.hand_back(), served_at=None, reason=reason[:LONGEST], fallback=command.window))
    books.give_back(ticket_subject(ticket.id))
    return None


def rejoin_ticket(command: RejoinTicket, books: TicketBooks) -> Refusal | None:
    """The hall's rule: allowed at all, today, so many times, behind so many."""
    ticket, rule = books.ticket(command.ticket), books.queue_rules.rejoin
    if ticket is None:
        return unknown_ticket()
    if ticket.state != "passed" or ticket.day != command.at.date():
        return Refusal("ticket-not-passed", f"{ticket.number} 不是今天过的号，没有重排。重新取号就好。")
    if not rule.allowed or ticket.rejoins >= rule.times:
        said = f"只能重排 {rule.times} 次" if rule.allowed else "过号作废"
        return Refusal("rejoin-used-up", f"本大厅{said}，{ticket.number} 没有重排。请重新取号。")
    known = ticket.remembering(command.id, command.kind, command.at).hand_back()
    waiting = [t for t in books.tickets_of(ticket.day, (ticket.letter,)) if t.state == "waiting"]
    rank, place = behind(waiting, rule.after_tickets)
    letters = serving_letters(books, command.window, ticket.day)
    books.put_ticket(
        replace(
            known,
            ended_at=None,
            reason="",
            to_window=0,
            fallback=command.window if ticket.letter in letters else 0,
            rank=rank,
            placed_at=place if place is not None else command.at,
            rejoins=ticket.rejoins + 1,
        )
    )
    books.give_back(ticket_subject(ticket.id))
    return None


def behind(waiting: list[Ticket], count: int) -> tuple[int, datetime | None]:
    """The rank and the moment just behind the `count`-th who waits; no moment: behind all of them."""
    line = sorted(waiting, key=lambda one: one.order)
    if not 0 < count <= len(line):
        return ORDINARY, None
    before = line[count - 1]
    return max(before.order[0], FIRST), before.place + timedelta(microseconds=1)


def undo_ticket(command: UndoTicket, books: TicketBooks) -> Refusal | None:
    """Only the last act, only in time, and only while nobody else has the ticket."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    before = ticket.before
    if before is None or before.command != command.undoes:
        return Refusal("undo-over", f"{ticket.number} 后来又动过，没有撤销。按现在的情形办。")
    if command.at - before.at > books.queue_rules.undo_time + GRACE:
        return Refusal(
            "undo-late",
            f"过了 {books.queue_rules.timing.undo} 秒，{ticket.number} 没有撤销。过号的可以重排，办结的可以重新取号。",
        )
    if before.state in ("called", "serving", "held") and before.window != command.window:
        return Refusal(
            "undo-elsewhere", f"{ticket.number} 是{before.window}号窗口刚办的，这里没有撤销。到那个窗口撤销。"
        )
    if before.state in ("called", "serving"):
        current = books.open_call_at(command.window, ticket.day)
        if current is not None and current.id != ticket.id:
            return Refusal("window-busy", f"{current.number} 已在手上，{ticket.number} 没有撤销。先办结或退回手上的。")
    books.put_ticket(ticket.undone())
    if before.state in ("called", "serving", "held"):
        books.take_hold(ticket_subject(ticket.id))
    return None


parking_use_cases = (
    UseCase(HoldTicket, hold_ticket, "queue"),
    UseCase(ResumeTicket, resume_ticket, "queue"),
    UseCase(ReturnTicket, return_ticket, "queue"),
    UseCase(RejoinTicket, rejoin_ticket, "queue", own_hold=True),
    UseCase(UndoTicket, undo_ticket, "queue"),
)

"""出票与收尾 what makes a ticket valid besides its slip, takes it away again, brings one in from another machine, and ends the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase, ticket_subject
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import FIRST, ORDINARY, Ticket, state_words
from clerk_app.queueing.usecases import TicketCommand, unknown_ticket


@dataclass(frozen=True, kw_only=True)
class IssueByHand(TicketCommand):
    """手写号票 the printer is dry and the number was written down and given to the person."""

    kind: ClassVar[str] = "issue_by_hand"


@dataclass(frozen=True, kw_only=True)
class VoidTicket(TicketCommand):
    """作废号票 it never came out, or the person left before it was given to him."""

    kind: ClassVar[str] = "void_ticket"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AdoptTicket(TicketCommand):
    """外号 a ticket of the hall's own queue machine, called here: its number is that machine's."""

    kind: ClassVar[str] = "adopt_ticket"
    day: date
    letter: str
    number: str
    taken_at: datetime
    priority: bool = False


@dataclass(frozen=True, kw_only=True)
class CloseTickets(Command):
    """当日收尾 who was never called is not served today: never passed. `tickets` are those that waited."""

    kind: ClassVar[str] = "close_tickets"
    day: date
    tickets: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The tickets."""
        return tuple(ticket_subject(key) for key in self.tickets)


def issue_by_hand(command: IssueByHand, books: TicketBooks) -> Refusal | None:
    """From issuing to waiting."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if ticket.state != "issuing":
        return Refusal("ticket-issued", f"{ticket.number} 现在是{state_words[ticket.state]}，不用手写，没有改动。")
    books.put_ticket(ticket.issued())
    return None


def void_ticket(command: VoidTicket, books: TicketBooks) -> Refusal | None:
    """Never in the line, or out of it again before anybody called."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return unknown_ticket()
    if ticket.state not in ("issuing", "waiting"):
        return Refusal(
            "ticket-called", f"{ticket.number} 现在是{state_words[ticket.state]}，没有作废。叫过的按过号或办结处理。"
        )
    books.put_ticket(
        replace(ticket, state="void", ended_at=command.at, reason=command.reason.strip()[:200], before=None)
    )
    books.give_back(ticket_subject(ticket.id))
    return None


def adopt_ticket(command: AdoptTicket, books: TicketBooks) -> Refusal | None:
    """In the line, for this window alone: the machine has given it to it."""
    if books.ticket(command.ticket) is not None:
        return Refusal("ticket-exists", "这张号票已经记下，没有再记。")
    if command.letter not in books.queue_rules.letters:
        return Refusal(
            "unknown-letter", f"本大厅没有 {command.letter} 类号，{command.number} 没有记。请管理员核对叫号机的对照表。"
        )
    if books.ticket_numbered(command.day, command.number) is not None:
        return Refusal("number-taken", f"今天已有 {command.number}，没有再记。先看这一号办到哪了。")
    books.put_ticket(
        Ticket(
            id=command.ticket,
            day=command.day,
            letter=command.letter,
            number=command.number,
            serial=0,
            reserve=False,
            taken_at=command.taken_at,
            taken_window=command.window,
            priority="machine" if command.priority else "",
            rank=FIRST if command.priority else ORDINARY,
            to_window=command.window,
            fallback=command.window,
        )
    )
    books.take_hold(ticket_subject(command.ticket))
    return None


def close_tickets(command: CloseTickets, books: TicketBooks) -> Refusal | None:
    """Each that was never called; what was called meanwhile is left where it is."""
    for key in command.tickets:
        ticket = books.ticket(key)
        if ticket is None or ticket.day != command.day:
            continue
        if (ended := unserved(ticket, command.at)) is not None:
            books.put_ticket(ended)
            if books.holder(ticket_subject(key)):
                books.give_back(ticket_subject(key))
    return None


def unserved(ticket: Ticket, at: datetime) -> Ticket | None:
    """当日未办 how a ticket stands when its day is over; None when that says nothing of it."""
    ticket = replace(ticket, before=None)
    if ticket.state == "waiting":
        return replace(ticket, state="not_served", ended_at=at, reason="当天没有叫到")
    if ticket.state == "issuing":
        return replace(ticket, state="void", ended_at=at, reason="号票没有打出来")
    if ticket.state == "called":
        return replace(ticket, state="passed", ended_at=at, reason="叫号未到")
    if ticket.state == "held":
        return replace(ticket, state="not_served", ended_at=at, reason="挂起后没有回来")
    return None


issuing_ticket_use_cases = (
    UseCase(IssueByHand, issue_by_hand, "queue"),
    UseCase(VoidTicket, void_ticket, "queue"),
    UseCase(AdoptTicket, adopt_ticket, "queue"),
    UseCase(CloseTickets, close_tickets, "queue_order", own_hold=True),
)

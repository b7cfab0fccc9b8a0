"""取号叫号 taking, calling, receiving and ending a ticket: load, rule, record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase, ticket_subject
from clerk_app.duty.pausing import pause_at
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import Ticket, ticket_kind, ticket_number


@dataclass(frozen=True, kw_only=True)
class TicketCommand(Command):
    """号票命令 an act on one ticket."""

    ticket: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ticket."""
        return (ticket_subject(self.ticket),)


@dataclass(frozen=True, kw_only=True)
class TakeTicket(TicketCommand):
    """取号 a number was taken for a citizen. `block` and `serial` name the number; `reserve` that it is of the cut-line reserve."""

    kind: ClassVar[str] = "take_ticket"
    day: date
    letter: str
    block: str
    serial: int
    reserve: bool = False
    priority: str = ""


@dataclass(frozen=True, kw_only=True)
class CallTicket(TicketCommand):
    """叫号 call (or call again) one ticket to this window."""

    kind: ClassVar[str] = "call_ticket"


@dataclass(frozen=True, kw_only=True)
class ArriveTicket(TicketCommand):
    """到窗 the called citizen has come."""

    kind: ClassVar[str] = "arrive_ticket"


@dataclass(frozen=True, kw_only=True)
class PassTicket(TicketCommand):
    """过号 nobody came; `reason` is one of the hall's words."""

    kind: ClassVar[str] = "pass_ticket"
    reason: str = "叫号未到"


@dataclass(frozen=True, kw_only=True)
class FinishTicket(TicketCommand):
    """办结本号 the citizen's visit at this window is over."""

    kind: ClassVar[str] = "finish_ticket"


def take_ticket(command: TakeTicket, books: TicketBooks) -> Refusal | None:
    """One number, once. The window that serves the letter keeps the ticket as its own share."""
    if books.ticket(command.ticket) is not None:
        return Refusal("ticket-exists", "这张号票已经取过，没有再取。")
    if command.letter not in books.queue_rules.letters:
        return Refusal("unknown-letter", f"本大厅没有 {command.letter} 类号，号没有取。换一类再取。")
    kind = ticket_kind(command.letter, command.day, reserve=command.reserve)
    if refusal := books.spend_number(kind, command.block, command.serial, command.id):
        return refusal
    window = books.roster.windows[command.window]
    books.put_ticket(
        Ticket(
            id=command.ticket,
            day=command.day,
            letter=command.letter,
            number=ticket_number(command.letter, command.serial),
            serial=command.serial,
            reserve=command.reserve,
            taken_at=command.at,
            taken_window=command.window,
            priority=command.priority,
        )
    )
    if command.letter in window.letters:
        books.take_hold(ticket_subject(command.ticket))
    return None


def call_ticket(command: CallTicket, books: TicketBooks) -> Refusal | None:
    """At most one open call a window, at most one window a ticket."""
    ticket = books.ticket(command.ticket)
    if ticket is None:
        return _unknown()
    if pause_at(books, command.window, command.at) is not None:
        return Refusal("window-paused", f"{command.window}号窗口暂停着，没有叫号。先返回，再叫。")
    current = books.open_call_at(command.window, ticket.day)
    if current is not None and current.id != ticket.id:
        return Refusal("window-busy", f"{current.number} 还在办。先办结（F8）或过号（F4），再叫下一位。")
    called = ticket.call(command.window, command.actor, command.at, books.queue_rules.max_calls)
    if not isinstance(called, Refusal):
        books.take_hold(ticket_subject(ticket.id))
    return _put(books, called)


def arrive_ticket(command: ArriveTicket, books: TicketBooks) -> Refusal | None:
    """From called to serving."""
    ticket = books.ticket(command.ticket)
    return _unknown() if ticket is None else _put(books, ticket.arrive(command.window, command.at))


def pass_ticket(command: PassTicket, books: TicketBooks) -> Refusal | None:
    """From called to passed."""
    ticket = books.ticket(command.ticket)
    return _unknown() if ticket is None else _put(books, ticket.end(command.window, command.at, "passed"))


def finish_ticket(command: FinishTicket, books: TicketBooks) -> Refusal | None:
    """From serving to finished."""
    ticket = books.ticket(command.ticket)
    return _unknown() if ticket is None else _put(books, ticket.end(command.window, command.at, "finished"))


def _put(books: TicketBooks, result: Ticket | Refusal) -> Refusal | None:
    if isinstance(result, Refusal):
        return result
    books.put_ticket(result)
    return None


def _unknown() -> Refusal:
    return Refusal("unknown-ticket", "没有这张号票，什么都没改。核对号码，或替人重新取号。")


queueing_use_cases = (
    UseCase(TakeTicket, take_ticket, "queue"),
    UseCase(CallTicket, call_ticket, "queue"),
    UseCase(ArriveTicket, arrive_ticket, "queue"),
    UseCase(PassTicket, pass_ticket, "queue"),
    UseCase(FinishTicket, finish_ticket, "queue"),
)

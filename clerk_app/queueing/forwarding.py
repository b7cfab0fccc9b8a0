"""转移 a ticket goes to the line it belongs in: it keeps its number, waits again, and says who sent it on and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from clerk_app.command import Refusal, UseCase, ticket_subject
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import Forwarded, Ticket
from clerk_app.queueing.usecases import TicketCommand, serving_letters

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class ForwardTicket(TicketCommand):
    """转移 to the line of a letter, and to one window of it if `to_window` is not 0."""

    kind: ClassVar[str] = "forward_ticket"
    letter: str
    reason: str
    to_window: int = 0


@dataclass(frozen=True, kw_only=True)
class Sending:
    """转到哪 one sending on: which ticket, to where, why, by whom at which window, when."""

    ticket: str
    letter: str
    to_window: int
    reason: str
    by: str
    window: int
    at: datetime
    command: str = ""


def forward_ticket(command: ForwardTicket, books: TicketBooks) -> Refusal | None:
    """To a line there is, with a reason; whoever serves it may call it then."""
    return send_on(
        Sending(
            ticket=command.ticket,
            letter=command.letter,
            to_window=command.to_window,
            reason=command.reason,
            by=command.actor,
            window=command.window,
            at=command.at,
            command=command.id,
        ),
        books,
    )


def send_on(sending: Sending, books: TicketBooks) -> Refusal | None:
    """The ticket waits in the other line and is in nobody's hands."""
    ticket = books.ticket(sending.ticket)
    if ticket is None:
        return Refusal("unknown-ticket", "没有这张号票，什么都没改。核对号码，或替人重新取号。")
    if refusal := _nowhere(sending, ticket, books):
        return refusal
    sent = Forwarded(
        by=sending.by,
        at=sending.at,
        reason=sending.reason.strip()[:LONGEST],
        from_window=sending.window,
        from_letter=ticket.letter,
        to_window=sending.to_window,
        front=books.queue_rules.forward_front,
    )
    moved = ticket.remembering(sending.command, "forward_ticket", sending.at).forward(sending.letter, sent)
    if isinstance(moved, Refusal):
        return moved
    books.put_ticket(moved)
    books.give_back(ticket_subject(ticket.id))
    return None


def _nowhere(sending: Sending, ticket: Ticket, books: TicketBooks) -> Refusal | None:
    number, to = ticket.number, sending.to_window
    if not sending.reason.strip():
        return Refusal("reason-missing", f"还没写为什么转，{number} 没有转。写一句再转。")
    if sending.letter not in books.queue_rules.letters:
        return Refusal("unknown-letter", f"本大厅没有 {sending.letter} 类号，{number} 没有转。换一类再转。")
    if not to:
        return None
    if to not in books.roster.windows or sending.letter not in serving_letters(books, to, ticket.day):
        return Refusal("letter-elsewhere", f"{to}号窗口不办 {sending.letter} 类号，{number} 没有转。换一个窗口再转。")
    if to == sending.window:
        return Refusal("forward-here", f"{number} 就在本窗口手上，没有转。直接办就好。")
    return None


def sent_elsewhere(ticket: Ticket, window: int, books: TicketBooks) -> bool:
    """Whether it was led to another window of its line, which is there to call it: not for this one."""
    if ticket.to_window in (0, window):
        return False
    return not any(
        row.start.date() == ticket.day and row.back_at is None for row in books.open_pauses(ticket.to_window)
    )


forwarding_use_cases = (UseCase(ForwardTicket, forward_ticket, "queue"),)

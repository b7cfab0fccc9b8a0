"""凭票接待 with the centre away the slip itself is the ticket: who brings it is served, the clerk keeps it, and both are facts.

A slip goes to one window only, so nobody is served twice; what the centre knows otherwise is kept beside it for a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase, ticket_subject
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import PaperServed, Ticket, state_words
from clerk_app.queueing.rules import outcome_words

_unserved = ("issuing", "waiting", "called", "passed", "not_served")
served_subject = "paper_served:{}".format


@dataclass(frozen=True, kw_only=True)
class ServeByPaper(Command):
    """凭票接待 a slip was shown here and is kept. `ticket` is its id when its code was read, else a new one; `how` it was known."""

    kind: ClassVar[str] = "serve_by_paper"
    fact: ClassVar[bool] = True
    anew: ClassVar[bool] = True
    served: str
    ticket: str
    day: date
    number: str
    letter: str
    serial: int
    taken_at: datetime
    how: str = "code"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The fact, and the ticket it speaks of."""
        return (served_subject(self.served), ticket_subject(self.ticket))


@dataclass(frozen=True, kw_only=True)
class EndByPaper(Command):
    """凭票办结 his visit here is over."""

    kind: ClassVar[str] = "end_by_paper"
    fact: ClassVar[bool] = True
    served: str
    ticket: str
    outcome: str = "handled"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The fact, and the ticket it speaks of."""
        return (served_subject(self.served), ticket_subject(self.ticket))


def serve_by_paper(command: ServeByPaper, books: TicketBooks) -> Refusal | None:
    """Always written; the ticket follows unless another window has served it already."""
    if books.paper_served(command.served) is not None:
        return None
    known = books.ticket(command.ticket) or books.ticket_numbered(command.day, command.number)
    elsewhere = _elsewhere(known, command.window)
    books.put_paper_served(
        PaperServed(
            id=command.served,
            day=command.day,
            ticket=command.ticket,
            number=command.number,
            letter=command.letter,
            window=command.window,
            by=command.actor,
            at=command.at,
            how=command.how,
            real=known.id if known is not None and known.id != command.ticket else "",
            known=elsewhere,
        )
    )
    if not elsewhere:
        _serve(command, known or _from_slip(command), books)
    return None


def _serve(command: ServeByPaper, ticket: Ticket, books: TicketBooks) -> None:
    """In this window's hands; whatever it had there before waits again."""
    current = books.open_call_at(command.window, ticket.day)
    if current is not None and current.id != ticket.id:
        if current.state == "serving":
            return
        books.put_ticket(current.hand_back())
        books.give_back(ticket_subject(current.id))
    books.put_ticket(
        replace(
            ticket,
            state="serving",
            window=command.window,
            clerk=command.actor,
            calls=max(1, ticket.calls),
            called_at=ticket.called_at or command.at,
            served_at=command.at,
            ended_at=None,
            by_paper=True,
            parked=None,
            before=None,
        )
    )
    books.take_hold(ticket_subject(ticket.id))


def _from_slip(command: ServeByPaper) -> Ticket:
    return Ticket(
        id=command.ticket,
        day=command.day,
        letter=command.letter,
        number=command.number,
        serial=command.serial,
        reserve=False,
        taken_at=command.taken_at,
        taken_window=command.window,
    )


def _elsewhere(ticket: Ticket | None, window: int) -> str:
    """How it was served already, in words; empty when it was not. What is finished is not begun again, here neither."""
    if ticket is None or ticket.state not in ("serving", "finished"):
        return ""
    if ticket.state == "serving" and ticket.window == window:
        return ""
    at = ticket.ended_at or ticket.served_at
    when = f"{at:%H:%M} " if at else ""
    return f"{when}在{ticket.window}号窗口{state_words[ticket.state]}"


def end_by_paper(command: EndByPaper, books: TicketBooks) -> Refusal | None:
    """The fact is closed, and its ticket with it if this window has it."""
    row = books.paper_served(command.served)
    outcome = command.outcome if command.outcome in outcome_words else "other"
    if row is not None and row.ended_at is None:
        books.put_paper_served(replace(row, ended_at=command.at, outcome=outcome))
    ticket = books.ticket((row.real if row is not None else "") or command.ticket)
    if ticket is None:
        return None
    over = replace(ticket, state="finished", ended_at=command.at, outcome=outcome, before=None)
    if ticket.by_paper and ticket.state == "serving" and ticket.window == command.window:
        books.put_ticket(over)
    elif row is not None and not row.known and not ticket.by_paper and ticket.state in _unserved:
        # Its slip was kept while the window was believed busy: nobody comes with it any more.
        here = replace(over, window=row.window, clerk=row.by, served_at=row.at, called_at=ticket.called_at or row.at)
        books.put_ticket(replace(here, by_paper=True))
        if books.holder(ticket_subject(ticket.id)):
            books.give_back(ticket_subject(ticket.id))
    return None


def slip_kept(books: TicketBooks, ticket: str, window: int, at: datetime) -> bool:
    """Whether its bearer stood at this window then, by the slip that was kept there: so it is whatever else is known of it."""
    return any(
        row.window == window
        and ticket in (row.ticket, row.real)
        and row.at <= at
        and (row.ended_at is None or at <= row.ended_at)
        for row in books.papers_served(at.date())
    )


on_paper_use_cases = (
    UseCase(ServeByPaper, serve_by_paper, "queue"),
    UseCase(EndByPaper, end_by_paper, "queue"),
)

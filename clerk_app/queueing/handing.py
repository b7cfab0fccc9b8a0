"""交号 the tickets of a window whose clerk leaves: given back to the line, and with the line cut taken by whoever scans them.

The one who takes names the giving it rests on: the centre waits for that, so a ticket is never moved on a word it has not
heard itself. The same ticket taken at two windows is one of theirs, and a person sees both names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from clerk_app.command import Command, Conflict, Refusal, UseCase, ticket_subject
from clerk_app.queueing.books import TicketBooks
from clerk_app.queueing.model import FIRST, ORDINARY, Ticket
from clerk_app.queueing.usecases import TicketCommand, serving_letters


@dataclass(frozen=True, kw_only=True)
class HandTickets(Command):
    """交出号票 the waiting ones this window had to itself, and the called one nobody answered to, are anybody's again.

    A held person stays held, and is resumed by whoever he comes back to.
    """

    kind: ClassVar[str] = "hand_tickets"
    tickets: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The tickets."""
        return tuple(ticket_subject(key) for key in self.tickets)


@dataclass(frozen=True, kw_only=True)
class HandedTicket:
    """交来的号票 what another machine must know of a ticket it never heard of; `fence` is of the hold it was given up under."""

    id: str
    day: date
    letter: str
    number: str
    serial: int
    reserve: bool
    taken_at: datetime
    taken_window: int
    priority: str
    fence: int

    def ticket(self) -> Ticket:
        """The ticket, waiting."""
        return Ticket(
            id=self.id,
            day=self.day,
            letter=self.letter,
            number=self.number,
            serial=self.serial,
            reserve=self.reserve,
            taken_at=self.taken_at,
            taken_window=self.taken_window,
            priority=self.priority,
            rank=FIRST if self.priority else ORDINARY,
        )


@dataclass(frozen=True, kw_only=True)
class TakeHandedTicket(TicketCommand):
    """接走号票 one ticket another window gave up. `giver` is its machine; the giving itself stands in `needs`."""

    kind: ClassVar[str] = "take_handed_ticket"
    handed: HandedTicket
    giver: str


def tickets_in_hand(
    books: TicketBooks, window: int, day: date, letters: Sequence[str], *, cut: bool = False
) -> tuple[Ticket, ...]:
    """手上的号 in calling order: called or held here, and waiting ones no other machine may call.

    `cut`: with the line cut those dealt to this window too; with the line up the centre deals them anew by itself.
    """
    there = books.tickets_of(day, letters, ("called", "waiting", "held"))
    found = (ticket for ticket in there if _in_hand(books, window, ticket, cut=cut))
    return tuple(sorted(found, key=lambda ticket: ticket.order))


def _in_hand(books: TicketBooks, window: int, ticket: Ticket, *, cut: bool) -> bool:
    if ticket.state == "called":
        return ticket.window == window
    if ticket.state not in ("waiting", "held"):
        return False
    holder = books.holder(ticket_subject(ticket.id))
    if ticket.state == "held":
        # One that was given up already waits for whoever the person comes to.
        return ticket.window == window and holder == books.device
    return holder == books.device or (cut and holder is None and ticket.fallback == window)


def handed_ticket(books: TicketBooks, ticket: Ticket) -> HandedTicket:
    """As it is told to another machine."""
    return HandedTicket(
        id=ticket.id,
        day=ticket.day,
        letter=ticket.letter,
        number=ticket.number,
        serial=ticket.serial,
        reserve=ticket.reserve,
        taken_at=ticket.taken_at,
        taken_window=ticket.taken_window,
        priority=ticket.priority,
        fence=books.fence(ticket_subject(ticket.id)),
    )


def hand_tickets(command: HandTickets, books: TicketBooks) -> Refusal | None:
    """One that is being served is finished first; one whose hold went elsewhere meanwhile is left where it is."""
    tickets = [ticket for key in command.tickets if (ticket := books.ticket(key)) is not None]
    for ticket in tickets:
        if ticket.state == "serving" and ticket.window == command.window:
            return Refusal("ticket-serving", f"{ticket.number} 还在办，号票没有交出。先办结（F8），再交。")
    for ticket in tickets:
        subject = ticket_subject(ticket.id)
        fence = books.fence(subject)
        # In its hands by the row itself: cut off, it could not know under which hold the centre had given it.
        known = command.fences.get(subject, fence) == fence or ticket.window == command.window
        mine = books.holder(subject) == books.device and known
        dealt = books.holder(subject) is None and ticket.fallback == command.window
        if mine and ticket.state == "held":
            books.give_back(subject)
        elif mine and ticket.state in ("waiting", "called"):
            books.put_ticket(replace(ticket.hand_back(), fallback=0))
            books.give_back(subject)
        elif dealt and ticket.state == "waiting":
            books.put_ticket(replace(ticket, fallback=0))
    return None


def take_handed_ticket(command: TakeHandedTicket, books: TicketBooks) -> Refusal | None:
    """Of this day, for a window of this letter, waiting, and in nobody's hands but the giver's."""
    handed = command.handed
    if handed.letter not in serving_letters(books, command.window, handed.day):
        return Refusal("letter-elsewhere", f"{command.window}号窗口不办 {handed.letter} 类号，{handed.number} 没有接。")
    if handed.day != command.at.date():
        return Refusal("ticket-of-another-day", f"{handed.number} 不是今天的号，没有接。")
    if handed.id != command.ticket:
        return Refusal("unknown-ticket", "交接码里的号票对不上，没有接。请那个窗口再出一张。")
    subject = ticket_subject(handed.id)
    known, holder = books.ticket(handed.id) or handed.ticket(), books.holder(subject)
    if (known.number, known.letter, known.day) != (handed.number, handed.letter, handed.day):
        return Refusal("unknown-ticket", "交接码里的号票对不上，没有接。请那个窗口再出一张。")
    if holder == books.device:
        return Refusal("handed-already", f"{handed.number} 已在本窗口名下，没有再接。等候里有就直接叫。")
    given = holder is None or (holder == command.giver and books.fence(subject) == handed.fence)
    theirs = known.state == "called" and holder is None
    if not given or theirs or known.state not in ("waiting", "called", "held"):
        return _taken_elsewhere(command, known, books)
    books.put_ticket(_theirs(known, command.actor, command.window))
    # Another hold than the one given up, at both ends the same: a second taking, by the giver himself too, is told apart.
    books.take_hold(subject, handed.fence + 1)
    return None


def _theirs(ticket: Ticket, clerk: str, window: int) -> Ticket:
    """In the line again, with the name of who took it, for whoever comes second; a held one with both names."""
    if ticket.state == "held" and ticket.parked is not None:
        return replace(ticket, window=window, clerk=clerk, parked=replace(ticket.parked, window=window), before=None)
    return replace(ticket.hand_back(), clerk=clerk, fallback=window)


def _taken_elsewhere(command: TakeHandedTicket, known: Ticket, books: TicketBooks) -> Refusal:
    """Both had a word for it: kept, and a person looks."""
    first = books.roster.name_of(known.clerk) if known.clerk else "别的窗口"
    where = f"{known.window}号窗口" if known.window else ""
    second = books.roster.name_of(command.actor)
    return Conflict(
        "handed-twice",
        f"{command.handed.number} 已由{where}{first} 接走，{second} 在{command.window}号窗口也接了一次。"
        "先接的算数，后接的记着，等值班长看有没有叫重。",
    )


handing_use_cases = (
    UseCase(HandTickets, hand_tickets, "queue", own_hold=True),
    UseCase(TakeHandedTicket, take_handed_ticket, "queue", own_hold=True),
)

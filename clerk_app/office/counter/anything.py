"""找任何东西 what a clerk may mean by a few letters: tickets of today's lines, cases of this machine, items of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.cases.catalogue import Item
from clerk_app.cases.finding import CaseLine
from clerk_app.office.counter.looking_up import find_here
from clerk_app.office.office import Office
from clerk_app.ports import Books
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import serving_letters

MOST = 6
_there = ("waiting", "called", "serving", "held", "passed")


@dataclass(frozen=True, kw_only=True)
class Anything:
    """找到的底数 the tickets in this window's lines, the cases that fit, the items taken in here."""

    tickets: tuple[Ticket, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    items: tuple[Item, ...] = ()


def look_for(office: Office, typed: str) -> Anything:
    """On the store's lane; without a word typed nothing is looked for."""
    if not typed.strip():
        return Anything()
    day, window = office.parts.clock.now().date(), office.window

    def tickets(books: Books) -> tuple[Ticket, ...]:
        return books.tickets_of(day, serving_letters(books, window, day), _there)

    return Anything(
        tickets=office.read(tickets),
        cases=find_here(office, typed, MOST).lines,
        items=office.hall.items_at(window) or tuple(office.hall.items.values()),
    )

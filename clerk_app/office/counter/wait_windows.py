"""去哪等 which window a ticket taken with the line cut is sent to: this one if it serves it, else one that is open as last known here."""

from __future__ import annotations

from datetime import datetime

from clerk_app.duty.pausing import pause_at
from clerk_app.hall import Hall
from clerk_app.ports import Books
from clerk_app.queueing.usecases import serving_letters


def serves(hall: Hall, books: Books, window: int, letter: str, item: str, now: datetime) -> bool:
    """Whether a window calls this line today, and takes in this item."""
    known = hall.items.get(item)
    return letter in serving_letters(books, window, now.date()) and (known is None or window in known.windows)


def wait_window(hall: Hall, books: Books, own: int, letter: str, item: str, now: datetime) -> int:
    """The window to wait at; 0 when the hall has none."""
    able = [number for number in hall.roster.windows if serves(hall, books, number, letter, item, now)]
    if own in able:
        return own
    there = _occupied(books, now) if able else frozenset()
    open_ = [number for number in able if number in there and pause_at(books, number, now) is None]
    load = dict.fromkeys(open_ or able, 0)
    for ticket in books.tickets_of(now.date(), (letter,)):
        if ticket.state == "waiting" and ticket.fallback in load:
            load[ticket.fallback] += 1
    return min(load, key=lambda number: (load[number], number), default=0)


def _occupied(books: Books, now: datetime) -> frozenset[int]:
    """Where somebody signed in today and has not gone, as far as this machine has heard."""
    signed_in = (row for person in books.roster.people for row in books.open_sign_ins(person))
    return frozenset(row.window for row in signed_in if row.at is not None and row.at.date() == now.date())

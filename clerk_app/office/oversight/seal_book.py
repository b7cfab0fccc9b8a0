"""用印登记簿 read for a span of days: all lines of the seals a person has to do with, and what is filtered of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clerk_app.duty.letters import letter_by_number
from clerk_app.duty.model import Letter
from clerk_app.office.office import Office
from clerk_app.office.oversight.seal_desk import kept_from
from clerk_app.ports import Books
from clerk_app.sealing.custody import NEVER
from clerk_app.sealing.register_lines import LineKind, RegisterLine, register_lines
from clerk_app.sealing.register_rows import BookRows, Names

WHOLE_DAYS = 35
"""A window's machine has everything of so many days, as the reports say too."""


@dataclass(frozen=True, kw_only=True)
class BookAsked:
    """查什么 from one day to another, both included; an empty word asks for all."""

    start: date
    end: date
    seal: str = ""
    kind: LineKind | None = None
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadBook:
    """读到的登记簿 the lines in the order of their entry, how many there are in all, and when it was read."""

    asked: BookAsked
    lines: tuple[RegisterLine, ...]
    whole: int
    at: datetime


def read_book(office: Office, asked: BookAsked) -> ReadBook:
    """From this machine's own file, line or not. Takes its time with a year: not for the screen's thread."""
    now = office.parts.clock.now()
    start = datetime.combine(asked.start, time(), now.tzinfo)
    end = datetime.combine(asked.end + timedelta(days=1), time(), now.tzinfo)
    rows = office.parts.vault.seal_register.rows(start, end)
    names = office.read(lambda books: _names(office, books, rows))
    hidden = kept_from(office)
    ours = [line for line in register_lines(rows, names) if line.seal not in hidden]
    return ReadBook(asked=asked, lines=tuple(fitting(ours, asked)), whole=len(ours), at=now)


def read_line(office: Office, key: str, at: datetime) -> RegisterLine | None:
    """One line by its entry, of whatever day it is."""
    rows = office.parts.vault.seal_register.rows(at, at + timedelta(seconds=1))
    names = office.read(lambda books: _names(office, books, rows))
    return next((line for line in register_lines(rows, names) if line.id == key), None)


def fitting(lines: Iterable[RegisterLine], asked: BookAsked) -> Iterable[RegisterLine]:
    """Those that were asked for."""
    return (
        line
        for line in lines
        if asked.seal in ("", line.seal)
        and asked.kind in (None, line.kind)
        and (line.doubtful or line.open or not asked.doubtful)
    )


def waiting(office: Office) -> int:
    """等人看的 for the rail: what was begun without a result, and what is flagged today, of one's seals."""
    now = office.parts.clock.now()
    found = office.parts.vault.seal_register.waiting(datetime.combine(now.date(), time(), now.tzinfo))
    hidden = kept_from(office)
    return sum(amount for seal, amount in found.items() if seal not in hidden)


def _names(office: Office, books: Books, rows: BookRows) -> Names:
    numbers = {use.letter for use in rows.uses} | {grant.letter for grant in rows.grants.values()}
    letters: dict[str, Letter] = {}
    for number in sorted(numbers - {""}):
        if letter := letter_by_number(books, number):
            letters[number] = letter
    return Names(roster=office.hall.roster, letters=letters, versions=_versions(books))


def _versions(books: Books) -> dict[str, tuple[str, ...]]:
    """Each seal's certificates in the order their keys were registered."""
    found: dict[str, dict[str, None]] = {}
    for event in books.seal_events_since(NEVER):
        if event.kind == "seat" and event.certificate:
            found.setdefault(event.seal, {})[event.certificate] = None
    return {seal: tuple(known) for seal, known in found.items()}

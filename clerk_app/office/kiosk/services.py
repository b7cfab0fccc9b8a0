"""可取的号 what a kiosk offers: the letters some window calls, their items by short names, how long the lines are, and why one gives no tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clerk_app.hall import Hall
from clerk_app.ports.kiosk import KioskLine

STEP = timedelta(minutes=30)
EARLIEST = timedelta(hours=2)
"""How long after its beginning an appointment may still be named."""


@dataclass(frozen=True, kw_only=True)
class ItemChoice:
    """可选的事项."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Service:
    """一类业务 `waiting` None: nobody can know it now. `off`: why no ticket is given."""

    letter: str
    name: str
    waiting: int | None = None
    off: str = ""
    items: tuple[ItemChoice, ...] = ()


def services(hall: Hall, lines: Sequence[KioskLine] | None) -> tuple[Service, ...]:
    """In the hall's order; a letter no window calls is not offered."""
    known = {line.letter: line for line in lines or ()}
    called = {letter for window in hall.roster.windows.values() for letter in window.letters}
    called |= {line.letter for line in known.values() if line.windows}
    return tuple(
        Service(
            letter=letter,
            name=name,
            waiting=known[letter].waiting if letter in known else None,
            off=known[letter].stopped if letter in known else "",
            items=tuple(
                ItemChoice(code=item.code, name=item.short) for item in hall.items.values() if letter in item.letters
            ),
        )
        for letter, name in hall.queue.letters.items()
        if letter in called
    )


def windows_for(hall: Hall, lines: Sequence[KioskLine] | None, letter: str, item: str = "") -> tuple[int, ...]:
    """Where a ticket of this letter (and item) may be called: those last known to be open, else all of the letter."""
    seen = next((line.windows for line in lines or () if line.letter == letter), ())
    usual = tuple(w.number for w in hall.roster.windows.values() if letter in w.letters)
    wanted = hall.items[item].windows if item in hall.items else ()
    for found in (seen, usual):
        if fits := tuple(number for number in found if not wanted or number in wanted):
            return fits
    return seen or usual


def zone_words(hall: Hall, windows: Sequence[int]) -> str:
    """到哪等: the place and the windows, as they stand over them."""
    known = [hall.roster.windows[number] for number in windows if number in hall.roster.windows]
    zones = "、".join(dict.fromkeys(window.zone for window in known if window.zone))
    numbers = "、".join(str(window.number) for window in known)
    return f"{zones} {numbers}号窗口" if zones else f"{numbers}号窗口"


def appointment_times(hall: Hall, now: datetime) -> tuple[datetime, ...]:
    """预约的开始时间 of today, in halves of hours, from a little before now to the end of the day."""
    found: list[datetime] = []
    for first, last in hall.hours:
        at = _on_the_half(datetime.combine(now.date(), first, now.tzinfo))
        end = datetime.combine(now.date(), last, now.tzinfo)
        while at < end:
            found.append(at)
            at += STEP
    return tuple(at for at in found if at >= now - EARLIEST)


def _on_the_half(at: datetime) -> datetime:
    whole = datetime.combine(at.date(), time(at.hour), at.tzinfo)
    return whole if at == whole else whole + STEP if at <= whole + STEP else whole + 2 * STEP

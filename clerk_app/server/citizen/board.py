"""号屏的内容 what one screen of a hall shows: the last calls, who waits in which line, how old it all is. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from clerk_app.server.citizen.form import CitizenState, LineRow, Today
from clerk_app.server.citizen.rows import Fed

LAST = 8
SILENT = 12.0
"""Seconds without word from the inside after which a screen says that it stands still."""
MOST_NAMED, LONGEST_NAMED = 12, 60
OVERTIME = timedelta(minutes=10)
"""So long after the last call of the day, and after closing, a screen says that the day is over."""

_names = re.compile(r"[,，、]")
_flags = {"V": "优先", "Y": "预约"}
Stage = Literal["calling", "none_yet", "not_open", "over", "rest"]


@dataclass(frozen=True)
class View:
    """取景 which part of a hall a screen shows; nothing named is all of it."""

    hall: str
    zones: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()

    def wants(self, line: LineRow) -> bool:
        """Whether a line belongs on it."""
        return (not self.letters or line.letter in self.letters) and (
            not self.zones or not set(self.zones).isdisjoint(line.zones)
        )

    def unknown(self, today: Today | None) -> tuple[str, ...]:
        """What it names and the hall has not."""
        lines = today.lines if today else ()
        zones, letters = {zone for line in lines for zone in line.zones}, {line.letter for line in lines}
        return (*(z for z in self.zones if z not in zones), *(x for x in self.letters if x not in letters))


def view_of(hall: str, zone: str, letters: str) -> View:
    """From an address; several are parted by commas."""
    return View(hall, _named(zone), _named(letters.upper()))


def _named(text: str) -> tuple[str, ...]:
    found = (name.strip()[:LONGEST_NAMED] for name in _names.split(text))
    return tuple(dict.fromkeys(name for name in found if name))[:MOST_NAMED]


@dataclass(frozen=True, kw_only=True)
class Call:
    """一次叫号 a number, where it was called to, and when."""

    number: str
    state: CitizenState
    window: int | None
    place: str
    at: datetime
    calls: int

    @property
    def flag(self) -> str:
        """优先, 预约 or nothing: what stands before the letter of the number."""
        return _flags.get(self.number[:1], "") if self.number[1:2].isalpha() else ""

    @property
    def key(self) -> str:
        """Another one when it is called again."""
        return f"{self.number} {self.window} {self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class LineCount:
    """排队人数 a line and how many wait in it."""

    line: LineRow
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """号屏 everything one screen says, as of `now` (hall time)."""

    view: View
    fed: Fed
    now: datetime
    silence: float
    calls: tuple[Call, ...] = ()
    lines: tuple[LineCount, ...] = ()

    @property
    def newest(self) -> Call | None:
        """The last called who is still wanted or being served."""
        return next((call for call in self.calls if call.state != "passed"), None) or next(iter(self.calls), None)

    @property
    def silent(self) -> bool:
        """Whether it stands still."""
        return self.silence > SILENT

    @property
    def today(self) -> Today | None:
        """What was told of this very day."""
        today = self.fed.today
        return today if today is not None and today.day == self.now.date() else None

    @property
    def stage(self) -> Stage:
        """Where the day stands."""
        newest, today = self.newest, self.today
        if today is not None and today.closes is not None and self.now > today.closes:
            over = newest is None or self.now - newest.at > OVERTIME
            return "over" if over else "calling"
        if newest is not None or today is None:
            return "calling" if newest else "none_yet"
        if today.opens is None:
            return "rest"
        return "not_open" if self.now < today.opens else "none_yet"


def shortened(lines: Sequence[LineCount], most: int = 12) -> tuple[tuple[LineCount, ...], tuple[LineCount, ...]]:
    """Those a screen has room for, and the others: where somebody waits comes first, in the hall's own order."""
    if len(lines) <= most:
        return tuple(lines), ()
    busy = sorted(lines, key=lambda count: (count.waiting == 0, -count.waiting))[: most - 1]
    return tuple(c for c in lines if c in busy), tuple(c for c in lines if c not in busy)

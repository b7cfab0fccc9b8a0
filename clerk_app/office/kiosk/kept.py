"""留着的号票 what this kiosk gave out and has not told the centre, and what it may have to print again: encrypted, in its own file.

A row is written before its slip is printed, so that no crash makes a paper nobody knows of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Literal

import msgspec

from clerk_app.ports import Vault
from clerk_app.ports.queue import TicketGiven, TicketWanted

META = "kiosk-tickets"
KEPT_FOR = timedelta(days=4)
"""Longer than a centre is ever away."""
MOST_TOLD = 150
PaperState = Literal["asked", "printing", "out", "unsure", "void"]
"""`asked`: the centre was asked for a number, and nothing was printed; `unsure`: nobody has said whether it came out."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """一张留着的号票 what was asked for, what was given, what became of its paper, and whether the centre knows it all.

    `copies`: how many times it was printed. `refused`: why the centre does not take it in, for the hall's people.
    """

    wanted: TicketWanted
    paper: PaperState
    given: TicketGiven | None = None
    told: bool = False
    copies: int = 1
    refused: str = ""

    @property
    def id(self) -> str:
        """The ticket's."""
        return self.wanted.id

    @property
    def out(self) -> bool:
        """Whether it is, or may be, in somebody's hand: what nobody has answered counts as taken away."""
        return self.paper in ("printing", "out", "unsure")


class KeptTickets:
    """留着的号票簿 read and written as a whole, one thread at a time."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._lock = Lock()

    def rows(self) -> tuple[Kept, ...]:
        """All, oldest first."""
        with self._lock:
            return self._read()

    def row(self, key: str) -> Kept | None:
        """One by its ticket's id."""
        return next((one for one in self.rows() if one.id == key), None)

    def put(self, row: Kept) -> Kept:
        """Write it, in the place of the one with its id."""
        with self._lock:
            rows = self._read()
            known = any(one.id == row.id for one in rows)
            self._write(tuple(row if one.id == row.id else one for one in rows) if known else (*rows, row))
        return row

    def change(self, key: str, how: Callable[[Kept], Kept]) -> Kept | None:
        """Another state of one that is there."""
        with self._lock:
            rows = {one.id: one for one in self._read()}
            if key not in rows:
                return None
            rows[key] = how(rows[key])
            self._write(tuple(rows.values()))
            return rows[key]

    def drop(self, key: str) -> None:
        """It came to nothing, and nobody has to hear of it."""
        with self._lock:
            self._write(tuple(one for one in self._read() if one.id != key))

    def sweep(self, now: datetime) -> None:
        """What the centre knows goes with its day, what it does not after some days."""
        with self._lock:
            rows = self._read()
            left = [one for one in rows if not _over(one, now)]
            told = [one.id for one in left if one.told][:-MOST_TOLD]
            left = [one for one in left if one.id not in told]
            if len(left) != len(rows):
                self._write(tuple(left))

    def _read(self) -> tuple[Kept, ...]:
        return msgspec.json.decode(self._vault.keep.meta(META) or "[]", type=tuple[Kept, ...])

    def _write(self, rows: tuple[Kept, ...]) -> None:
        self._vault.keep.put_meta(META, msgspec.json.encode(rows).decode())


def _over(row: Kept, now: datetime) -> bool:
    if row.told:
        return row.wanted.taken_at.date() < now.date()
    return row.wanted.taken_at < now - KEPT_FOR

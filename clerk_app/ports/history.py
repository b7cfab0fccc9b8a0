"""流水史的接口 history: the journal's incarnations, epochs, days and cuts, as the line's keeper and the day's close ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from clerk_app.ports.line import NumberBlock, OwnEnvelope


@dataclass(frozen=True)
class DayCount:
    """一天的流水 how many commands of a day this journal has, the last one's hash, and how many the centre has not decided."""

    rows: int
    head: str
    undecided: int


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """另起一本 the new incarnation's number, what the centre had of the old one, and which commands it never got.

    `sentence` is what each of those says from now on.
    """

    number: int
    fetched: tuple[OwnEnvelope, ...]
    lost: tuple[str, ...]
    sentence: str
    paper_said: str


class History(Protocol):
    """流水史 questions about the whole journal, and the three great turns of it."""

    def hash_at(self, incarnation: int, device_seq: int) -> str | None:
        """The hash of the row at a place; None when there is none."""
        ...

    def newest_at(self) -> datetime | None:
        """When the newest row was written (hall time)."""
        ...

    def last_seq(self) -> int:
        """The last place in this file."""
        ...

    def first_undecided(self, incarnation: int) -> int | None:
        """The first place of that incarnation the centre has not decided."""
        ...

    def undecided(self, incarnation: int) -> tuple[str, ...]:
        """The ids of that incarnation the centre has not decided, in order."""
        ...

    def kinds_between(self, first: int, last: int) -> Mapping[str, Mapping[str, int]]:
        """How many commands of each kind stand in each state, between two places of this file, both included."""
        ...

    def day(self, day: date) -> DayCount:
        """One day, with what was fetched back, without what never joined the centre's chain."""
        ...

    def block_ends(self) -> Mapping[str, int]:
        """The highest number of each kind this device was ever given."""
        ...

    def blocks(self, most: int) -> tuple[NumberBlock, ...]:
        """The newest blocks this device was given and still has."""
        ...

    def renew(self, renewal: Renewal) -> None:
        """另起一本: blocks closed, holds given up, waiting papers asked of a person, what is lost shown; all or nothing."""
        ...

    def send_again(self, incarnation: int, device_seq: int, epoch: str) -> int:
        """The centre came back from a backup: everything after that place is to be sent again; how many commands.

        What had been refused goes marked as set aside: nothing comes true twice.
        """
        ...

    def turn_epoch(self) -> bool:
        """All is sent again: the new epoch is ours, and a snapshot is wanted. False when no other epoch was coming."""
        ...

"""自助取号接口 what a kiosk asks the centre: a ticket, what became of its slip, whose tickets stand, how the lines are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from clerk_app.ports.queue import TicketGiven, TicketWanted


@dataclass(frozen=True, kw_only=True)
class KioskLine:
    """一队 how many wait for a letter and which windows call it; `stopped`: why no more tickets are given, empty while they are."""

    letter: str
    waiting: int
    windows: tuple[int, ...] = ()
    stopped: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperNamed:
    """单子上的 what a scanned paper names its case by: one of the three."""

    query_code: str = ""
    case_no: str = ""
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class KioskMatter:
    """单子说的事 its line and item, and the case while it is under way; `name` is the item's."""

    letter: str
    item: str
    case: str
    name: str


class KioskCentre(Protocol):
    """取号中心 as a kiosk sees it. Raises `CentreAway` or `CentreProblem`, nothing else."""

    def issue(self, wanted: TicketWanted) -> TicketGiven:
        """取号; asked again under the same id, the same ticket."""
        ...

    def say_issued(self, ticket: str, *, out: bool) -> None:
        """出票 its slip came out, or did not: then it is void. Said twice, the first time counts."""
        ...

    def mine(self, person: str) -> tuple[TicketGiven, ...]:
        """What a person holds today, by the day's digest of his ID number."""
        ...

    def lines(self) -> tuple[KioskLine, ...]:
        """Every letter's line as it stands."""
        ...

    def matter(self, named: PaperNamed) -> KioskMatter:
        """What a paper he brought is about."""
        ...

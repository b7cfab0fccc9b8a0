"""想取与取到 what a person asks a kiosk for, and what he is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.office.kiosk.kept import Kept, PaperState
from clerk_app.ports.queue import TicketWanted

Came = Literal["out", "none", "unsure"]
"""What became of the paper; `unsure`: a person looks and says so."""
after_print: dict[Came, PaperState] = {"out": "out", "none": "void", "unsure": "unsure"}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """想取的号 `id` is made when the person begins: said twice, he gets one."""

    id: str
    letter: str
    item: str = ""
    case: str = ""
    priority: str = ""
    appointment: datetime | None = None
    aids: tuple[str, ...] = ()
    person: str = ""
    carried: str = ""
    """次日条 the ticket that was not called the day before: its slip gives one ticket, wherever it is shown."""

    def wanted(self, at: datetime) -> TicketWanted:
        """As it is asked for now."""
        return TicketWanted(**{name: value for name, value in vars(self).items() if name != "carried"}, taken_at=at)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """取到的号 its number, where and behind how many he waits (`ahead` below 0: nobody can know), and what became of the paper.

    `said` is what the printer says; `copies` above 1: it was printed again.
    """

    id: str
    number: str
    business: str
    ahead: int
    where: str
    came: Came
    reserve: bool = False
    said: str = ""
    copies: int = 1


def came_of(row: Kept) -> Came:
    """As it stands; what was being printed when the program ended, nobody knows."""
    known: dict[PaperState, Came] = {"out": "out", "void": "none", "asked": "none"}
    return known.get(row.paper, "unsure")

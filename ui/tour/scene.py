"""场景 what every step of the tour has at hand: the desk's pages, the ground, and what was noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway
from clerk_app.sync.verdicts import undecided
from ui.desk import Desk
from ui.language import tr
from ui.tour.hands import Camera, TourStuck


@dataclass(frozen=True)
class TourGround:
    """场地 what the tour is handed: where to leave things, how to cut and join the line, and what the printer got."""

    folder: Path
    cut: Callable[[], None]
    join: Callable[[], None]
    slips: Callable[[], Sequence[bytes]]


Step = tuple[str, Callable[[], None]]
"""A step's name (of its picture too) and what is done."""


@dataclass
class Notes:
    """笔记 the numbers met on the way, for the summary."""

    ticket: str = ""
    case: str = ""
    document: str = ""
    ticket_id: str = ""


@dataclass
class Scene:
    """场景 one part of the visit; its steps are its methods."""

    desk: Desk
    ground: TourGround
    camera: Camera
    notes: Notes = field(default_factory=Notes)

    @property
    def office(self) -> Office:
        """The office behind the desk."""
        return self.desk.office

    @property
    def state(self) -> Any:
        """What the counter page speaks of; what is missing is waited for."""
        return self.desk.rooms.counter.state

    @property
    def case(self) -> Case:
        """The case in hand; raises `TourStuck`."""
        case: Case | None = self.state.case
        if case is None:
            raise TourStuck(tr("手上的办件"))
        return case

    @property
    def line_up(self) -> bool:
        """Whether the centre answers."""
        return self.desk.hands.running.line.state.connected

    def all_sent(self) -> bool:
        """Nothing waits, and the lamp says so."""
        line = self.desk.hands.running.line.state
        return line.connected and not line.catching_up and pending(self.office) == 0


def head_at_centre(office: Office) -> str:
    """链头 the centre knows of this device; empty while it cannot be asked."""
    try:
        return office.parts.centre.hello().head
    except CentreAway:
        return ""


def pending(office: Office) -> int:
    """How many commands the centre has not decided."""
    tally = office.parts.vault.journal.tally()
    return sum(tally.get(state, 0) for state in undecided)


def standing(office: Office) -> dict[str, Any]:
    """Both heads, and how many commands were made, applied, and still wait."""
    journal = office.parts.vault.journal
    return {
        "head_client": journal.head().hash,
        "head_centre": head_at_centre(office),
        "made": journal.check().rows,
        "applied": journal.tally().get("applied", 0),
        "pending": pending(office),
    }

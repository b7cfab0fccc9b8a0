"""The desk behind 取号.feature: a real office whose centre gives numbers in order of arrival, and a printer in good order, dry, or in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import ticketing, visit
from clerk_app.office.counter.ticketing import Wish
from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.slip import Slip
from printers.layout import Line, lay_out
from tests.desk import StandingClock
from tests.office.ticket_desk import TicketDesk, ticket_desk

WIDTH = 32


class UnsureClock(StandingClock):
    """Nobody vouches for it."""

    def word(self) -> Any:
        return "unknown"


@dataclass
class TicketScene:
    """What was asked last and what came of it; `drawn` is how far the numbers were before."""

    desk: TicketDesk
    printer: str = "done"
    answer: Any = None
    drawn: dict[str, int] = field(default_factory=dict)
    paper: str = ""
    """What the QR, or the line under it, of the paper he brings says."""
    case: str = ""
    before: Slip | None = None
    ids: list[str] = field(default_factory=list)

    def asks(self, wish: Wish) -> None:
        """A number for this, and its slip to the printer."""
        self.drawn = dict(self.desk.centre.next)
        self.answer = ticketing.take(self.desk.office, wish)
        if not isinstance(self.answer, Refusal):
            self.ids.append(wish.id)
        self.prints()

    def wants(self, **wish: object) -> None:
        self.asks(Wish(**{"letter": "A", "id": new_id(), **wish}))  # type: ignore[arg-type]

    def brings(self, text: str) -> None:
        """A paper, read as the desk reads it; what it gives is taken at once."""
        self.drawn = dict(self.desk.centre.next)
        found = ticketing.from_paper(self.desk.office, text)
        if isinstance(found, Refusal):
            self.answer = found
            return
        self.asks(found if found.id else Wish(**{**vars(found), "id": new_id()}))

    def prints(self) -> None:
        self.desk.printed(self.printer)

    def acts(self, outcome: Any) -> None:
        self.drawn = dict(self.desk.centre.next)
        self.answer = outcome

    @property
    def last(self) -> Ticket:
        """The ticket that was taken last."""
        assert self.ids, self.answer
        return self.desk.ticket(self.ids[-1])

    def numbered(self, text: str) -> Ticket:
        """Of today."""
        day = self.desk.office.parts.clock.now().date()
        found = self.desk.office.read(lambda books: books.ticket_numbered(day, text))
        assert found is not None, text
        return found

    def line(self) -> list[str]:
        office = self.desk.office
        return [one.number for one in office.read(lambda books: visit.waiting_tickets(office, books))]

    def out(self, ticket: str) -> list[Slip]:
        """Its slips that left the printer, first to last."""
        done = {copy for copy, state in self.desk.jobs(ticket) if state == "done"}
        return [slip for slip in self.desk.slips() if slip.doc_no == ticket and slip.copy_no in done]


def on_paper(slip: Slip) -> str:
    """What stands on it, its marks too."""
    return "\n".join(row.text for row in lay_out(slip, WIDTH) if isinstance(row, Line))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[TicketScene]:
    scene = TicketScene(ticket_desk(tmp_path))
    yield scene
    scene.desk.office.parts.vault.close()

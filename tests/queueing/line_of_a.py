"""The line of one letter in memory: windows 2 and 3 with a machine each, a duty manager, and a clock that is moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from clerk_app.command import Command, Refusal, ticket_subject
from clerk_app.hall import Hall, read_hall
from clerk_app.office.hold_rules import under_holds
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import Ticket
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v1")
REGISTER = build_register()
MANAGER = 21
DESKS = {
    2: ("P203", "A1", "desk-2"),
    3: ("P204", "A2", "desk-3"),
    4: ("P105", "B1", "desk-4"),
    MANAGER: ("P101", "R-ZWJ", "desk-21"),
}


class LineOfA:
    """`at(window, Kind, …)` judges one command there; the type of its refusal, empty when it was done."""

    def __init__(self, hall: Hall = HALL) -> None:
        self.books = MemoryBooks(hall, "desk-2")
        self.clock = StandingClock()
        self.last = ""
        self.said = ""
        self._serial = 0

    def ticket(self, minutes: int = 5, *, holder: str = "", **more: Any) -> Ticket:
        self._serial += 1
        serial, now = self._serial, self.clock.now()
        ticket = Ticket(
            id=f"t{serial}", day=now.date(), letter="A", number=f"A{serial:03d}", serial=serial, reserve=False,
            taken_at=now - timedelta(minutes=minutes), taken_window=1,
        )  # fmt: skip
        ticket = replace(ticket, **more)
        self.books.put_ticket(ticket)
        if holder:
            self.books.holds[ticket_subject(ticket.id)] = holder
        return ticket

    def judged(self, window: int, kind: type[Command], **fields: Any) -> Refusal | None:
        person, post, device = DESKS[window]
        self.books.device = device
        self.last = new_id()
        stamp = {"id": self.last, "at": self.clock.now(), "actor": person, "post": post, "window": window}
        command = kind(**{**stamp, "basis": f"a_role:{post}", "hall_version": "v1", **fields})
        refusal = judge(under_holds(command, self.books), self.books, REGISTER)
        assert refusal is None or refusal.sentence.endswith("。")
        self.said = refusal.sentence if refusal else ""
        return refusal

    def at(self, window: int, kind: type[Command], **fields: Any) -> str:
        refusal = self.judged(window, kind, **fields)
        return refusal.type if refusal else ""

    def good(self, window: int, kind: type[Command], **fields: Any) -> str:
        """Done; the command's id."""
        assert self.at(window, kind, **fields) == "", self.said
        return self.last

    def now(self, ticket: Ticket | str) -> Ticket:
        return self.books.tickets[ticket if isinstance(ticket, str) else ticket.id]

    def holder(self, ticket: Ticket) -> str | None:
        return self.books.holder(ticket_subject(ticket.id))

    def order(self) -> list[str]:
        waiting = [t for t in self.books.tickets.values() if t.state == "waiting"]
        return [t.id for t in sorted(waiting, key=lambda t: t.order)]

    def later(self, seconds: float) -> None:
        self.clock.moment += timedelta(seconds=seconds)

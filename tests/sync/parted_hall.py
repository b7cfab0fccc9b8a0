"""A hall that falls apart: a real centre process, a line that is cut whole or by half for one window at a time, real offices.

No time is slept: `goes_by` moves the windows' clocks, and takes as many seconds off the leases in the centre's database.
Citizens carry slips; whoever is received hands his over where it is asked for, and is received once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select, update

from clerk_app.office.counter import calling, visit
from clerk_app.office.counter.ticket_codes import code_of
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Done, Outcome
from clerk_app.queueing.model import OVER, PaperServed, Ticket
from clerk_app.server.database import Database
from clerk_app.server.tables import window_beats
from clerk_app.store.rows import shelves, to_value
from clerk_app.sync import protocol
from clerk_app.sync.verdicts import not_done
from tests.contracts.running_centre import load_centre, serving_centre
from tests.faults.http11 import Message, header
from tests.faults.proxy import FaultProxy
from tests.faults.windows import Window
from tests.office.calling_desk import Ticking

Line = Literal["up", "cut", "half"]
_faults: dict[Line, str] = {"up": "pass", "cut": "cut-before", "half": "cut-after"}


@dataclass
class Desk:
    """One window: its machine, its beat by a clock that is moved, and how its line is."""

    window: Window
    clock: Ticking
    beater: Beater
    line: Line = "up"

    @property
    def number(self) -> int:
        return self.window.number

    @property
    def office(self):
        return self.window.office

    def current(self) -> Ticket | None:
        day = self.office.parts.clock.now().date()
        return self.office.read(lambda books: books.open_call_at(self.number, day))

    def share(self) -> list[str]:
        return [t.number for t in self.office.read(lambda books: calling.own_share(self.office, books))]


@dataclass
class PartedHall:
    """The scene; `served` is who was received where, whatever any book says."""

    url: str
    folder: Path
    proxy: FaultProxy
    desks: dict[int, Desk] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)
    served: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def desk(self, number: int) -> Desk:
        window = Window(self.folder / f"window-{number}", self.proxy.url, number).open().sign_in()
        clock = Ticking()
        self.desks[number] = Desk(window, clock, Beater(window.office, clock=clock))
        window.drain()
        return self.desks[number]

    def plan(self, request: Message) -> str:
        device = header(request.head, protocol.DEVICE_HEADER.lower())
        line = next((desk.line for desk in self.desks.values() if desk.window.device == device), "up")
        return _faults[line]

    # Time, and the line.

    def goes_by(self, seconds: float) -> None:
        """Everywhere at once; nobody has beaten meanwhile."""
        b = window_beats.c
        for desk in self.desks.values():
            desk.clock.now += seconds
        with closing(self._database()) as database, database.writing() as connection:
            connection.execute(update(window_beats).values(lease=b.lease - seconds, told=b.told - seconds))

    def beats(self, *desks: Desk) -> None:
        """Each twice: what it got is said too."""
        for _ in range(2):
            for desk in desks or tuple(self.desks.values()):
                desk.clock.now += 0.1
                desk.beater.step()

    def quiet(self, seconds: float, *heard: Desk) -> None:
        """So long goes by; only these are heard of."""
        left = seconds
        while left > 0:
            self.goes_by(min(left, 2.0))
            left -= 2.0
            if heard:
                self.beats(*heard)

    def told(self, *desks: Desk) -> None:
        """Everything is there and here."""
        for _ in range(2):
            for desk in desks or tuple(self.desks.values()):
                desk.window.drain()

    def joined(self) -> None:
        """All lines are up again, and everything is merged."""
        for desk in self.desks.values():
            desk.line = "up"
        for _ in range(3):
            self.beats()
            self.told()
        assert {desk.beater.line for desk in self.desks.values()} == {"linked"}

    # Citizens.

    def comes(self, desk: Desk) -> Ticket:
        """One takes a ticket at this window."""
        outcome = visit.take_ticket(desk.office, "A")
        assert isinstance(outcome, Done), outcome
        row = next(r for r in desk.office.parts.vault.journal.rows((), 5) if r.id == outcome.command)
        key = row.subjects[0].partition(":")[2]
        ticket = desk.office.read(lambda books: books.ticket(key))
        assert ticket is not None
        self.slips[ticket.number] = code_of(desk.office, ticket)
        return ticket

    def next(self, desk: Desk) -> Outcome:
        return calling.call_next(desk.office, desk.beater)

    def receives(self, desk: Desk, number: str) -> Outcome:
        """He stands here: by being called, or where that is not enough by his slip, which is kept if it is asked for."""
        current = desk.current()
        if current is not None and current.number == number:
            outcome = calling.arrive(desk.office, current.id)
            if isinstance(outcome, Done) or outcome.type != "slip-needed":
                return self._noted(desk, number, outcome)
        return self.shows(desk, number)

    def shows(self, desk: Desk, number: str) -> Outcome:
        """His slip, if he has it still."""
        outcome = calling.serve_slip(desk.office, desk.beater, self.slips[number])
        if isinstance(outcome, Done):
            del self.slips[number]
        return self._noted(desk, number, outcome)

    def _noted(self, desk: Desk, number: str, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Done):
            self.served[number].append(desk.number)
        return outcome

    def finishes(self, desk: Desk) -> None:
        current = desk.current()
        assert current is not None
        outcome = calling.finish(desk.office, current.id)
        assert isinstance(outcome, Done), outcome

    def gives_up(self, desk: Desk) -> None:
        current = desk.current()
        assert current is not None
        outcome = calling.pass_over(desk.office, current.id, "叫号未到", early=True)
        assert isinstance(outcome, Done), outcome

    # What came of it.

    def _database(self) -> Database:
        return Database(f"sqlite:///{self.folder / 'centre.db'}")

    def rows(self, word: str) -> list[Any]:
        """As the centre has them."""
        shelf = shelves[word]
        with closing(self._database()) as database, database.reading() as connection:
            return [to_value(shelf, dict(row)) for row in connection.execute(select(shelf.table)).mappings()]

    def tickets(self) -> dict[str, Ticket]:
        return {ticket.number: ticket for ticket in self.rows("ticket")}

    def papers(self) -> list[PaperServed]:
        return sorted(self.rows("paper_served"), key=lambda row: row.at)

    def tasks(self, kind: str) -> list[str]:
        return [task.words for task in self.rows("task") if task.kind == kind]

    def _received(self) -> dict[str, list[int]]:
        return {number: windows for number, windows in self.served.items() if windows}

    def _is_visible(self, ticket: Ticket, window: int) -> bool:
        """Given away while this window was silent, by an answer that was lost: what it did is shown to its clerk."""
        rows = self.desks[window].office.parts.vault.journal.rows(sorted(not_done), 100)
        return any(row.kind == "arrive_ticket" and f"ticket:{ticket.id}" in row.subjects for row in rows)

    def nobody_was_served_twice(self) -> None:
        """By what happened at the windows, and by the centre's books, which every window has too."""
        assert not [number for number, windows in self.served.items() if len(windows) > 1]
        tickets = self.tickets()
        for number, (window,) in self._received().items():
            ended = (tickets[number].state, tickets[number].window) == ("finished", window)
            assert ended or self._is_visible(tickets[number], window), tickets[number]
        for number, ticket in tickets.items():
            if number not in self._received():
                assert ticket.state != "finished", ticket
                assert ticket.state in OVER or ticket.state == "waiting", ticket
        for desk in self.desks.values():
            for ticket in tickets.values():
                key = ticket.id
                assert desk.office.read(lambda books, key=key: books.ticket(key)) == ticket, f"window {desk.number}"


@contextmanager
def parted_hall(folder: Path) -> Iterator[PartedHall]:
    load_centre(folder)
    with serving_centre(folder) as url, closing(FaultProxy(url)) as proxy:
        hall = PartedHall(url, folder, proxy)
        proxy.plan = hall.plan
        try:
            yield hall
        finally:
            for desk in hall.desks.values():
                desk.window.close()

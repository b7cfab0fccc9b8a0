"""The hall behind 叫号, 断线叫号 and 一天结束: real desks that beat, each by a line of its own, before a centre process at a chosen hour.

No time is slept. `later` moves the hall's clock (its centre goes down and comes up at that moment); `silence` moves the clocks
of the beats, and takes as many seconds off the leases in the centre's database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from clerk_app.command import Refusal
from clerk_app.duty.training import training_password
from clerk_app.office.counter import calling, given, ticketing
from clerk_app.office.counter.ticketing import Wish
from clerk_app.office.line.beating import Beater
from clerk_app.office.line.greeting import queue_key
from clerk_app.office.office import Done, Outcome
from clerk_app.office.oversight import duty_desk
from clerk_app.oversight.model import Task
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.slip import Slip
from clerk_app.server.database import Database
from clerk_app.server.tables import window_beats
from tests.office.calling_desk import Ticking
from tests.office.ticket_desk import code_on
from tests.server.real_windows import RealWindow
from tests.visit.cover_hall import Hall, good

MANAGER = 21
LEASE_STEP = 3.0
"""Seconds of silence after which those on the line beat again: well under what makes a window silent."""


@dataclass
class LineHall(Hall):
    """Desks by window, their beats, the slips people hold in their hands, and what was answered last."""

    seconds: Ticking = field(default_factory=Ticking)
    beaters: dict[int, Beater] = field(default_factory=dict)
    seats: dict[int, str] = field(default_factory=dict)
    taken: list[Ticket] = field(default_factory=list)
    """Every ticket as it was taken."""
    slips: dict[str, Slip] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    """Numbers that were called and finished here in one go, in order."""
    alias: dict[str, str] = field(default_factory=dict)
    """What a number is called in a feature that does not know it beforehand."""
    gone: set[str] = field(default_factory=set)
    """Who was received with his slip, and hears no call any more."""
    heads: list[tuple[int, str]] = field(default_factory=list)
    twin: Any = None
    """A second machine at a window number."""

    # Who is there.

    def seat(self, number: int, person: str) -> None:
        super().seat(number, person)
        self.seats[number] = person
        self.beaters[number] = Beater(self.office(number), clock=self.seconds)
        self.beats()

    def sit_down(self, machine: RealWindow, name: str) -> None:
        """At another machine than the window's own."""
        person = machine.office.hall.roster.find_person(name)
        assert person is not None
        machine.sits(person.id, training_password(person.id))

    def linked(self) -> list[int]:
        return [number for number in self.desks if self.connected(number)]

    # Time, and the line.

    def beats(self) -> None:
        """Whoever is on the line, each twice: what it got is said too."""
        for _ in range(2):
            for number in self.linked():
                self.seconds.now += 0.05
                self.beaters[number].step()

    def settles(self) -> None:
        """Everything done is told, and everybody who is on the line has heard it."""
        heads = [(number, self.office(number).parts.vault.journal.head().hash) for number in self.linked()]
        if heads != self.heads:
            self.sync()
            self.heads = heads

    def refresh(self) -> None:
        """And nobody who is there fell silent meanwhile; what was dealt again for it is known too."""
        self.settles()
        self.beats()
        self.sync()

    def later(self, seconds: float) -> None:
        """So long on, and everybody's clock says so."""
        self.sync()
        now = max(self.office(number).parts.clock.now() for number in self.desks)
        self.move_to((now + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat())

    def until(self, clock: str) -> None:
        """The same day at this hour."""
        self.sync()
        day = self.office(min(self.desks)).parts.clock.now().date()
        self.move_to(f"{day}T{clock}")

    def alone_at(self, number: int, moment: str) -> None:
        """Another hour at which this desk alone is switched on."""
        off = {one: desk for one, desk in self.desks.items() if one != number}
        on = {number: self.desks[number]}
        self.desks = on
        self.move_to(moment)
        self.desks = {**on, **off}
        self.sign_in(number, self.seats[number])

    def silence(self, seconds: float) -> None:
        """So long nobody hears of those who are cut; the others go on beating."""
        left, b = seconds, window_beats.c
        while left > 0:
            step = min(left, LEASE_STEP)
            left -= step
            self.seconds.now += step
            database = Database(f"sqlite:///{self.folder / 'centre.db'}")
            with closing(database), database.writing() as connection:
                connection.execute(update(window_beats).values(lease=b.lease - step, told=b.told - step))
            self.beats()
        for number in self.desks:
            if not self.connected(number):
                self.beaters[number].step()

    def join(self, *numbers: int) -> None:
        super().join(*numbers)
        for _ in range(2):
            self.refresh()

    # Citizens.

    def comes(self, number: int, **wish: Any) -> Ticket:
        """One takes a ticket at this window, and goes away with his slip."""
        office = self.office(number)
        asked = Wish(**{"letter": "A", "id": office.parts.new_id(), **wish})
        good(ticketing.take(office, asked))
        ticket = office.read(lambda books: books.ticket(asked.id))
        assert ticket is not None
        self.taken.append(ticket)
        self.slips[ticket.number] = office.parts.maker.made[-1]  # type: ignore[attr-defined]
        assert self.slips[ticket.number].doc_no == ticket.id
        return ticket

    def code(self, text: str) -> str:
        """What the QR of his slip says."""
        return code_on(self.slips[self.alias.get(text, text)])

    def digits(self, number: int, text: str) -> str:
        """The check digits of a number today, as printed."""
        office = self.office(number)
        key = queue_key(office, office.parts.clock.now().date())
        assert key is not None
        return check_digits(key, text)

    # Acts.

    def next(self, number: int) -> Outcome:
        self.refresh()
        self.answer = calling.call_next(self.office(number), self.beaters[number])
        return self.answer

    def shows(self, number: int, typed: str) -> Outcome:
        self.refresh()
        self.answer = calling.serve_slip(self.office(number), self.beaters[number], typed)
        if isinstance(self.answer, Done) and (current := self.current(number)) is not None:
            self.gone.add(current.number)
        return self.answer

    def receives(self, number: int) -> None:
        """Who was called comes: with his slip where the window asks for it."""
        current = self.current(number)
        assert current is not None
        outcome = calling.arrive(self.office(number), current.id)
        if isinstance(outcome, Refusal) and outcome.type == "slip-needed":
            outcome = calling.serve_slip(self.office(number), self.beaters[number], self.code(current.number))
        good(outcome)

    def finishes(self, number: int) -> str:
        current = self.current(number)
        assert current is not None
        good(calling.finish(self.office(number), current.id))
        return current.number

    def serves_all(self, number: int) -> None:
        """Until nobody is left for this window; what it said then is the answer."""
        self.done = []
        while isinstance(self.next(number), Done):
            current = self.current(number)
            assert current is not None
            if current.number in self.gone:
                good(calling.pass_over(self.office(number), current.id, "叫号未到", early=True))
                continue
            self.receives(number)
            self.done.append(self.finishes(number))

    # How it stands.

    def current(self, number: int) -> Ticket | None:
        office = self.office(number)
        day = office.parts.clock.now().date()
        return office.read(lambda books: books.open_call_at(number, day))

    def at(self, number: int, text: str) -> Ticket:
        """A number of today or of another day as this desk has it; its newest."""
        text = self.alias.get(text, text)
        office = self.office(number)
        letters = tuple(office.hall.queue.letters)
        today = office.parts.clock.now().date()
        for back in range(5):
            day = today - timedelta(days=back)
            for ticket in office.read(lambda books, day=day: books.tickets_of(day, letters)):
                if ticket.number == text:
                    return ticket
        raise AssertionError(f"{number}号窗口不知道 {text}")

    def line_of(self, number: int) -> list[Ticket]:
        """Who waits for this window, in calling order."""
        office, beater = self.office(number), self.beaters[number]
        return list(office.read(lambda books: calling.waiting_now(office, books, beater.line)))

    def share(self, number: int) -> list[str]:
        office = self.office(number)
        return [one.number for one in office.read(lambda books: calling.own_share(office, books))]

    def board(self, kind: str) -> list[Task]:
        """What the duty manager has to do of this kind: every desk on the line has the same."""
        self.refresh()
        boards = [
            [task for task in duty_desk.open_tasks(self.office(number)) if task.kind == kind]
            for number in self.linked()
        ]
        assert boards
        assert all(board == boards[0] for board in boards), boards
        return boards[0]

    def refusal(self) -> str:
        assert isinstance(self.answer, Refusal), self.answer
        assert self.answer.sentence.endswith("。"), self.answer
        return self.answer.sentence


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LineHall]:
    """Nobody's loops run, so nobody is waited for to send."""
    monkeypatch.setattr(given, "TOLD_WITHIN", 0.0)
    scene = LineHall(tmp_path)
    with scene.open:
        yield scene

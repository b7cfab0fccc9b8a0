"""The hall behind 暂离.feature and AB岗顶岗.feature: a training centre as a process at a chosen hour, and real desks before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.duty.records import Absence, Substitution
from clerk_app.duty.standing import acting
from clerk_app.duty.training import training_password
from clerk_app.office.counter import visit
from clerk_app.office.office import Done, Office
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.queueing.model import Ticket
from tests.contracts.running_centre import load_centre
from tests.server.real_windows import RealHall, RealWindow, in_step
from tests.visit.conftest import CODE, training_hall


def good(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal), outcome
    return outcome


@dataclass
class Hall:
    """Desks by window, who sits where, and what was answered last."""

    folder: Path
    open: ExitStack = field(default_factory=ExitStack)
    process: ExitStack = field(default_factory=ExitStack)
    real: RealHall | None = None
    desks: dict[int, RealWindow] = field(default_factory=dict)
    answer: Any = None
    leaving: Any = None
    left: Any = None
    reserve: list[Ticket] = field(default_factory=list)
    case: str = ""

    def begin(self, moment: str) -> None:
        load_centre(self.folder)
        url = self._serve(moment)
        self.real = RealHall(self.folder, url, CODE)
        self.open.callback(self.real.close)

    def _serve(self, moment: str) -> str:
        database = f"sqlite:///{self.folder / 'centre.db'}"
        return (
            self.open.enter_context(self.process).enter_context(training_hall(database, "--training-now", moment)).url
        )

    def move_to(self, moment: str) -> None:
        """The same hall later that day: its centre goes down and comes up again, and the desks hear the hour from it."""
        assert self.real is not None
        self.cut(*self.desks)
        self.process.close()
        self.process = ExitStack()
        self.real.base = self._serve(moment)
        for desk in self.desks.values():
            desk.line.lead_to(self.real.base)
        self.join(*self.desks)

    def seat(self, number: int, person: str) -> None:
        assert self.real is not None
        desk = self.desks[number] = self.real.window(number)
        desk.rounds(2)
        self.sign_in(number, person)
        self.sync()

    def sign_in(self, number: int, name: str) -> None:
        office = self.office(number)
        person = office.hall.roster.find_person(name)
        assert person is not None
        good(sign_in(office, person.id, training_password(person.id)))

    def sign_out(self, number: int) -> None:
        sign_out(self.office(number))
        self.sync()

    def office(self, number: int) -> Office:
        return self.desks[number].office

    def sync(self) -> None:
        in_step(self.desks.values())

    def cut(self, *numbers: int) -> None:
        for number in numbers:
            self.desks[number].line.cut()
            self.desks[number].rounds(1)
            assert not self.desks[number].keeper.state.connected

    def join(self, *numbers: int) -> None:
        for number in numbers:
            self.desks[number].line.join()
            self.desks[number].rounds(3)
            assert self.desks[number].keeper.state.connected
        self.sync()

    def connected(self, number: int) -> bool:
        return self.desks[number].keeper.state.connected

    def take(self, number: int, letter: str = "B") -> Ticket:
        office = self.office(number)
        good(visit.take_ticket(office, letter))
        return max(self.tickets(number, letter), key=lambda ticket: ticket.taken_at)

    def tickets(self, number: int, letter: str = "B") -> tuple[Ticket, ...]:
        office = self.office(number)
        day = office.parts.clock.now().date()
        return office.read(lambda books: books.tickets_of(day, [letter]))

    def ticket(self, number: int, text: str) -> Ticket:
        return next(ticket for ticket in self.tickets(number) if ticket.number == text)

    def absences(self, number: int, name: str) -> list[Absence]:
        office = self.office(number)
        person = office.hall.roster.find_person(name)
        assert person is not None
        day = office.parts.clock.now().date()
        found = office.read(lambda books: books.absences_since(day))
        return sorted((one for one in found if one.person == person.id), key=lambda one: one.start)

    def acting(self, number: int, post: str) -> tuple[str, str]:
        """Who acts on the post as this desk sees it, and for whom."""
        office = self.office(number)
        roster, at = office.hall.roster, office.parts.clock.now()
        now = office.read(lambda books: acting(books, roster.posts[post], at))
        return roster.name_of(now.person), roster.name_of(now.substitution.a) if now.substitution else ""

    def substitution(self, number: int, post: str) -> Substitution:
        office = self.office(number)
        day = office.parts.clock.now().date()
        found = office.read(lambda books: books.substitutions_since(day))
        return max((one for one in found if one.post == post), key=lambda one: one.start)

    def receives(self, number: int) -> Case:
        """A citizen comes to the window with all papers of the first item there."""
        office = self.office(number)
        self.take(number)
        self.sync()
        good(visit.call_next(office))
        day = office.parts.clock.now().date()
        ticket = office.read(lambda books: books.open_call_at(number, day))
        good(visit.arrive(office, ticket.id))
        item = next(i for i in office.hall.items.values() if number in i.windows and not i.external and not i.form)
        brought = tuple(material.name for material in item.materials)
        good(visit.receive(office, ticket.id, item.code, Applicant(name="江州春禾餐饮管理有限公司"), brought))
        self.case = office.read(lambda books: books.case_of_ticket(ticket.id)).id
        return self.case_at(number)

    def case_at(self, number: int) -> Case:
        case = self.office(number).read(lambda books: books.case(self.case))
        assert case is not None
        return case

    def prints(self, number: int) -> list[str]:
        """What the window's slips say, newest first."""
        return [job.payload.decode() for job in self.office(number).parts.vault.spool.jobs(20)]

    def all_taken(self) -> None:
        """Every command of every desk stands at the centre, and both know the same head."""
        self.sync()
        for desk in self.desks.values():
            rows = desk.office.parts.vault.journal.rows((), 1000)
            bad = [(row.kind, row.state, row.sentence) for row in rows if row.state != "applied"]
            assert not bad, bad
            assert desk.office.parts.centre.hello().head == desk.office.parts.vault.journal.head().hash


def done(outcome: Any) -> Done:
    assert isinstance(outcome, Done), outcome
    return outcome


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    scene = Hall(tmp_path)
    with scene.open:
        yield scene

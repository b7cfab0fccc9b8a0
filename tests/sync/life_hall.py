"""A real centre over PostgreSQL behind a socket, real windows before it, a hall clock that is moved by days; and both ends' rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.duty.training import training_password, training_pin
from clerk_app.office.counter import deciding, intake, visit
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.office import Office
from clerk_app.office.signing_in import sign_out
from clerk_app.queueing.model import Ticket
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.rows import shelves, to_json, to_value
from tests.office.test_issuing import Pages, Printer
from tests.seal_fakes import with_seals
from tests.server.desk import CODE
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=HALL_ZONE)
PERSON = Applicant(name="欧阳不为人知", id_number="429900199001011234", phone="13800000421", agent="司马不为人知")
HERE_ONLY = {"complaint"}
"""What a machine is not always told; everything else every machine has."""


class HallTime:
    """The centre's clock: goes by itself, and a test moves it on by days."""

    def __init__(self) -> None:
        self._ahead = FRIDAY - datetime.now(HALL_ZONE)

    def __call__(self) -> datetime:
        return datetime.now(HALL_ZONE) + self._ahead

    def on(self, days: int) -> None:
        self._ahead += timedelta(days=days)


def good(outcome: Any) -> Any:
    assert not isinstance(outcome, Refusal), outcome
    return outcome


@dataclass
class LifeHall:
    """The centre, its clock, and the windows by number, each with who sits there."""

    real: RealHall
    base: str
    database: Database
    time: HallTime
    windows: dict[int, RealWindow] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)

    def open(self, **seats: str) -> None:
        """`w4="P105"`: a machine at window 4, and who signs in there."""
        for name, person in seats.items():
            number = int(name.removeprefix("w"))
            self._take(number, self.real.window(number))
            self.sit(number, person)
        self.sync()

    def reopen(self, number: int, change: Callable[[RealWindow], None]) -> None:
        """The machine is switched off, something is done to its file, and it comes up again."""
        old = self.windows[number]
        old.close()
        change(old)
        fresh = RealWindow(old.settings.data_dir.parent, self.base, CODE, number, old.box)
        self.real.windows.append(fresh)
        self._take(number, fresh)
        fresh.rounds(1)
        self.sit(number, self.people[number])

    def _take(self, number: int, window: RealWindow) -> None:
        self.windows[number] = window
        with_seals(window.office, pages=Pages(), page_printer=Printer(), new_query_code=_code)

    def office(self, number: int) -> Office:
        return self.windows[number].office

    def sit(self, number: int, person: str) -> Office:
        """Who sat there gets up first."""
        if self.office(number).session is not None:
            sign_out(self.office(number))
        self.windows[number].sits(person, training_password(person))
        self.people[number] = person
        self.windows[number].rounds(1)
        return self.office(number)

    def sync(self) -> None:
        """Everybody whose line is up says everything; then those who spoke first hear the rest."""
        everybody = list(self.windows.values())
        for window in (*everybody, *everybody[:-1]):
            window.rounds(1)

    def next_day(self, days: int) -> None:
        """Everybody goes home with everything said, and comes again."""
        for window in self.windows.values():
            sign_out(window.office)
            window.rounds(1)
        self.time.on(days)
        for number, person in self.people.items():
            self.windows[number].office.parts.clock.set(self.time())
            self.sit(number, person)
        self.sync()

    def item(self, short: str) -> Item:
        return next(i for i in next(iter(self.windows.values())).office.hall.items.values() if i.short == short)

    def by(self, number: int, person: str) -> Countersigner:
        return Countersigner(person=self.office(number).hall.roster.people[person], pin=training_pin(person))

    def ticket(self, number: int) -> Ticket:
        """Taken, called, and the person is there."""
        office = self.office(number)
        good(visit.take_ticket(office, office.hall.roster.windows[number].letters[0]))
        self.windows[number].rounds(3)  # the centre gives only what it has heard of
        good(visit.call_next(office))
        ticket = office.read(lambda books: books.open_call_at(number, office.parts.clock.now().date()))
        assert ticket is not None
        good(visit.arrive(office, ticket.id))
        return ticket

    def register(self, number: int, short: str) -> Case:
        """A draft of the person who sits there; his ticket stays open."""
        office, ticket = self.office(number), self.ticket(number)
        good(intake.register(office, ticket.id, self.item(short).code, PERSON))
        return self.of_ticket(number, ticket.id)

    def receive(self, number: int, short: str, *left_out: str, accept: bool = False) -> Case:
        """Everything but what is left out; the person has gone when it is done."""
        office, draft = self.office(number), self.register(number, short)
        papers = tuple(m.name for m in draft.materials if m.name not in left_out)
        brought = intake.Brought(papers=papers)
        good(intake.receive(office, draft.ticket, draft.item, PERSON, brought, draft=draft.id))
        if accept:
            good(visit.accept(office, self.case(number, draft.id)))
        good(visit.finish(office, draft.ticket))
        return self.case(number, draft.id)

    def of_ticket(self, number: int, ticket: str) -> Case:
        case = self.office(number).read(lambda books: books.case_of_ticket(ticket))
        assert case is not None
        return case

    def case(self, number: int, case: str) -> Case:
        found = self.office(number).read(lambda books: books.case(case))
        assert found is not None
        return found

    def seal(self, number: int, case: str, chief: str) -> Case:
        """Prepared, authorised with the PIN, sealed and marked."""
        office = self.office(number)
        prepared = good(prepare(office, case, chief, "grant", "同意。"))
        good(deciding.authorise(office, prepared, office.hall.roster.people[chief], training_pin(chief)))
        return self.case(number, case)

    # What both ends hold.

    def theirs(self) -> dict[str, dict[str, Any]]:
        with self.database.reading() as connection:
            return rows_of(connection)

    def ours(self, number: int) -> dict[str, dict[str, Any]]:
        with self.office(number).parts.vault._gate.begin() as connection:
            return rows_of(connection)

    def agree(self) -> dict[str, dict[str, Any]]:
        """Row by row, the heads of the journals, and nothing on its way; answers the centre's rows."""
        self.sync()
        theirs = self.theirs()
        for number, window in self.windows.items():
            ours = self.ours(number)
            for word in shelves:
                if word in HERE_ONLY:
                    assert ours[word].items() <= theirs[word].items(), (number, word)
                else:
                    assert ours[word] == theirs[word], (number, word)
            journal, hello = window.office.parts.vault.journal, window.office.parts.centre.hello()
            assert (journal.head().seq, journal.head().hash) == (hello.last_seq, hello.head), number
            assert not {"pending", "held"} & set(journal.tally()), (number, journal.tally())
            assert journal.check().ok
        return theirs

    def applied(self) -> set[str]:
        """The kinds the centre took over the wire and applied."""
        with self.database.reading() as connection:
            return set(connection.execute(text("SELECT kind FROM envelopes WHERE state = 'applied'")).scalars())

    def where_it_stands(self, words: str) -> set[str]:
        """`table.column` of the centre's database in which these words can be read by SQL; envelopes are bytes."""
        with self.database.reading() as connection:
            columns = connection.execute(
                text("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
            )
            found = set()
            for table, column in columns.all():
                query = f'SELECT count(*) FROM "{table}" WHERE position(:words IN "{column}"::text) > 0'
                if connection.execute(text(query), {"words": words}).scalar_one():
                    found.add(f"{table}.{column}")
        return found


_codes = iter(range(10_000))


def _code() -> str:
    return f"7K3M-{next(_codes):04d}"


def rows_of(connection: Connection) -> dict[str, dict[str, Any]]:
    """Every aggregate as the feed would carry it, and the day lists go by."""
    found: dict[str, dict[str, Any]] = {}
    for word, shelf in shelves.items():
        rows = connection.execute(select(shelf.table)).mappings().all()
        found[word] = {str(row["id"]): to_json(to_value(shelf, row)) for row in rows}
    return found


@contextmanager
def life_hall(url: str, folder: Path) -> Iterator[LifeHall]:
    time = HallTime()
    with closing(Database(url)) as database:
        app = app_over(CentreOffice(database, enrolment_code=CODE, now=time))
        with open_door(app) as base:
            real = RealHall(folder, base, CODE)
            try:
                yield LifeHall(real, base, database, time)
            finally:
                real.close()

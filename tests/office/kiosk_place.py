"""A kiosk for tests: a real office let in as one, at a real centre over a socket, before a real printer of bytes; its line can be cut."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from clerk_app.bootstrap import Handed, open_office
from clerk_app.office.kiosk.leasing import BLOCK
from clerk_app.office.kiosk.machine import TicketMachine
from clerk_app.office.kiosk.wishes import Wish
from clerk_app.office.line.greeting import greet
from clerk_app.office.office import Office
from clerk_app.outside.ids import new_id
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports import CentreAway
from clerk_app.ports.kiosk import KioskCentre, KioskLine, KioskMatter, PaperNamed
from clerk_app.ports.queue import TicketGiven, TicketWanted
from clerk_app.queueing.model import LineStop, Ticket, ticket_kind
from clerk_app.server import enrolment
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.devices import Device
from clerk_app.server.holds import CentreBooks
from clerk_app.server.loading import load_hall, read_document
from clerk_app.server.numbers import give_block
from clerk_app.settings import Settings
from clerk_app.store.cabinet import Cabinet
from printers.desk import direct_lane
from printers.virtual import VirtualPrinter
from resources import path
from tests.desk import PlainMaker, StandingClock
from tests.server.one_app import app_over
from tests.server.open_door import open_door

HALL = "JZ01"
OLD, YOUNG = "420111194003071236", "420111199905051237"
"""With their check characters; nobody's."""


@dataclass
class CuttableKiosk:
    """The real line, which may be cut, or lose one answer."""

    real: KioskCentre
    cut: bool = False
    loses: bool = False
    asked: int = 0

    def _look(self) -> None:
        self.asked += 1
        if self.cut:
            raise CentreAway("cut")

    def issue(self, wanted: TicketWanted) -> TicketGiven:
        self._look()
        given = self.real.issue(wanted)
        if self.loses:
            self.loses, self.cut = False, True
            raise CentreAway("ReadTimeout", reached=True)
        return given

    def say_issued(self, ticket: str, *, out: bool) -> None:
        self._look()
        self.real.say_issued(ticket, out=out)

    def mine(self, person: str) -> tuple[TicketGiven, ...]:
        self._look()
        return self.real.mine(person)

    def matter(self, named: PaperNamed) -> KioskMatter:
        self._look()
        return self.real.matter(named)

    def lines(self) -> tuple[KioskLine, ...]:
        self._look()
        return self.real.lines()


@dataclass
class Place:
    """The kiosk and what is around it."""

    office: Office
    centre: CentreOffice
    printer: VirtualPrinter
    clock: StandingClock
    line: CuttableKiosk
    machine: TicketMachine
    maker: PlainMaker = field(default_factory=PlainMaker)

    def wish(self, letter: str = "B", **more: Any) -> Wish:
        return Wish(**{"id": new_id(), "letter": letter, **more})

    def restart(self) -> TicketMachine:
        """The program begins anew over the same file."""
        self.machine = TicketMachine(self.office, direct_lane(self.printer.url))
        return self.machine

    def tickets(self) -> list[Ticket]:
        """All the centre knows of, in order."""
        with self.centre.database.reading() as connection:
            books = CentreBooks(Cabinet(connection, HALL), self.centre.hall_in_force(connection, HALL), "")
            return list(books.tickets_of(self.clock.moment.date(), tuple(books.queue_rules.letters)))

    def stop(self, letter: str = "B") -> None:
        """止号 by the duty manager."""
        with self.centre.database.writing() as connection:
            cabinet = Cabinet(connection, HALL)
            books = CentreBooks(cabinet, self.centre.hall_in_force(connection, HALL), "")
            now = self.clock.now()
            row = {"id": new_id(), "day": now.date(), "letter": letter, "at": now, "by": "P103", "reason": "人太多"}
            books.put_line_stop(LineStop(**row, reopens=now + timedelta(days=3)))
            cabinet.flush()


@cache
def _loaded() -> bytes:
    """A centre's database with the training hall; made once a process, then copied."""
    document = read_document(path("halls", "training.yaml").read_text("utf-8"), StandingClock().moment.date())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "centre.db"
        with closing(Database(f"sqlite:///{file}")) as database:
            database.migrate()
            with database.writing() as connection:
                load_hall(connection, document, training_passwords=True)
        return file.read_bytes()


def _lease(centre: CentreOffice, office: Office) -> None:
    """What its first turn would ask for, one by one, over the line."""
    day, keep = office.parts.clock.now().date(), office.parts.vault.keep
    device = Device(HALL, keep.meta("device") or "", enrolment.SELF_FILL)
    for on in (day, office.hall.calendar.due(day, 1).due):
        for letter in office.hall.queue.letters:
            keep.add_block(give_block(centre, device, ticket_kind(letter, on, reserve=True), BLOCK))


@contextmanager
def kiosk_place(folder: Path, *, leased: bool = True) -> Iterator[Place]:
    clock, maker = StandingClock(), PlainMaker()
    (folder / "centre.db").write_bytes(_loaded())
    with closing(Database(f"sqlite:///{folder / 'centre.db'}")) as database, VirtualPrinter() as printer:
        with database.writing() as connection:
            code = enrolment.make_code(connection, (HALL, 1), clock.now(), 1, enrolment.SELF_FILL).code
        centre = CentreOffice(database, now=clock.now)
        settings = Settings(data_dir=folder / "kiosk", centre="", window=1, printer=printer.url)
        with open_door(app_over(centre)) as url:
            handed = Handed(maker=maker)
            with open_office(replace(settings, centre=url), handed, ForgetfulBox(), code, clock) as office:
                greet(office)
                assert office.parts.kiosk is not None
                line = CuttableKiosk(office.parts.kiosk)
                office.parts = replace(office.parts, kiosk=line)
                if leased:
                    _lease(centre, office)
                machine = TicketMachine(office, direct_lane(printer.url))
                machine.turn()
                yield Place(office, centre, printer, clock, line, machine, maker)

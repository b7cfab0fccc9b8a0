"""A desk that gives out tickets: its line up or cut, its printer in good order, dry, or in doubt; its slips signed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from clerk_app.office.counter import ticketing
from clerk_app.office.counter.papers import answer_paper, report_papers
from clerk_app.office.counter.ticketing import Wish
from clerk_app.office.events import PaperChanged
from clerk_app.office.line.greeting import MACHINES, QUEUE_KEYS
from clerk_app.office.office import Office
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import CentreAway, NumberBlock
from clerk_app.ports.line import Machine
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.paper import Delivery
from clerk_app.receipts.slip import Pair, Qr, Slip, Text
from clerk_app.registration.id_numbers import check_character
from tests.desk import CutCentre, StandingClock, cut_office
from tests.visits import done

PRINTER = "tcp://127.0.0.1:9"
KEY, OTHER = SigningKey(bytes(range(32))), SigningKey(bytes([7]) * 32)
DEVICE = "device-under-test"
DAY_KEY = bytes(range(32))
ITEM = "11429900MBX002022C4000131001001"


OLD, YOUNG = (body + check_character(body) for body in ("42990019500101123", "42990019900101123"))
RETRY = timedelta(seconds=5)


class NumberingCentre(CutCentre):
    """Gives numbers in order of arrival, while the line is up."""

    def __init__(self) -> None:
        self.next: dict[str, int] = defaultdict(lambda: 1)
        self.up = True

    def number_block(self, kind: str, count: int) -> NumberBlock:
        if not self.up:
            raise CentreAway("cut")
        first = self.next[kind]
        self.next[kind] += count
        return NumberBlock(id=new_id(), kind=kind, first=first, last=first + count - 1)


@dataclass
class TicketDesk:
    """Window 2 with its spool, pumped by hand."""

    office: Office
    centre: NumberingCentre = field(default_factory=NumberingCentre)

    def take(self, **wish: object) -> Ticket:
        """One for line A unless it is said otherwise."""
        asked = Wish(**{"letter": "A", "id": new_id(), **wish})  # type: ignore[arg-type]
        done(ticketing.take(self.office, asked))
        return self.ticket(asked.id)

    def ticket(self, key: str) -> Ticket:
        found = self.office.read(lambda books: books.ticket(key))
        assert found is not None
        return found

    def refused(self, outcome: object) -> str:
        assert not hasattr(outcome, "papers"), outcome
        return str(outcome.type)  # type: ignore[attr-defined]

    def printed(self, state: str = "done") -> int:
        """What waits goes to the printer, which does this with each; answers how many it was given."""
        spool, many = self.office.parts.vault.spool, 0
        while (job := spool.take_next(self.office.parts.settings.printer)) is not None:
            spool.settle(job.id, Delivery(state, "缺纸" if state == "blocked" else ""))  # type: ignore[arg-type]
            self.office.bell.ring(PaperChanged())
            many += 1
            if state != "done":
                break
        report_papers(self.office)
        return many

    def rest(self) -> None:
        """Long enough for what was blocked to be tried again."""
        clock = self.office.parts.clock
        clock.set(clock.now() + RETRY)

    def answer(self, ticket: str, answer: str) -> None:
        job = self.office.parts.vault.spool.newest_of(ticket, ("号票",))
        assert job is not None
        done(answer_paper(self.office, job.id, answer))  # type: ignore[arg-type]

    def jobs(self, ticket: str, doc_type: str = "号票") -> list[tuple[int, str]]:
        """Copy and state of every slip of it."""
        rows = self.office.parts.vault.spool.jobs(500)
        return sorted((row.copy_no, row.state) for row in rows if row.doc_no == ticket and row.doc_type == doc_type)

    def slips(self, doc_type: str = "号票") -> list[Slip]:
        return [slip for slip in self.office.parts.maker.made if slip.doc_type == doc_type]  # type: ignore[attr-defined]

    def on(self, day: date, hour: int = 9) -> None:
        """Another day dawns."""
        now = self.office.parts.clock.now()
        self.office.parts.clock.set(datetime(day.year, day.month, day.day, hour, tzinfo=now.tzinfo))
        self.keys(day)

    def keys(self, *days: date) -> None:
        told = {day.isoformat(): DAY_KEY.hex() for day in days}
        self.office.parts.vault.keep.put_meta(QUEUE_KEYS, json.dumps(told))

    def machines(self, known: Mapping[str, Machine]) -> None:
        self.office.parts.vault.keep.put_meta(MACHINES, msgspec.json.encode(known).decode())


def words_of(slip: Slip) -> str:
    lines = []
    for block in slip.blocks:
        match block:
            case Text(text=text):
                lines.append(text)
            case Pair(label=label, value=value):
                lines.append(f"{label}：{value}")
            case Qr():
                pass
    return "\n".join(lines)


def code_on(slip: Slip) -> str:
    (found,) = (block.data for block in slip.blocks if isinstance(block, Qr))
    return found


def ticket_desk(folder: Path, printer: str = PRINTER, clock: StandingClock | None = None) -> TicketDesk:
    """Its line up."""
    centre = NumberingCentre()
    office = cut_office(folder, printer=printer, clock=clock)
    office.parts = replace(office.parts, centre=centre, device_sign=KEY.sign)
    desk = TicketDesk(office, centre)
    desk.machines({DEVICE: Machine(public_key=KEY.public)})
    desk.keys(office.parts.clock.now().date())
    return desk

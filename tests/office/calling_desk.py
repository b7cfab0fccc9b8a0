"""A desk that calls: a real office at window 2, a centre of pretence, and a clock that stands until it is moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from clerk_app.command import ticket_subject
from clerk_app.office.counter import calling
from clerk_app.office.events import Event
from clerk_app.office.line.beating import Beater
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import HoldGrant, Verdict
from clerk_app.ports.line import Change
from clerk_app.queueing.model import FIRST, ORDINARY, Ticket
from clerk_app.store.rows import to_json
from tests.desk import CutCentre, cut_office
from tests.office.pretend_queue import PretendQueue


@dataclass
class Ticking:
    """Seconds as the beat counts them."""

    now: float = 500.0

    def __call__(self) -> float:
        return self.now


class CallingDesk:
    """Nobody's loops run: `beat` is one turn of the beat, `decided` what the line's loop would bring about."""

    def __init__(self, folder: Path) -> None:
        self.office: Office = cut_office(folder)
        self.queue = PretendQueue()
        self.office.parts = replace(self.office.parts, queue=self.queue)
        self.seconds = Ticking()
        self.connected = True
        self.beater = self.new_beater()
        self.told: list[Event] = []
        self.office.bell.subscribe(self.told.append)
        self._serial = 0

    def new_beater(self) -> Beater:
        """As a program that was started again has it."""
        return Beater(self.office, lambda: self.connected, self.seconds)

    def beat(self, after: float = 1.5) -> str:
        self.seconds.now += after
        self.beater.step()
        return self.beater.line

    def cut(self) -> None:
        """The line goes, and long enough."""
        if not self.queue.beats:
            self.beat()
        self.queue.away = True
        assert self.beat(10.0) == "cut"

    def ticket(self, *, known: bool = True, waiting: bool = True, minutes: int = 5, **more: object) -> Ticket:
        """One person in the line: at the centre, and here as the feed told it."""
        self._serial += 1
        serial, now = self._serial, self.office.parts.clock.now()
        ticket = Ticket(
            id=self.office.parts.new_id(), day=now.date(), letter="A", number=f"A{serial:03d}", serial=serial,
            reserve=False, taken_at=now - timedelta(minutes=minutes), taken_window=1,
            rank=FIRST if more.get("priority") or more.get("appointment") else ORDINARY,
        )  # fmt: skip
        ticket = replace(ticket, **more)
        if waiting:
            self.queue.line.put(ticket)
        if known:
            self.tell(ticket)
        return ticket

    def tell(self, ticket: Ticket, holder: str = "", fence: int = 0) -> None:
        """As a pull does."""
        change = Change(seq=0, subject=ticket_subject(ticket.id), row=to_json(ticket), holder=holder, fence=fence)
        self.office.parts.vault.journal.hear([change])

    def decided(self) -> None:
        """The centre has taken everything in."""
        journal = self.office.parts.vault.journal
        journal.settle([Verdict(id=row.id, state="applied") for row in journal.rows(("pending",), 100)], 0.0)

    def now(self, ticket: Ticket) -> Ticket:
        found = self.office.read(lambda books: books.ticket(ticket.id))
        assert found is not None
        return found

    def current(self) -> Ticket | None:
        day = self.office.parts.clock.now().date()
        return self.office.read(lambda books: books.open_call_at(2, day))

    def next(self) -> Outcome:
        return calling.call_next(self.office, self.beater)

    def called(self) -> Ticket:
        done(self.next())
        current = self.current()
        assert current is not None
        return current

    def later(self, seconds: float) -> None:
        """The hall's clock goes on."""
        self.office.parts.clock.moment += timedelta(seconds=seconds)


def done(outcome: Outcome) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.command


def refused(outcome: Outcome | None, kind: str) -> str:
    """Of this type; what it says."""
    assert outcome is not None
    assert not isinstance(outcome, Done), outcome
    assert outcome.type == kind, outcome
    assert outcome.sentence.endswith("。")
    return outcome.sentence


class ClaimCentre(CutCentre):
    """Grants holds, or does not."""

    def __init__(self, *, granted: bool = True) -> None:
        self.granted, self.asked = granted, list[str]()

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        self.asked.append(subject)
        return HoldGrant(granted=self.granted, fence=7 if self.granted else 0)

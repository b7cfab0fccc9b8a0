"""One window as a process of its own: `python -m tests.soak.queue_clerk FOLDER URL WINDOW PERSON TICKETS ALL` gives out and calls tickets.

Its citizens are files in `slips/`: a slip is in one hand only, and who wants to serve a person takes it (a rename). What
was served is written down beside the store, by this process and not by the store's own hand.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.counter import calling, ticketing, visit
from clerk_app.office.line.beating import Beater
from clerk_app.office.loop import Loop
from clerk_app.office.office import Done, Office
from clerk_app.queueing.model import Ticket
from clerk_app.sync.wire import read_envelope
from tests.chaos.clerk import opened, sit_down
from tests.faults.windows import Window

SERVED, TAKEN, CALLS = "served.txt", "taken.txt", "calls.txt"
REST, QUIET = 0.02, 60.0
"""Seconds between two tries, and without a ticket until this window gives up; it outlasts every cut."""


@dataclass
class Clerk:
    """One person at one window, who alternately gives out a number and calls one."""

    office: Office
    beat: Beater
    folder: Path
    slips: Path
    tickets: int
    people: int
    """Of the whole hall."""
    pause: threading.Event = field(default_factory=threading.Event)
    taken: int = 0

    def work(self) -> None:
        """Until everybody of the hall was served."""
        seen = time.monotonic()
        while self._served() < self.people and time.monotonic() - seen < QUIET:
            moved = self.take() if self.taken < self.tickets else False
            moved = self.serve_one() or moved
            if moved:
                seen = time.monotonic()
            else:
                self.pause.wait(REST)

    def _served(self) -> int:
        return sum(file.read_bytes().count(b"\n") for file in self.folder.parent.glob(f"*/{SERVED}"))

    def take(self) -> bool:
        letter = "AB"[self.taken % 2]
        done = visit.take_ticket(self.office, letter)
        if isinstance(done, Refusal):
            return False
        self.taken += 1
        ticket = self._ticket_of(done)
        self._note(TAKEN, ticket.number)
        fresh = self.slips / f".{ticket.id}"
        fresh.write_text(ticketing.code_of(self.office, ticket), encoding="ascii")
        fresh.rename(self.slips / ticket.id)
        return True

    def _ticket_of(self, done: Done) -> Ticket:
        envelope = self.office.parts.vault.journal.envelope(done.command)
        assert envelope is not None
        key = (
            json.loads(envelope)["body"]["ticket"] if b'"body"' in envelope else read_envelope(envelope).body["ticket"]
        )
        found = self.office.read(lambda books: books.ticket(key))
        assert found is not None
        return found

    def serve_one(self) -> bool:
        started = time.perf_counter()
        called = calling.call_next(self.office, self.beat)
        if isinstance(called, Refusal):
            return self._go_on()
        self._note(CALLS, f"{(time.perf_counter() - started) * 1000:.2f} {self.beat.line}")
        return self._go_on()

    def _in_hand(self) -> Ticket | None:
        day, window = self.office.parts.clock.now().date(), self.office.window
        return self.office.read(lambda books: books.open_call_at(window, day))

    def _go_on(self) -> bool:
        """What is in hand goes its way; with the slip gone elsewhere nobody comes."""
        ticket = self._in_hand()
        if ticket is None:
            return False
        if ticket.state == "called" and not self._received(ticket):
            return not isinstance(calling.pass_over(self.office, ticket.id, "叫号未到", early=True), Refusal)
        ticket = self._in_hand()
        if ticket is not None and ticket.state == "serving":
            calling.finish(self.office, ticket.id)
        return True

    def _received(self, ticket: Ticket) -> bool:
        slip, mine = self.slips / ticket.id, self.folder / ticket.id
        try:
            slip.rename(mine)
        except FileNotFoundError:
            return False
        arrived = calling.arrive(self.office, ticket.id)
        if isinstance(arrived, Refusal):
            arrived = calling.serve_slip(self.office, self.beat, mine.read_text("ascii"))
        if isinstance(arrived, Refusal):
            mine.rename(slip)
            return False
        self._note(SERVED, f"{ticket.number} {ticket.id}")
        return True

    def _note(self, name: str, line: str) -> None:
        with (self.folder / name).open("a", encoding="ascii") as file:
            file.write(line + "\n")


def main() -> None:
    folder, url, person = Path(sys.argv[1]), sys.argv[2], sys.argv[4]
    number, tickets, people = (int(word) for word in (sys.argv[3], *sys.argv[5:7]))
    pause = threading.Event()
    window = opened(Window(folder, url, number), pause)
    sit_down(window.office, person, pause)
    beat = Beater(window.office)
    line, pulse = Loop("line", window.keeper.round), Loop("beat", beat.step)
    window.office.wake = line.wake
    line.start()
    pulse.start()
    clerk = Clerk(window.office, beat, folder, folder.parent / "slips", tickets, people, pause)
    print("working", flush=True)
    clerk.work()
    print("done", flush=True)
    line.stop()
    pulse.stop()


if __name__ == "__main__":
    main()

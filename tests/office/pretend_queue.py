"""排队中心 in memory, for tests of what asks it; `tests/contracts/test_queue_centre.py` holds it to the contract of the real one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from clerk_app.ports import CentreAway, CentreProblem, HoldGrant
from clerk_app.ports.queue import BeatGiven, BeatSaid, NextGiven
from clerk_app.queueing.model import Ticket
from clerk_app.store.rows import to_json


@dataclass
class PretendLine:
    """The line of waiting people as a centre has it."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    holds: dict[str, tuple[str, int]] = field(default_factory=dict)
    last: dict[int, str] = field(default_factory=dict)
    fences: int = 0
    leases: float = 1000.0

    def put(self, *tickets: Ticket) -> None:
        self.tickets.update({ticket.id: ticket for ticket in tickets})

    def give(self, ticket: Ticket, device: str, window: int) -> NextGiven:
        holder, fence = self.holds.get(ticket.id, ("", 0))
        if holder != device:
            self.fences += 1
            fence = self.fences
        given = self.tickets[ticket.id] = replace(ticket, fallback=window)
        self.holds[ticket.id] = (device, fence)
        self.last[window] = ticket.id
        until = ticket.taken_at + timedelta(hours=12)
        return NextGiven(
            ticket=ticket.id,
            row=to_json(given),
            hold=HoldGrant(granted=True, fence=fence, until=until, release_code="12345678"),
        )


class PretendQueue:
    """One machine's line to it. `away` cuts it; `deaf` names what is done there and whose answer is lost; `problem` is said to all."""

    def __init__(self, line: PretendLine | None = None, device: str = "device-under-test", letters: str = "A") -> None:
        self.line, self.device, self.letters = line or PretendLine(), device, letters
        self.away = False
        self.deaf: set[str] = set()
        self.problem: CentreProblem | None = None
        self.asked: list[tuple[str, Any]] = []
        self.beats: list[BeatSaid] = []

    def next_ticket(self, window: int, after: str = "") -> NextGiven:
        self._hear("next", after)
        return self._answer("next", self._next(window, after))

    def take_by_code(self, window: int, ticket: str) -> NextGiven:
        self._hear("code", ticket)
        return self._answer("code", self._this(window, ticket))

    def beat(self, said: BeatSaid) -> BeatGiven:
        self._hear("beat", said)
        self.beats.append(said)
        self.line.leases += 1
        return self._answer("beat", BeatGiven(lease=self.line.leases, silent=()))

    def _hear(self, what: str, said: Any) -> None:
        if self.away:
            raise CentreAway("cut")
        if self.problem is not None:
            raise self.problem
        self.asked.append((what, said))

    def _answer(self, what: str, answer: Any) -> Any:
        if what in self.deaf:
            raise CentreAway("lost", reached=True)
        return answer

    def _next(self, window: int, after: str) -> NextGiven:
        last = self.line.tickets.get(self.line.last.get(window, ""))
        if last is not None and last.id != after and self._mine(last):
            return self.line.give(last, self.device, window)
        free = [t for t in self.line.tickets.values() if self._free(t)]
        if not free:
            return NextGiven(type="nobody-waiting", sentence="现在没有人等候。")
        return self.line.give(min(free, key=lambda t: t.order), self.device, window)

    def _this(self, window: int, key: str) -> NextGiven:
        ticket = self.line.tickets.get(key)
        if ticket is None:
            return NextGiven(type="unknown-ticket", sentence="中心没有这张号票，没有接。核对号码，或替人重新取号。")
        if ticket.state not in ("waiting", "called"):
            return NextGiven(type="ticket-not-waiting", sentence=f"{ticket.number} 已经办过，这里没有接。")
        return self.line.give(ticket.hand_back(), self.device, window)

    def _mine(self, ticket: Ticket) -> bool:
        return ticket.state == "waiting" and self.line.holds.get(ticket.id, ("", 0))[0] == self.device

    def _free(self, ticket: Ticket) -> bool:
        return ticket.state == "waiting" and ticket.letter in self.letters and ticket.id not in self.line.holds

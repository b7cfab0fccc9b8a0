"""叫号机 in memory, for tests of what calls through it; `tests/contracts/test_queue_machines.py` holds it to the contract."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.ports.queue_machine import (
    MachineAnswer,
    MachineAway,
    MachineLine,
    MachineRefused,
    MachineTicket,
    OpenCall,
)
from clerk_app.store.columns import HALL_ZONE


@dataclass
class Place:
    """One number in the line."""

    ticket: MachineTicket
    waiting: bool = True
    window: int | None = None
    ended_as: str = ""


@dataclass(frozen=True)
class Kept:
    """A press, what it asked, and its first answer."""

    asked: tuple[object, ...]
    ticket: MachineTicket | None = None
    refused: str = ""


class FakeMachine:
    """`issue` is its kiosk. `away` cuts it off; after `lose_answer` the next press is done and its answer lost."""

    def __init__(self, services: Sequence[str] = ("01", "02"), now: Callable[[], datetime] | None = None) -> None:
        self.away = False
        self.announced: list[tuple[int, str]] = []
        self._services = services
        self._now = now or (lambda: datetime.now(HALL_ZONE))
        self._lock = threading.Lock()
        self._line: list[Place] = []
        self._open: dict[int, OpenCall] = {}
        self._presses: dict[str, Kept] = {}
        self._lose = False

    def issue(self, service: str, priority: str = "", taken_at: datetime | None = None) -> str:
        with self._lock:
            number = f"{'KM'[self._services.index(service)]}{len(self._line) + 1:03d}"
            taken = taken_at or self._now()
            self._line.append(Place(MachineTicket(number=number, service=service, taken_at=taken, priority=priority)))
            return number

    def lose_answer(self) -> None:
        self._lose = True

    def ended_as(self, number: str) -> str:
        return next(place.ended_as for place in self._line if place.ticket.number == number)

    def call_next(self, press: str, window: int, services: Sequence[str]) -> MachineAnswer:
        return self._once(press, window, ("next", window, *services), lambda: self._next(press, window, services))

    def recall(self, press: str, window: int, number: str) -> MachineAnswer:
        return self._once(press, window, ("recall", window, number), lambda: self._again(window, number))

    def pass_over(self, press: str, window: int, number: str, reason: str) -> MachineAnswer:
        asked = ("pass", window, number, reason)
        return self._once(press, window, asked, lambda: self._end(window, number, reason))

    def finish(self, press: str, window: int, number: str, outcome: str) -> MachineAnswer:
        asked = ("finish", window, number, outcome)
        return self._once(press, window, asked, lambda: self._end(window, number, outcome))

    def waiting(self, window: int, services: Sequence[str]) -> MachineLine:
        if self.away:
            raise MachineAway("叫号机连不上，排队人数没有更新。号没有动，过一会儿再看。")
        with self._lock:
            self._known(services)
            line = tuple(place.ticket for place in self._waiting(services))
            counts = Counter(ticket.service for ticket in line)
            return MachineLine(
                counts={service: counts[service] for service in services},
                next=line,
                open_call=self._open_at(window),
            )

    def _once(
        self, press: str, window: int, asked: tuple[object, ...], act: Callable[[], MachineTicket | None]
    ) -> MachineAnswer:
        if self.away:
            raise MachineAway("叫号机连不上，什么都没送过去。看叫号机开没开、网线插没插，再试一次。")
        with self._lock:
            kept = self._presses.get(press)
            if kept is None:
                try:
                    kept = Kept(asked, act())
                except MachineRefused as refusal:
                    kept = Kept(asked, refused=refusal.type)
                self._presses[press] = kept
            elif kept.asked != asked:
                kept = Kept(asked, refused="press-reused")
            open_call = self._open_at(window)
            if self._lose:
                self._lose = False
                raise MachineAway(
                    "叫号机没有及时答复，这一次办没办成还不知道。再按一次就清楚，不会重复叫号。", sent=True
                )
            if kept.refused:
                raise MachineRefused("叫号机没有办，什么都没改。看一眼叫号机上的队再办。", kept.refused, open_call)
            return MachineAnswer(ticket=kept.ticket, open_call=open_call)

    def _next(self, press: str, window: int, services: Sequence[str]) -> MachineTicket | None:
        self._known(services)
        if self._open_at(window) is not None:
            raise MachineRefused("", "window-busy")
        place = next(iter(self._waiting(services)), None)
        if place is None:
            return None
        place.waiting, place.window = False, window
        self._open[window] = OpenCall(ticket=place.ticket, press=press, called_at=self._now())
        self.announced.append((window, place.ticket.number))
        return place.ticket

    def _again(self, window: int, number: str) -> MachineTicket:
        call = self._call_of(window, number)
        self._open[window] = replace(call, calls=call.calls + 1)
        self.announced.append((window, number))
        return call.ticket

    def _end(self, window: int, number: str, word: str) -> MachineTicket:
        call = self._call_of(window, number)
        del self._open[window]
        next(place for place in self._line if place.ticket.number == number).ended_as = word
        return call.ticket

    def _call_of(self, window: int, number: str) -> OpenCall:
        call = self._open_at(window)
        if call is not None and call.ticket.number == number:
            return call
        known = any(place.ticket.number == number and self._is_today(place.ticket) for place in self._line)
        raise MachineRefused("", "not-open-here" if known else "unknown-number")

    def _open_at(self, window: int) -> OpenCall | None:
        call = self._open.get(window)
        return call if call is not None and self._is_today(call.ticket) else None

    def _waiting(self, services: Sequence[str]) -> list[Place]:
        today = [p for p in self._line if p.waiting and p.ticket.service in services and self._is_today(p.ticket)]
        return sorted(today, key=lambda place: not place.ticket.priority)

    def _known(self, services: Sequence[str]) -> None:
        if not services or set(services) - set(self._services):
            raise MachineRefused("叫号机不认本窗口的业务号，没有叫号。", "unknown-service")

    def _is_today(self, ticket: MachineTicket) -> bool:
        return ticket.taken_at.astimezone(HALL_ZONE).date() == self._now().astimezone(HALL_ZONE).date()

"""`QueueLine` before the real centre, and the one tests pretend with: both are held to the same contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.outside.ids import new_id
from clerk_app.outside.line import HttpLine
from clerk_app.outside.queue_line import QueueLine
from clerk_app.ports import CentreAway
from clerk_app.ports.queue import BeatSaid, QueueCentre
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import TakeTicket
from clerk_app.store.columns import HALL_ZONE
from tests.contracts.centre_contract import PASSWORD, PERSON, Pen
from tests.contracts.queue_centre_contract import QueueCentreContract
from tests.contracts.running_centre import Machine, running_centre
from tests.office.pretend_queue import PretendLine, PretendQueue


class PretendHall:
    def __init__(self) -> None:
        self._line = PretendLine()
        self._at: dict[int, PretendQueue] = {}

    def waits(self) -> str:
        serial, now = len(self._line.tickets) + 1, datetime.now(HALL_ZONE)
        ticket = Ticket(
            id=new_id(), day=now.date(), letter="A", number=f"A{serial:03d}", serial=serial, reserve=False,
            taken_at=now + timedelta(seconds=serial), taken_window=2,
        )  # fmt: skip
        self._line.put(ticket)
        return ticket.id

    def at(self, window: int) -> QueueCentre:
        return self._at.setdefault(window, PretendQueue(self._line, f"device-{window}"))


class RealHall:
    """A centre process; one machine takes the tickets, each window has its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pen = Pen(Machine(url).enrol(2))
        self._pen.machine.centre.sign_in(PERSON, PASSWORD, 2, self._pen.key.public)
        self._lines: dict[int, HttpLine] = {}

    def waits(self) -> str:
        ticket, day, centre = new_id(), datetime.now(HALL_ZONE).date(), self._pen.machine.centre
        block = centre.number_block(f"ticket:A:{day.isoformat()}", 1)
        sent = self._pen.write(TakeTicket, ticket=ticket, day=day, letter="A", block=block.id, serial=block.first)
        (verdict,) = centre.push([sent])
        assert verdict.state == "applied", verdict
        return ticket

    def at(self, window: int) -> QueueCentre:
        if window not in self._lines:
            machine = Machine(self._url).enrol(window)
            self._lines[window] = HttpLine(self._url, lambda: machine.device, machine.key.sign)
        return QueueLine(self._lines[window])

    def close(self) -> None:
        self._pen.machine.centre.close()
        for line in self._lines.values():
            line.close()


class TestPretended(QueueCentreContract):
    @pytest.fixture
    def hall(self) -> PretendHall:
        return PretendHall()


@pytest.mark.process
class TestReal(QueueCentreContract):
    @pytest.fixture
    def hall(self, tmp_path: Path) -> Iterator[RealHall]:
        with running_centre(tmp_path) as url:
            hall = RealHall(url)
            yield hall
            hall.close()


def test_a_cut_line_is_a_cut_line() -> None:
    line = HttpLine("http://127.0.0.1:9", lambda: "nobody", lambda _: "")
    for ask in (
        lambda: QueueLine(line).next_ticket(2),
        lambda: QueueLine(line).take_by_code(2, new_id()),
        lambda: QueueLine(line).beat(BeatSaid(window=2, open=True)),
    ):
        with pytest.raises(CentreAway):
            ask()
    line.close()

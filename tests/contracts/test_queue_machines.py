"""`ports.queue_machine` by the fake in memory, and by the HTTP adapter before a machine's real process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import requests

from clerk_app.outside.queue_machine_http import HttpQueueMachine
from clerk_app.ports.queue_machine import MachineAway, QueueMachine
from clerk_app.settings import MachineAt
from tests.contracts.queue_machine_contract import ALL, Hall, QueueMachineContract, away, fresh
from tests.contracts.running_centre import ROOT
from tests.faults.proxy import FaultProxy
from tests.queueing.fake_machine import FakeMachine
from tests.server.postgres import _free_port


@dataclass
class FakeHall:
    machine: FakeMachine

    def issue(self, service: str, priority: str = "", taken_at: datetime | None = None) -> str:
        return self.machine.issue(service, priority, taken_at)

    def lose_answer(self) -> None:
        self.machine.lose_answer()

    def cut(self) -> None:
        self.machine.away = True

    def heal(self) -> None:
        self.machine.away = False


class TestFakeMachine(QueueMachineContract):
    @pytest.fixture
    def hall(self) -> Hall:
        return FakeHall(FakeMachine())


class MachineProcess:
    """The example as a process; `kill` is SIGKILL, `start` comes back at the same address over the same file."""

    def __init__(self, file: Path) -> None:
        self._file, self._port = file, _free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> MachineProcess:
        words = [sys.executable, "-m", "tests.contracts.queue_machine_server", str(self._file), str(self._port)]
        self._child = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        assert json.loads(self._child.stdout.readline())["url"] == self.url
        return self

    def kill(self) -> None:
        self._child.kill()
        self._child.communicate()


class HttpHall:
    """The adapter, a proxy that does what it is told, and the machine's process behind it."""

    def __init__(self, process: MachineProcess, proxy: FaultProxy) -> None:
        self.process, self.proxy = process, proxy
        self.machine: QueueMachine = HttpQueueMachine(MachineAt(url=proxy.url, services={"01": "A", "02": "B"}))

    def issue(self, service: str, priority: str = "", taken_at: datetime | None = None) -> str:
        taken = taken_at.isoformat() if taken_at else None
        asked = {"service": service, "priority": priority, "taken_at": taken}
        return str(requests.post(f"{self.process.url}/tickets", json=asked, timeout=20).json()["number"])

    def lose_answer(self) -> None:
        self.once("cut-after")

    def once(self, fault: str) -> None:
        left = [fault]
        self.proxy.plan = lambda _: left.pop() if left else "pass"

    def cut(self) -> None:
        self.machine = HttpQueueMachine(MachineAt(url="http://127.0.0.1:9", services={"01": "A"}))

    def heal(self) -> None:
        self.machine = HttpQueueMachine(MachineAt(url=self.proxy.url, services={"01": "A"}))


@pytest.mark.process
class TestHttpMachine(QueueMachineContract):
    @pytest.fixture
    def hall(self, tmp_path: Path) -> Iterator[HttpHall]:
        process = MachineProcess(tmp_path / "machine.db").start()
        proxy = FaultProxy(process.url)
        yield HttpHall(process, proxy)
        proxy.close()
        process.kill()

    @pytest.mark.parametrize("fault", ["cut-answer", "cut-request", "cut-before", "502", "500"])
    def test_whatever_the_line_does_the_same_press_is_one_call(self, hall: HttpHall, fault: str) -> None:
        number, press = hall.issue("01"), fresh()
        hall.once(fault)
        assert "还不知道" in away(lambda: hall.machine.call_next(press, 2, ALL), sent=True)
        assert hall.machine.call_next(press, 2, ALL).ticket.number == number  # type: ignore[union-attr]

    @pytest.mark.parametrize("fault", ["duplicate", "side-by-side", "late-copy"])
    def test_a_request_that_arrives_twice_is_one_call(self, hall: HttpHall, fault: str) -> None:
        number, press = hall.issue("01"), fresh()
        hall.issue("01")
        hall.once(fault)
        assert hall.machine.call_next(press, 2, ALL).ticket.number == number  # type: ignore[union-attr]
        hall.machine.finish(fresh(), 2, number, "handled")
        hall.proxy.heal()
        line = hall.machine.waiting(2, ALL)
        assert (line.counts["01"], line.open_call) == (1, None)

    def test_one_that_arrives_late_is_named_by_the_next_answer(self, hall: HttpHall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.once("late")
        away(lambda: hall.machine.call_next(press, 2, ALL), sent=True)
        assert hall.machine.waiting(2, ALL).open_call is None
        hall.proxy.heal()
        answer = hall.machine.call_next(press, 2, ALL)
        assert answer.ticket.number == number  # type: ignore[union-attr]

    def test_a_machine_that_was_killed_remembers_presses_and_calls(self, hall: HttpHall) -> None:
        number, press = hall.issue("01"), fresh()
        hall.lose_answer()
        away(lambda: hall.machine.call_next(press, 2, ALL), sent=True)
        hall.process.kill()
        with pytest.raises(MachineAway):
            hall.machine.call_next(press, 2, ALL)
        hall.process.start()
        answer = hall.machine.call_next(press, 2, ALL)
        assert answer.ticket.number == number  # type: ignore[union-attr]
        assert answer.open_call.press == press  # type: ignore[union-attr]

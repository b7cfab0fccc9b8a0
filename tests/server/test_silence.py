"""机器没有消息: a task while its cases wait, closed by itself when it is heard again; nights and other halls are left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from clerk_app.oversight.tasks import CloseTask
from clerk_app.server import silence
from clerk_app.server.centre import CentreOffice
from clerk_app.sync import protocol
from tests.server.conftest import Clock
from tests.server.desk import NOW, Desk
from tests.server.test_holds import DUTY, accepted, given_back, tasks


def minutes(clock: Clock, count: int) -> None:
    clock.time = NOW + timedelta(minutes=count)


def test_a_silent_machine_with_cases_in_hand_is_a_task_and_closes_it_itself(
    clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    accepted(desk)
    other = desk_at(3)
    minutes(clock, 15)
    other.send("GET", protocol.HELLO)
    assert tasks(other, "silent_device") == []
    minutes(clock, 25)
    other.send("GET", protocol.HELLO)
    (task,) = tasks(other, "silent_device")
    assert (task["subject"], task["window"], task["closed_by"]) == (f"device:{desk.device}", 2, "")
    assert "从 09:05 起" in task["words"]
    assert "1 件" in task["words"]
    minutes(clock, 27)
    other.send("GET", protocol.HELLO)
    assert len(tasks(other, "silent_device")) == 1
    desk.send("GET", protocol.HELLO)
    minutes(clock, 29)
    other.changes()
    (task,) = tasks(other, "silent_device")
    assert (task["closed_by"], task["note"]) == ("centre", "机器又有消息了。")
    minutes(clock, 60)
    other.changes()
    assert tasks(other, "silent_device")[0]["closed_by"] == "", "silent again: the same task, open again"


def test_what_a_person_closed_stays_closed(clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    accepted(desk)
    duty = desk_at(DUTY)
    minutes(clock, 25)
    duty.send("GET", protocol.HELLO)
    (task,) = tasks(duty, "silent_device")
    assert duty.do(CloseTask(**duty.stamp(at=clock.time), task=task["id"], note="在修"))["state"] == "applied"
    minutes(clock, 40)
    duty.send("GET", protocol.HELLO)
    assert tasks(duty, "silent_device")[0]["closed_by"] == "P101"


def test_nobody_is_missed_who_holds_nothing_or_after_hours(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    case, other = accepted(desk), desk_at(3)
    clock.time = NOW.replace(hour=7, minute=0) + timedelta(days=1)
    other.send("GET", protocol.HELLO)
    assert tasks(other, "silent_device") == [], "the hall is not open yet, and it is Saturday"
    clock.time = NOW
    assert desk.do(given_back(desk, case))["state"] == "applied"
    minutes(clock, 45)
    other.send("GET", protocol.HELLO)
    assert tasks(other, "silent_device") == []


def test_a_look_that_stumbles_keeps_no_window_from_its_hello(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbling(office: CentreOffice, hall: str) -> None:
        raise ValueError("卢桂珍")

    monkeypatch.setattr(silence, "LOOKS", (stumbling, *silence.LOOKS))
    desk.app.state.office.ears.looked.clear()
    assert desk.send("GET", protocol.HELLO).status == 200
    assert "stumbling stopped: ValueError" in caplog.text
    assert "卢桂珍" not in caplog.text

"""视为受理: what a window head reads, played by two machines before a real centre (its own application, SQLite)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.cases.states import state_words
from clerk_app.store.columns import HALL_ZONE
from tests.server.conftest import Clock, app, clock, desk, desk_at, loaded_file, office
from tests.server.desk import Desk
from tests.server.test_holds import latest, tasks
from tests.server.test_replay import serving

__all__ = ["app", "clock", "desk", "desk_at", "loaded_file", "office"]

scenarios("视为受理.feature")


@pytest.fixture
def url(loaded_file: Path, tmp_path: Path) -> str:
    file = tmp_path / "centre.db"
    shutil.copy2(loaded_file, file)
    return f"sqlite:///{file}"


@dataclass
class Hall:
    clock: Clock
    desks: dict[int, Desk]
    case: str = ""
    late: list[dict[str, Any]] = field(default_factory=list)
    number: str = ""

    def talk(self, number: int, minutes: int = 12) -> None:
        """A machine is heard every four minutes from now on."""
        start = self.clock.time
        for passed in range(0, minutes + 1, 4):
            self.clock.time = start + timedelta(minutes=passed)
            self.desks[number].greet()

    @property
    def row(self) -> dict[str, Any]:
        return latest(self.desks[3])[f"case:{self.case}"]["row"]

    @property
    def deemed(self) -> dict[str, Any]:
        return self.row["life"].get("deemed") or {}


@pytest.fixture
def hall(clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]) -> Hall:
    return Hall(clock, {2: desk, 3: desk_at(3)})


@given(parsers.parse('11月20日2号窗口收了一件"{item}"，没有再办'))
def taken_in(hall: Hall, item: str) -> None:
    desk = hall.desks[2]
    command = desk.received(serving(desk))
    assert desk.do(command)["state"] == "applied"
    hall.case = command.case
    assert hall.row["item_name"] == item


@given("2号窗口的线路断了")
def cut(hall: Hall) -> None:
    """Nobody hears of it from now on."""


@given("2号窗口的线路断了，当天受理了这一件")
def accepted_in_the_cut(hall: Hall) -> None:
    command = hall.desks[2].accepted(hall.case)
    hall.late, hall.number = [hall.desks[2].record(command)], command.case_no


@when(parsers.parse("到了{month:d}月{day:d}日{hour:d}:{minute:d}，{number:d}号窗口一直连着"))
def a_day_comes(hall: Hall, month: int, day: int, hour: int, minute: int, number: int) -> None:
    hall.clock.time = datetime(2026, month, day, hour, minute, tzinfo=HALL_ZONE)
    hall.talk(number)


@when(parsers.parse("11月30日{hour:d}:{minute:d}，2号窗口的线路恢复，送来的都不是这一件的"))
def back_with_nothing(hall: Hall, hour: int, minute: int) -> None:
    hall.clock.time = datetime(2026, 11, 30, hour, minute, tzinfo=HALL_ZONE)
    assert hall.desks[2].do(hall.desks[2].present())["state"] == "applied"
    hall.talk(2)


@when(parsers.parse("11月30日{hour:d}:{minute:d}，2号窗口把断线时办的送来"))
def back_with_its_answer(hall: Hall, hour: int, minute: int) -> None:
    hall.clock.time = datetime(2026, 11, 30, hour, minute, tzinfo=HALL_ZONE)
    assert hall.desks[2].states(*hall.late) == ["applied"]
    hall.talk(2)


@then(parsers.re(r'这件还是"(?P<word>[^"]+)"$'))
def still(hall: Hall, word: str) -> None:
    assert state_words[hall.row["state"]] == word


@then(parsers.parse('这件是"{word}"，受理日是11月20日，编号是"{number}"'))
def is_deemed(hall: Hall, word: str, number: str) -> None:
    assert state_words[hall.row["state"]] == word
    assert (hall.deemed["on"], hall.deemed["provisional"], hall.row["case_no"]) == ("2026-11-20", False, number)


@then("法定期限从11月20日算，到11月25日")
def back_dated(hall: Hall) -> None:
    assert hall.row["due"]["statutory"] == "2026-11-25"


@then('值班长和首席代表的待办里有"视为受理"，写着编号，没有申请人的姓名')
def told(hall: Hall) -> None:
    (task,) = tasks(hall.desks[3], "deemed")
    assert hall.row["case_no"] in task["words"]
    assert hall.row["applicant"]["name"] not in task["words"]


@then(parsers.parse('这件是"{word}"，是暂定的，还没有编号'))
def provisional(hall: Hall, word: str) -> None:
    assert (state_words[hall.row["state"]], hall.row["case_no"], hall.deemed["provisional"]) == (word, "", True)


@then(parsers.parse('这件不再是暂定的，编号是"{number}"'))
def firm(hall: Hall, number: str) -> None:
    assert (hall.deemed["provisional"], hall.row["case_no"]) == (False, number)


@then("这件是11月20日受理的，不算视为受理，用的是回执上的编号")
def put_back(hall: Hall) -> None:
    assert (hall.deemed, hall.row["case_no"]) == ({}, hall.number)
    assert hall.row["accepted_at"].startswith("2026-11-20")


@then('"视为受理"的待办自己销了')
def closed_by_itself(hall: Hall) -> None:
    assert [task["closed_by"] for task in tasks(hall.desks[3], "deemed")] == ["centre"]

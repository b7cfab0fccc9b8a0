"""心跳: a window is silent by what it got, not by what was sent; its share waits, and the duty manager hears of it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, func, select

from clerk_app.oversight.tasks import CloseTask
from clerk_app.queueing.ordering import FreeTickets
from clerk_app.server import devices
from clerk_app.server.centre import CentreOffice
from clerk_app.server.leases import SHIFT, DatabaseNow
from clerk_app.server.tables import window_beats
from clerk_app.sync import protocol
from tests.server.desk import HALL, Desk
from tests.server.queue_desk import ask_next, at_the_centre, beat, falls_silent, one_waiting, opens, row_of, took
from tests.server.test_holds import DUTY, tasks

DeskAt = Callable[[int], Desk]


@pytest.fixture
def pair(desk: Desk, desk_at: DeskAt) -> tuple[Desk, Desk]:
    """Windows 2 and 3 call the same letter, and both are heard."""
    three = desk_at(3)
    opens(desk, three)
    return desk, three


def silent(desk: Desk) -> list[int]:
    """What a window that says nothing of itself hears."""
    heard: list[int] = beat(desk, opened=False)["silent"]
    return heard


def test_every_lease_is_a_later_moment_of_the_databases_clock(desk: Desk, office: CentreOffice) -> None:
    first = beat(desk)["lease"]
    with office.database.reading() as connection:
        now = float(connection.execute(select(DatabaseNow())).scalar_one())
    assert first <= now < first + 60
    assert beat(desk, first)["lease"] > first


def test_a_window_is_heard_when_it_says_which_lease_it_got(desk: Desk, desk_at: DeskAt) -> None:
    watching = desk_at(4)
    lease = beat(desk)["lease"]
    assert silent(watching) == [2], "asked, and not yet known to have heard"
    beat(desk, lease)
    assert silent(watching) == []


def test_half_cut_the_centre_hears_it_and_it_does_not_hear_the_centre(
    pair: tuple[Desk, Desk], office: CentreOffice
) -> None:
    """Its beats come in; whatever is answered, the lease it says stays the old one."""
    two, three = pair
    got = beat(two, beat(two)["lease"])["lease"]
    falls_silent(office, two)
    for _ in range(3):
        assert beat(two, got - 6)["silent"] == [2]
    assert beat(three, beat(three)["lease"])["silent"] == [2]
    beat(two, beat(two)["lease"])
    assert silent(three) == []


def test_four_seconds_are_not_yet_silence(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    falls_silent(office, two, 3.0)
    assert silent(three) == []


def test_back_with_work_to_bring_in_its_share_stays_its_own(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    falls_silent(office, two, 20)
    lease = beat(two, 0.0)["lease"]
    assert silent(three) == [2], "on the line again, and settling"
    beat(two, 0.0)
    assert silent(three) == [2]
    beat(two, lease)
    assert silent(three) == []


@pytest.mark.parametrize("ahead", [0.001, 3600.0])
def test_a_lease_nobody_gave_is_none(pair: tuple[Desk, Desk], ahead: float) -> None:
    two, three = pair
    beat(two, beat(two)["lease"] + ahead)
    assert silent(three) == [2]


def test_a_database_whose_clock_went_back_hears_nobody_until_he_beats_again(
    pair: tuple[Desk, Desk], office: CentreOffice
) -> None:
    two, three = pair
    falls_silent(office, two, -3600)
    assert silent(three) == [2]
    beat(two, beat(two)["lease"])
    assert silent(three) == []


def test_closed_paused_or_gone_home_is_not_silent(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    beat(two, opened=False)
    falls_silent(office, two)
    assert silent(three) == []
    opens(two)
    falls_silent(office, two, SHIFT + 1)
    assert silent(three) == [], "since yesterday evening"


def test_a_machine_put_out_of_use_withholds_nothing(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    falls_silent(office, two)
    assert silent(three) == [2]
    with office.database.writing() as connection:
        assert devices.revoke(connection, HALL, two.device, office.now())
    assert silent(three) == []


def test_one_silent_machine_makes_its_window_silent_for_its_twin_too(
    pair: tuple[Desk, Desk], desk_at: DeskAt, office: CentreOffice
) -> None:
    two, three = pair
    (ticket,) = [key for key in took(two, 2) if row_of(two, key)["row"]["fallback"] == 2]
    twin = desk_at(2)
    falls_silent(office, two)
    opens(twin)
    assert silent(three) == [2]
    given: list[str] = []
    while one := ask_next(twin, *given)["ticket"]:
        given.append(one)
    assert given
    assert ticket not in given, "the other one may be calling it"


def test_a_machine_may_beat_for_another_window_of_the_hall(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    beat(two, beat(two, window=5)["lease"], window=5)
    falls_silent(office, two)
    assert silent(three) == [5]
    with office.database.reading() as connection:
        found = connection.execute(select(func.count()).select_from(window_beats)).scalar_one()
    assert found == 2, "a machine is at one window"


def test_beats_that_are_refused(desk: Desk) -> None:
    answer = desk.send("POST", protocol.BEATS, {"window": 99, "open": True, "lease": 0})
    assert (answer.status, answer.type) == (409, "unknown-window")
    plain: dict[str, Any] = {"window": 2, "open": True, "lease": 0}
    wrong = ({"lease": -1}, {"lease": 1e300}, {"lease": "now"}, {"window": 0}, {"open": None})
    for one in wrong:
        assert desk.send("POST", protocol.BEATS, {**plain, **one}).type == "unreadable-request"


def test_a_beat_waits_for_no_disk(desk: Desk, office: CentreOffice) -> None:
    with statements(office) as said:
        beat(desk)
    waits = office.database.engine.dialect.name == "postgresql"
    assert any("synchronous_commit = off" in one for one in said) == waits


@contextmanager
def statements(office: CentreOffice) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(office.database.engine, "before_cursor_execute", hear)


# The duty manager hears of it.


def test_people_wait_for_a_silent_window_one_task_until_it_is_back(
    pair: tuple[Desk, Desk], office: CentreOffice
) -> None:
    two, three = pair
    took(two, 4)
    falls_silent(office, three)
    opens(two)
    beat(two, beat(two)["lease"])
    (task,) = tasks(two, "cut_window")
    assert (task["window"], task["subject"], task["made_by"], task["closed_by"]) == (3, "window:3", "centre", "")
    assert task["words"].startswith("3号窗口断线，名下 2 个号等着")
    beat(three, 0.0)
    opens(two)
    (task,) = tasks(two, "cut_window")
    assert task["closed_by"] == "", "it brings in what it did"
    opens(three)
    (task,) = tasks(two, "cut_window")
    assert (task["closed_by"], task["note"]) == ("centre", "窗口又连上了。")
    falls_silent(office, three, 7)
    opens(two)
    assert len(tasks(two, "cut_window")) == 2, "another silence is another task"


def test_nobody_waits_there_nobody_is_called(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    two, three = pair
    falls_silent(office, three)
    opens(two)
    assert tasks(two, "cut_window") == []


def test_a_task_a_person_closed_is_not_made_again_for_the_same_silence(
    pair: tuple[Desk, Desk], desk_at: DeskAt, office: CentreOffice
) -> None:
    two, three = pair
    took(two, 2)
    falls_silent(office, three)
    opens(two)
    (task,) = tasks(two, "cut_window")
    duty = desk_at(DUTY)
    assert duty.do(CloseTask(**duty.stamp(), task=task["id"], note="已去看过"))["state"] == "applied"
    beat(two, opened=False)
    opens(two)
    (task,) = tasks(two, "cut_window")
    assert task["closed_by"] == "P101"


def test_the_duty_manager_frees_what_waits_there(
    pair: tuple[Desk, Desk], desk_at: DeskAt, office: CentreOffice
) -> None:
    two, three = pair
    theirs = one_waiting(fallback=3)
    at_the_centre(office, theirs)
    falls_silent(office, three)
    assert ask_next(two)["type"] == "nobody-waiting"
    duty = desk_at(DUTY)
    freed = FreeTickets(**duty.stamp(), of_window=3, tickets=(theirs.id,), reason="三号修不好")
    assert duty.do(freed)["state"] == "applied"
    assert row_of(two, theirs.id)["row"]["fallback"] == 2, "dealt to somebody who is there"
    assert ask_next(two)["ticket"] == theirs.id


def test_another_process_of_the_centre_sees_the_same(pair: tuple[Desk, Desk], office: CentreOffice) -> None:
    """Nothing of it is in a process: what one wrote the other reads."""
    two, three = pair
    falls_silent(office, three)
    again = CentreOffice(office.database, enrolment_code=office.enrolment_code, now=office.now)
    two.app.state.office = again
    assert silent(two) == [3]
    assert again.ears.dealt[HALL] != office.ears.dealt[HALL]

"""当日收尾: who was never called is not served that day, told by the feed; a window that may have called him is heard first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.server import day_end
from clerk_app.server.centre import CentreOffice
from tests.server.conftest import Clock
from tests.server.desk import Desk
from tests.server.queue_rows import at, beat, now_of, put, ticket, with_queue
from tests.server.test_holds import latest


def states(office: CentreOffice, *keys: str) -> list[str]:
    return [one.state for one in now_of(office, *keys)]


def greet(clock: Clock, desk: Desk, moment: Any) -> None:
    clock.time = moment
    desk.greet()


def test_the_next_day_each_is_what_it_is_and_nobody_uncalled_was_passed(
    office: CentreOffice, clock: Clock, desk: Desk
) -> None:
    put(
        office,
        ticket(1),
        ticket(2, state="issuing"),
        ticket(3, state="called", window=4, called_at=at(16)),
        ticket(4, state="held", window=4),
        ticket(5, state="serving", window=5, served_at=at(16)),
        ticket(6, state="finished", window=4),
    )
    keys = [f"t-A-{number}" for number in range(1, 7)]
    greet(clock, desk, at(8, days=1))
    assert states(office, *keys) == ["not_served", "void", "passed", "not_served", "serving", "finished"]
    first = now_of(office, "t-A-1")[0]
    assert (first.ended_at, first.reason) == (at(8, days=1), "当天没有叫到")
    told = latest(desk)
    assert told["ticket:t-A-1"]["row"]["state"] == "not_served"
    assert "ticket:t-A-6" not in told, "nothing was written of what was over"
    count = len(desk.changes().json["changes"])
    greet(clock, desk, at(8, 2, days=1))
    assert len(desk.changes().json["changes"]) == count, "nothing is written twice"


def test_today_it_waits_until_an_hour_after_closing_and_not_at_all_where_people_are_served_on(
    office: CentreOffice, clock: Clock, desk: Desk
) -> None:
    put(office, ticket(1))
    greet(clock, desk, at(18, 29))
    assert states(office, "t-A-1") == ["waiting"]
    greet(clock, desk, at(18, 31))
    assert states(office, "t-A-1") == ["not_served"]
    with_queue(office, next_day="serve")
    put(office, ticket(2))
    greet(clock, desk, at(21))
    assert states(office, "t-A-2") == ["waiting"], "they are served on"
    greet(clock, desk, at(0, 5, days=1))
    assert states(office, "t-A-2") == ["not_served"]


def test_a_machine_that_may_have_called_it_is_heard_first(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    other = desk_at(3)
    beat(office, 2, device=desk.device, open_=True)
    put(office, ticket(1), holder=desk.device)
    put(office, ticket(2, fallback=2), ticket(3))
    greet(clock, other, at(9, days=1))
    assert states(office, "t-A-1", "t-A-2", "t-A-3") == ["waiting", "waiting", "not_served"]
    for minutes in (0, 4):
        greet(clock, desk, at(9, 10, days=1) + timedelta(minutes=minutes))
    assert states(office, "t-A-1") == ["waiting"], "what it did is perhaps still on its way"
    for minutes in (8, 12):
        greet(clock, desk, at(9, 10, days=1) + timedelta(minutes=minutes))
    assert states(office, "t-A-1", "t-A-2") == ["not_served", "not_served"]
    assert latest(desk)["ticket:t-A-1"]["holder"] in (None, ""), "it is in nobody's hands"


def test_a_machine_that_never_comes_back_is_not_waited_for_for_ever(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    other = desk_at(3)
    put(office, ticket(1), holder=desk.device)
    greet(clock, other, at(12, days=3))
    assert states(office, "t-A-1") == ["waiting"]
    greet(clock, other, at(17, 31, days=3))
    assert states(office, "t-A-1") == ["not_served"]


def test_a_machine_that_said_that_nobody_calls_there_has_nothing_more_to_say(
    office: CentreOffice, clock: Clock, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    other = desk_at(3)
    beat(office, 2, device=desk.device, open_=False)
    put(office, ticket(1, fallback=2))
    greet(clock, other, at(9, days=1))
    assert states(office, "t-A-1") == ["not_served"]


def test_what_was_called_between_the_look_and_the_lock_is_left_alone(
    office: CentreOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(office, ticket(1), ticket(2))
    clock.time = at(9, days=1)
    seen, real = [], day_end.lock_subjects

    def locked(connection: Any, hall: str, subjects: Any) -> None:
        real(connection, hall, subjects)
        seen.append(list(subjects))
        books = day_end._look(
            office, office.hall_in_force(connection, hall), day_end.Cabinet(connection, hall), at(9)
        ).books
        books.put_ticket(ticket(1, state="finished", window=2))
        books.cabinet.flush()

    monkeypatch.setattr(day_end, "lock_subjects", locked)
    day_end.end_days(office, "JZ01")
    assert seen == [["day_end", "ticket:t-A-1", "ticket:t-A-2"]]
    assert states(office, "t-A-1", "t-A-2") == ["finished", "not_served"]

"""按规则止号: a line whose people would not be served by closing is stopped once a day by the centre, and a person's word goes first."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.queueing.model import LineStop
from clerk_app.queueing.ordering import OpenLine
from clerk_app.server.centre import CentreOffice
from clerk_app.server.stop_rule import stop_id, stop_lines
from tests.server.conftest import Clock
from tests.server.desk import DAY, HALL, Desk
from tests.server.queue_rows import at, beat, books_of, put, served, ticket, with_queue
from tests.server.test_holds import DUTY, latest


@pytest.fixture
def line(office: CentreOffice) -> None:
    """Twelve minutes each, two windows, twenty waiting: two hours of work."""
    with_queue(office, last_minutes=15)
    beat(office, 2, device="d-2", open_=True)
    beat(office, 3, device="d-3", open_=True)
    put(office, *(served(number, 12) for number in range(1, 8)))
    put(office, *(ticket(number) for number in range(11, 31)))


def stops(office: CentreOffice) -> tuple[LineStop, ...]:
    with office.database.reading() as connection:
        return books_of(office, connection).line_stops(DAY)


def look(office: CentreOffice, clock: Clock, moment: Any) -> tuple[LineStop, ...]:
    clock.time = moment
    stop_lines(office, HALL)
    return stops(office)


@pytest.mark.usefixtures("line")
def test_stopped_when_the_last_would_not_be_served_and_told_to_everyone(
    office: CentreOffice, clock: Clock, desk: Desk
) -> None:
    assert look(office, clock, at(15, 14)) == (), "the last would be served at 17:14"
    clock.time = at(15, 16)
    desk.greet()
    (stop,) = stops(office)
    assert (stop.letter, stop.rule, stop.by, stop.ended_at) == ("A", True, "centre", None)
    assert stop.reason == "还有 20 人等，按现在的快慢办到 17:16"
    assert stop.reopens == at(9, days=3), "the weekend is stepped over"
    assert latest(desk)[f"line_stop:{stop.id}"]["row"]["rule"] is True
    assert look(office, clock, at(15, 20)) == (stop,), "once"


@pytest.mark.usefixtures("line")
def test_what_a_person_opened_again_stays_open_that_day(office: CentreOffice, clock: Clock, desk_at: Any) -> None:
    duty = desk_at(DUTY)
    (stop,) = look(office, clock, at(15, 30))
    assert duty.do(OpenLine(**duty.stamp(at=clock.time), stop=stop.id))["state"] == "applied"
    (again,) = look(office, clock, at(16, 30))
    assert again.ended_by == "P101"


@pytest.mark.usefixtures("line")
def test_a_line_that_a_person_stopped_is_not_stopped_once_more(office: CentreOffice, clock: Clock) -> None:
    mine = LineStop(id="s", day=DAY, letter="A", at=at(14), by="P101", reason="停电", reopens=at(9, days=3))
    with office.database.writing() as connection:
        books = books_of(office, connection)
        books.put_line_stop(mine)
        books.cabinet.flush()
    assert look(office, clock, at(16)) == (mine,)


def test_without_such_a_rule_nothing_is_stopped(office: CentreOffice, clock: Clock) -> None:
    beat(office, 2, device="d-2", open_=True)
    put(office, *(served(number, 12) for number in range(1, 8)), *(ticket(number) for number in range(11, 91)))
    assert look(office, clock, at(17)) == ()


@pytest.mark.parametrize("known", ["nobody serves it", "too few were served", "its windows are silent"])
def test_what_is_not_known_stops_nothing(office: CentreOffice, clock: Clock, known: str) -> None:
    with_queue(office, last_minutes=15)
    put(office, *(served(number, 12) for number in range(1, 5 if known == "too few were served" else 8)))
    put(office, *(ticket(number) for number in range(11, 91)))
    beat(office, 2, device="d-2", open_=known != "nobody serves it", told=1000)
    if known == "its windows are silent":
        beat(office, 1, device="d-1", open_=True, told=1100)
    assert look(office, clock, at(17)) == ()


@pytest.mark.usefixtures("line")
def test_neither_at_night_nor_on_a_day_off(office: CentreOffice, clock: Clock) -> None:
    assert look(office, clock, at(17, 31)) == ()
    assert look(office, clock, at(16, days=1)) == ()
    assert stop_id(HALL, "2026-11-20", "A") != stop_id(HALL, "2026-11-21", "A")

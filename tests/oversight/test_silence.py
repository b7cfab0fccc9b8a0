"""How long a machine was silent: only the hall's open hours count."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from clerk_app.oversight.silence import is_silent, open_time_since
from tests.desk import ZONE

HOURS = ((time(9), time(12)), (time(13, 30), time(17, 30)))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("heard", "now", "minutes"),
    [
        (at(20, 10), at(20, 10, 15), 15), (at(20, 11, 50), at(20, 13, 35), 15), (at(20, 12, 5), at(20, 13, 25), 0),
        (at(19, 17, 20), at(20, 9, 10), 10), (at(19, 10), at(20, 8), 0), (at(20, 10), at(20, 9, 50), 0),
        (at(19, 10), at(20, 23), 420), (at(20, 17, 25), at(20, 20), 5),
    ],
)  # fmt: skip
def test_nights_and_lunch_do_not_count(heard, now, minutes):
    assert open_time_since(heard, now, HOURS) == timedelta(minutes=minutes)


def test_more_than_twenty_minutes_of_a_working_day():
    assert not is_silent(at(20, 10), at(20, 10, 20), HOURS, workday=True)
    assert is_silent(at(20, 10), at(20, 10, 21), HOURS, workday=True)
    assert not is_silent(at(20, 10), at(20, 16), HOURS, workday=False)

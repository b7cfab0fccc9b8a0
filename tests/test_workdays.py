"""The calendar: known vectors, what holds for every limit, and the edge where the notices end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.workdays import UNITS, Calendar
from resources import path

CALENDAR = Calendar()
VECTORS = yaml.safe_load(path("halls", "training.yaml").read_text("utf-8"))["calendar"]["checks"]

days = st.dates(date(2004, 1, 1), date(2035, 12, 31))
limits = st.integers(0, 60)


@pytest.mark.parametrize(("start", "n", "expected"), VECTORS)
def test_the_hall_s_own_vectors(start: date, n: int, expected: date) -> None:
    due = CALENDAR.due(start, n)
    assert due.due == expected
    assert due.provisional == (expected.year > 2026)


@pytest.mark.parametrize(
    ("start", "n", "unit", "expected"),
    [
        (date(2026, 10, 3), 0, "workday", date(2026, 10, 8)),  # on the spot, on a holiday
        (date(2026, 10, 9), 0, "workday", date(2026, 10, 9)),
        (date(2026, 10, 10), 0, "workday", date(2026, 10, 10)),  # a Saturday that works
        (date(2026, 9, 5), 20, "day", date(2026, 9, 28)),  # ends in 中秋, goes on to Monday
        (date(2026, 9, 1), 60, "day", date(2026, 11, 2)),  # ends on a Saturday
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),  # a make-up Saturday, and a short month
        (date(2024, 1, 31), 1, "month", date(2024, 2, 29)),
        (date(2025, 11, 30), 3, "month", date(2026, 2, 28)),
        (date(2026, 7, 1), 3, "month", date(2026, 10, 8)),
    ],
)
def test_units(start: date, n: int, unit: str, expected: date) -> None:
    due = CALENDAR.due(start, n, unit)  # type: ignore[arg-type]
    assert due.due == expected
    assert not due.provisional


@given(days, limits, st.sampled_from(UNITS))
def test_a_limit_ends_on_a_working_day_and_never_before_its_start(start: date, n: int, unit: str) -> None:
    due = CALENDAR.due(start, n, unit)  # type: ignore[arg-type]
    assert CALENDAR.is_workday(due.due)
    assert due.due >= start
    assert n == 0 or due.due > start
    assert all(not CALENDAR.is_workday(day) and reason for day, reason in due.skipped)
    assert due.provisional or CALENDAR.is_certain(due.due)


@given(days, st.integers(1, 60))
def test_exactly_n_working_days_lie_after_the_start(start: date, n: int) -> None:
    due = CALENDAR.due(start, n)
    later = [start + timedelta(days=step) for step in range(1, (due.due - start).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in later) == n
    assert [day for day, _ in due.skipped] == [day for day in later if not CALENDAR.is_workday(day)]
    assert due.provisional == (due.due.year > 2026)


@given(days, limits, st.integers(0, 5), st.sampled_from(UNITS))
def test_a_longer_limit_never_ends_earlier(start: date, n: int, more: int, unit: str) -> None:
    assert CALENDAR.due(start, n, unit).due <= CALENDAR.due(start, n + more, unit).due  # type: ignore[arg-type]


@given(days, st.integers(0, 3), st.integers(1, 60))
def test_a_later_start_never_ends_earlier(start: date, later: int, n: int) -> None:
    assert CALENDAR.due(start, n).due <= CALENDAR.due(start + timedelta(days=later), n).due


@pytest.mark.parametrize(
    ("day", "workday", "name"),
    [
        (date(2026, 2, 14), True, "春节调休上班"),
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 3, 1), False, "周日"),
        (date(2026, 3, 2), True, ""),
        (date(2027, 2, 5), False, "除夕"),  # the law's day off since 2025
        (date(2027, 2, 8), False, "春节"),
        (date(2027, 2, 9), True, ""),  # 补假 probably, but no notice says so yet
        (date(2027, 6, 9), False, "端午节"),
        (date(2027, 9, 15), False, "中秋节"),
        (date(2028, 10, 2), False, "国庆节"),
        (date(2003, 10, 1), False, "国庆节"),
    ],
)
def test_why_a_day_is_off(day: date, workday: bool, name: str) -> None:
    assert CALENDAR.is_workday(day) == workday
    assert CALENDAR.day_name(day) == name


def test_beyond_the_notices_a_date_is_provisional_whatever_the_unit() -> None:
    assert CALENDAR.due(date(2026, 12, 20), 12, "day").provisional
    assert CALENDAR.due(date(2026, 12, 20), 1, "month").provisional
    assert not CALENDAR.due(date(2026, 12, 20), 5, "day").provisional
    assert CALENDAR.due(date(2003, 12, 31), 3).provisional


def test_a_last_day_rolled_over_the_end_of_the_notices_is_provisional() -> None:
    closed = {date(2026, 12, 31): (False, "停电检修")}
    due = Calendar(closed).due(date(2026, 12, 21), 10, "day")
    assert due.due == date(2027, 1, 4)
    assert due.provisional
    assert due.skipped[0] == (date(2026, 12, 31), "停电检修")


def test_an_override_wins_and_is_certain() -> None:
    calendar = Calendar({date(2026, 3, 2): (False, "停电检修"), date(2026, 3, 1): (True, "补班")})
    assert calendar.due(date(2026, 2, 28), 1).due == date(2026, 3, 1)
    assert calendar.due(date(2026, 2, 28), 2).due == date(2026, 3, 3)
    assert calendar.day_name(date(2026, 3, 2)) == "停电检修"
    known = Calendar({date(2027, 1, 4): (True, "")})
    assert known.is_certain(date(2027, 1, 4))
    assert not known.is_certain(date(2027, 1, 5))


def test_an_announced_year_makes_its_plain_days_certain() -> None:
    notice = {date(2027, 1, day): (False, "元旦") for day in (1, 2, 3)}
    due = Calendar(notice, announced=frozenset({2027})).due(date(2026, 12, 4), 20)
    assert due.due == date(2027, 1, 4)
    assert not due.provisional


def test_a_calendar_is_read_from_a_hall_document() -> None:
    row = {"date": "2026-03-02", "workday": False, "name": "停电检修", "source": "通告"}
    calendar = Calendar.of({"overrides": [row], "announced": [2027]})
    assert calendar.day_name(date(2026, 3, 2)) == "停电检修"
    assert calendar.is_certain(date(2027, 3, 2))
    assert Calendar.of({"overrides": []}) == CALENDAR


def test_a_negative_limit_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.due(date(2026, 3, 2), -1)

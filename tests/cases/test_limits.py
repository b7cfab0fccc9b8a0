"""Due dates of an acceptance: at once, after hours, on days off, beyond the known calendar; and the words that explain them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.catalogue import Limit
from clerk_app.cases.limits import due_dates
from clerk_app.hall import read_hall
from clerk_app.workdays import Calendar
from tests.desk import ZONE, training_document
from tests.visits import COMPANY

HALL = read_hall(training_document(), "v1")
SPOT = HALL.items[COMPANY]
AT_ONCE, NEXT = "当场办结。", "下班后或放假日收的，下一个工作日办结。"


def of(item, text: str):
    return due_dates(item, datetime.fromisoformat(text).replace(tzinfo=ZONE), Calendar(), HALL.off_work)


@pytest.mark.parametrize(
    ("at", "promised", "reason"),
    [
        ("2026-11-20T09:00", "2026-11-20", AT_ONCE),
        ("2026-11-20T17:30", "2026-11-20", AT_ONCE),
        ("2026-11-20T17:31", "2026-11-23", NEXT),  # Friday evening
        ("2026-11-19T18:00", "2026-11-20", NEXT),  # Thursday evening: the next day is a working day
        ("2026-11-21T10:00", "2026-11-23", NEXT),  # Saturday by appointment
        ("2026-11-21T18:00", "2026-11-23", NEXT),
        ("2026-10-01T10:00", "2026-10-08", NEXT),  # National Day
        ("2026-02-14T10:00", "2026-02-14", AT_ONCE),  # a Saturday that is worked
    ],
)
def test_on_the_spot(at, promised, reason):
    due = of(SPOT, at)
    assert (due.promised.isoformat(), due.reason, due.provisional) == (promised, reason, False)
    assert due.statutory >= due.promised


def test_a_promise_counts_working_days_after_the_day_itself():
    promise = replace(SPOT, promised=Limit(n=10), statutory=Limit(n=15))
    due = of(promise, "2026-11-20T10:30")
    assert (due.promised, due.statutory) == (date(2026, 12, 4), date(2026, 12, 11))
    assert due.reason == "当日不计，周六 2 天不计，周日 2 天不计。"
    assert of(promise, "2026-11-20T18:30").promised == due.promised, "after hours is still that day"


def test_natural_days_and_months_do_not_say_that_weekends_are_left_out():
    card = replace(SPOT, promised=Limit(n=20, unit="day"), statutory=Limit(n=60, unit="day"))
    assert of(card, "2026-11-20T10:30").reason == "当日不计，按自然日算。"
    assert of(card, "2026-11-21T10:30").promised == date(2026, 12, 11)
    sunday = of(card, "2026-11-30T10:30")
    assert sunday.promised == date(2026, 12, 21)
    assert sunday.reason == "当日不计，按自然日算，最后一天放假，顺延到放假后第一个工作日。"
    monthly = replace(SPOT, promised=Limit(n=1, unit="month"), statutory=Limit(n=1, unit="month"))
    assert of(monthly, "2026-11-20T10:30").reason.startswith("当日不计，按月算，最后一天放假")


def test_in_december_the_next_year_is_provisional_until_its_notice_is_known():
    promise = replace(SPOT, promised=Limit(n=10), statutory=Limit(n=20))
    due = of(promise, "2026-12-04T10:30")
    assert (due.promised, due.statutory, due.provisional) == (date(2026, 12, 18), date(2027, 1, 4), True)
    assert not of(promise, "2026-12-01T10:30").provisional
    announced = Calendar(overrides={date(2027, 1, 1): (False, "元旦")}, announced=frozenset({2027}))
    at = datetime(2026, 12, 4, 10, 30, tzinfo=ZONE)
    assert not due_dates(promise, at, announced, HALL.off_work).provisional


limits = st.builds(Limit, n=st.integers(0, 90), unit=st.sampled_from(["workday", "day", "month"])).filter(
    lambda limit: limit.unit != "month" or limit.n <= 12
)
moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 12, 31)).map(lambda m: m.replace(tzinfo=ZONE))  # noqa: DTZ001


@given(limits, limits, moments)
def test_every_due_day_is_a_working_day_not_before_the_act_and_the_law_not_before_the_promise(promised, statutory, at):
    calendar = Calendar()
    due = due_dates(replace(SPOT, promised=promised, statutory=statutory), at, calendar, time(17, 30))
    assert at.date() <= due.promised <= due.statutory
    assert calendar.is_workday(due.promised)
    assert calendar.is_workday(due.statutory)
    assert due.reason.endswith("。")
    assert (due.reason == AT_ONCE) == (promised.n == 0 and due.promised == at.date())

"""Every clock of a case over the sample hall's own calendar: plain, with pauses, extended, in days and months, ended, printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.clocks import as_printed, binding, clocks_of, intake_due, listed, recounted
from clerk_app.cases.life import Deemed, Extension, Life, OneTimeNotice, SpecialProcedure
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Applicant, Case, DueDates, Void
from clerk_app.workdays import Calendar, Unit
from resources import path
from tests.cases.counter import HALL, day

CHECKS = yaml.safe_load(path("halls", "training.yaml").read_text("utf-8"))["calendar"]["checks"]
CAL, OFF = HALL.calendar, HALL.off_work
FOOD = next(item for item in HALL.items.values() if item.short == "食品经营新办")


def item_of(n: int, unit: Unit = "workday", promised: int | None = None, **change: object) -> Item:
    limit = Limit(n=n, unit=unit)
    return replace(FOOD, statutory=limit, promised=Limit(n=promised or n, unit=unit), **change)


def case_of(item: Item, on: date | datetime, life: Life | None = None, printed: bool = True) -> Case:
    at = on if isinstance(on, datetime) else day(on.isoformat())
    return Case(
        id="c", ticket="t", item=item.code, item_name=item.name, hall_version="v", department="SJJ",
        applicant=Applicant(name="某公司筹备组"), materials=(), state="review", received_at=at, window=4, handler="P105",
        acting_for=None, query_code="q", case_no="JZ1", serial=1, accepted_at=at, life=life or Life(),
        due=due_dates(item, at, CAL, OFF) if printed else None,
    )  # fmt: skip


def paused(begin: date, end: date | None, procedure: str = "inspection") -> SpecialProcedure:
    return SpecialProcedure(
        procedure=procedure, reason="检验", planned_end=begin + timedelta(days=30), asked_by="P105",
        asked_at=day(begin.isoformat()), confirmed_by="P201", confirmed_at=day(begin.isoformat()), ended_on=end,
        ended_by="P105" if end else "",
    )  # fmt: skip


def kinds(case: Case, item: Item, today: date, calendar: Calendar = CAL):
    return {clock.kind: clock for clock in clocks_of(case, item, calendar, OFF, today)}


def end(case: Case, item: Item, today: date) -> date:
    return kinds(case, item, today)["statutory"].due


@pytest.mark.parametrize(("start", "n", "due"), CHECKS)
def test_the_halls_own_vectors(start: date, n: int, due: date) -> None:
    item = item_of(n)
    case = case_of(item, start)
    assert (end(case, item, start), case.due.statutory) == (due, due)


@pytest.mark.parametrize(("start", "n", "due"), CHECKS)
@pytest.mark.parametrize("length", [1, 4, 9])
def test_the_halls_vectors_with_a_pause(start: date, n: int, due: date, length: int) -> None:
    """As many working days more as lay in the pause; the day it was confirmed on counted, the day of its result did not."""
    begin = start + timedelta(days=1)
    over = begin + timedelta(days=length)
    item = item_of(n)
    case = case_of(item, start, Life(procedures=(paused(begin, over),)), printed=False)
    if begin > due:
        assert end(case, item, over) == due
        return
    rested = sum(CAL.is_workday(begin + timedelta(days=k)) for k in range(1, length + 1))
    assert end(case, item, over) == CAL.due(start, n + rested).due


@pytest.mark.parametrize(("start", "n", "due"), CHECKS)
def test_the_halls_vectors_extended(start: date, n: int, due: date) -> None:
    asked = Extension(days=3, reason="r", asked_by="P105", asked_at=day(start.isoformat()))
    item = item_of(n)
    waiting = case_of(item, start, Life(extension=asked), printed=False)
    assert end(waiting, item, start) == due, "asked is not granted"
    granted = replace(waiting, life=Life(extension=replace(asked, recorded_at=day(start.isoformat()))))
    assert end(granted, item, start) == CAL.due(start, n + 3).due
    assert kinds(granted, item, start)["promised"].due == due, "what was promised stays"


def test_a_pause_that_runs_moves_the_end_every_day_and_shows_itself() -> None:
    item = item_of(15, promised=10)
    case = replace(
        case_of(item, date(2026, 11, 20), Life(procedures=(paused(date(2026, 11, 24), None),))), state="suspended"
    )
    first, second = kinds(case, item, date(2026, 11, 24)), kinds(case, item, date(2026, 11, 26))
    assert (first["promised"].due, second["promised"].due) == (date(2026, 12, 4), date(2026, 12, 8))
    assert all(second[kind].paused and not second[kind].running for kind in ("promised", "statutory"))
    assert second["special"].running
    assert binding(tuple(second.values())) is None
    assert listed(case, item, CAL, OFF).due_on == case.life.procedures[0].planned_end


def test_of_days_the_last_day_itself_moves() -> None:
    """30 days from 11-06 end on a Sunday and wait for Monday; with two days of pause they end on Tuesday, not on Wednesday."""
    item = item_of(30, "day")
    plain = case_of(item, date(2026, 11, 6))
    assert end(plain, item, date(2026, 11, 6)) == date(2026, 12, 7)
    rested = case_of(
        item, date(2026, 11, 6), Life(procedures=(paused(date(2026, 11, 9), date(2026, 11, 11)),)), printed=False
    )
    assert end(rested, item, date(2026, 11, 12)) == date(2026, 12, 8)


def test_an_on_the_spot_case_after_hours_is_due_next_working_day() -> None:
    item = replace(FOOD, promised=Limit(n=0), statutory=Limit(n=0))
    late = datetime.combine(date(2026, 11, 20), OFF.replace(minute=50), day("2026-11-20").tzinfo)
    for moment, due in (
        (day("2026-11-20"), date(2026, 11, 20)),
        (late, date(2026, 11, 23)),
        (day("2026-11-21"), date(2026, 11, 23)),
    ):
        case = case_of(item, moment)
        found = kinds(case, item, moment.date())
        assert (found["promised"].due, found["statutory"].due, case.due.promised) == (due, due, due)


def test_the_earlier_of_printed_and_counted_binds() -> None:
    item = item_of(10)
    case = case_of(item, date(2026, 11, 20))
    earlier = replace(case, due=replace(case.due, statutory=date(2026, 12, 3)))
    assert end(earlier, item, date(2026, 11, 20)) == date(2026, 12, 3)
    later = replace(case, due=replace(case.due, statutory=date(2026, 12, 9)))
    assert end(later, item, date(2026, 11, 20)) == date(2026, 12, 4)
    assert recounted(earlier, item, CAL, OFF, date(2026, 11, 20)).statutory == date(2026, 12, 4)


def test_a_new_holiday_moves_what_is_counted_and_not_what_was_printed() -> None:
    item = item_of(20)
    case = case_of(item, date(2026, 12, 4))
    assert kinds(case, item, date(2026, 12, 4))["statutory"].provisional
    more = Calendar({date(2027, 1, 4): (False, "元旦调休")}, frozenset({2027}))
    assert as_printed(case, item, more, OFF, date(2026, 12, 4)).statutory == date(2027, 1, 4)
    assert recounted(case, item, more, OFF, date(2026, 12, 4)).statutory == date(2027, 1, 5)
    fewer = Calendar({date(2026, 12, 26): (True, "调休上班")})
    assert as_printed(case, item, fewer, OFF, date(2026, 12, 4)).statutory == date(2026, 12, 31)


def test_it_counts_from_the_day_that_counts() -> None:
    item = item_of(10)
    deemed = case_of(
        item, date(2026, 11, 27), Life(deemed=Deemed(on=date(2026, 11, 20), at=day("2026-11-28"))), printed=False
    )
    assert end(deemed, item, date(2026, 11, 28)) == date(2026, 12, 4)
    completed = case_of(item, date(2026, 11, 23), Life(completed_on=date(2026, 11, 20)), printed=False)
    assert end(completed, item, date(2026, 11, 23)) == date(2026, 12, 4)
    batch = replace(item, from_batch=True, batch_closes=(date(2026, 12, 11), date(2027, 6, 18)))
    assert end(case_of(batch, date(2026, 11, 20)), batch, date(2026, 11, 20)) == CAL.due(date(2026, 12, 11), 10).due
    ended = replace(batch, batch_closes=(date(2026, 1, 1),))
    assert kinds(case_of(ended, date(2026, 11, 20)), ended, date(2026, 11, 20))["statutory"].provisional


def test_the_second_limit_is_what_was_promised_in_a_cut() -> None:
    item = replace(FOOD, promised=Limit(n=0), second_limit=Limit(n=3))
    case = case_of(item, date(2026, 11, 20), Life(second_limit=True), printed=False)
    assert kinds(case, item, date(2026, 11, 20))["promised"].due == date(2026, 11, 25)
    none_named = replace(item, second_limit=None)
    assert kinds(case, none_named, date(2026, 11, 20))["promised"].due == CAL.due(date(2026, 11, 20), 15).due


def test_the_intake_clock_by_the_ways_of_correcting() -> None:
    for correction, due in (
        ("permit_5d", date(2026, 11, 27)), ("return_once", date(2026, 11, 27)),
        ("same_day_or_accepted", date(2026, 11, 20)), ("foi_7d", date(2026, 12, 1)),
    ):  # fmt: skip
        item = replace(FOOD, correction=correction)
        case = replace(case_of(item, date(2026, 11, 20)), state="received", accepted_at=None, due=None, case_no="")
        assert intake_due(case, item, CAL).due == due
        assert [clock.kind for clock in clocks_of(case, item, CAL, OFF, date(2026, 11, 20))] == ["intake"]
        assert listed(case, item, CAL, OFF).due_on == due


def test_what_was_asked_for_has_its_own_clock() -> None:
    notice = OneTimeNotice(gaps=(), bring_by=date(2026, 12, 4), by="P105", at=day("2026-11-23"), window=4)
    case = case_of(FOOD, date(2026, 11, 20), Life(notices=(notice,)), printed=False)
    waiting = replace(case, state="correction", accepted_at=None)
    found = kinds(waiting, FOOD, date(2026, 11, 24))
    assert (found["correction"].running, found["correction"].due) == (True, date(2026, 12, 4))
    assert (found["intake"].running, found["intake"].stopped_at) == (False, notice.at)


def test_the_seal_stops_both_and_delivery_begins_with_the_decision() -> None:
    item = item_of(10)
    sealed = replace(case_of(item, date(2026, 11, 20)), state="sealed", sealed_at=day("2026-11-25"))
    found = kinds(sealed, item, date(2027, 1, 5))
    assert {found[kind].stopped_at for kind in ("promised", "statutory")} == {sealed.sealed_at}
    assert not found["statutory"].running
    assert (found["delivery"].running, found["delivery"].due) == (True, CAL.due(date(2026, 11, 25), 10).due)
    voided = replace(
        case_of(item, date(2026, 11, 20)), state="void", void=Void(by="P105", at=day("2026-11-24"), reason="r")
    )
    assert kinds(voided, item, date(2027, 1, 5))["statutory"].stopped_at == day("2026-11-24")


DAYS = st.dates(date(2026, 2, 1), date(2026, 11, 20))


@given(DAYS, st.integers(1, 60), st.sampled_from(["workday", "day", "month"]), st.lists(st.integers(0, 20), max_size=4))
def test_a_pause_never_takes_a_day_away_and_never_gives_more_than_it_lasted(start, n, unit, spans) -> None:
    """The end with pauses lies between the plain end and that many days later; it never runs backwards while one lasts."""
    n = min(n, 3) if unit == "month" else n
    item, begun, rests = item_of(n, unit), start, []
    for length in spans:
        begun += timedelta(days=3)
        rests.append(paused(begun, begun + timedelta(days=length)))
        begun += timedelta(days=length)
    plain = end(case_of(item, start, printed=False), item, begun)
    rested = end(case_of(item, start, Life(procedures=tuple(rests)), printed=False), item, begun)
    longest = CAL.due(plain, sum(spans), "workday").due if unit == "workday" else None
    assert plain <= rested
    assert rested <= (longest or plain + timedelta(days=sum(spans) + 12))
    if rests:
        running = replace(rests[-1], ended_on=None, ended_by="")
        case = replace(case_of(item, start, Life(procedures=(*rests[:-1], running)), printed=False), state="suspended")
        ends = [end(case, item, begun + timedelta(days=k)) for k in range(-3, 15)]
        assert ends == sorted(ends)


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_the_statutory_day_is_never_shown_before_the_promised_one(start, statutory, promised) -> None:
    item = replace(FOOD, statutory=Limit(n=statutory), promised=Limit(n=promised))
    case = case_of(item, start)
    for due in (case.due, recounted(case, item, CAL, OFF, start), as_printed(case, item, CAL, OFF, start)):
        assert isinstance(due, DueDates)
        assert start <= due.promised <= due.statutory

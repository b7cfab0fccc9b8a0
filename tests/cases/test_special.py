"""The closed list of procedures that stop the clocks: asked, confirmed by another, ended by a result, and counted day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clerk_app.cases.clocks import as_printed, clocks_of, recounted
from clerk_app.cases.endings import WithdrawCase
from clerk_app.cases.handling import WriteOpinion
from clerk_app.cases.life import SPECIAL
from clerk_app.cases.model import DueDates
from clerk_app.cases.special import (
    AskSpecialProcedure,
    ConfirmSpecialProcedure,
    EndSpecialProcedure,
    ended_case,
)
from tests.cases.counter import CLERK, Counter, day

PLANNING, FOI, SCHOOL = "工程规划许可", "信息公开申请", "民办学校设立"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def ask(counter: Counter, case: str, procedure: str = "expert_review", days: int = 10, actor: str = CLERK):
    end = counter.now.date() + timedelta(days=days)
    return counter.act(
        AskSpecialProcedure, actor, case=case, procedure=procedure, planned_end=end, reason="方案要专家评审"
    )


def suspended(counter: Counter, short: str = PLANNING, on: str = "2026-11-20", procedure: str = "expert_review") -> str:
    case = counter.accepted(short, on)
    assert ask(counter, case, procedure, actor="P103" if short == FOI else CLERK) is None
    counter.good(ConfirmSpecialProcedure, counter.chief(case), case=case)
    assert counter.case(case).state == "suspended"
    return case


def due_now(counter: Counter, case: str, ended_on: date) -> DueDates:
    ended = ended_case(counter.case(case), "通过", ended_on, CLERK)
    hall = counter.books.hall
    return recounted(ended, hall.items[ended.item], hall.calendar, hall.off_work, counter.now.date())


def shown(counter: Counter, case: str) -> DueDates:
    hall, now = counter.books.hall, counter.case(case)
    return as_printed(now, hall.items[now.item], hall.calendar, hall.off_work, counter.now.date())


def end(counter: Counter, case: str, ended_on: date | None = None, **change: object):
    ended_on = ended_on or counter.now.date()
    words = {"result": "专家组同意", "ended_on": ended_on, "due": due_now(counter, case, ended_on), **change}
    return counter.act(EndSpecialProcedure, "P103" if counter.case(case).window == 1 else CLERK, case=case, **words)


def test_the_clerk_asks_the_chief_confirms_the_result_ends_it(counter: Counter) -> None:
    case = counter.accepted(PLANNING, "2026-11-20")
    before = counter.case(case).due
    assert ask(counter, case) is None
    assert counter.case(case).state == "review", "asked is not confirmed: the clocks run"
    assert counter.refused(ConfirmSpecialProcedure, CLERK, case=case) == "not-the-chief"
    assert counter.refused(ConfirmSpecialProcedure, "P201", case=case) == "not-the-chief"
    counter.good(ConfirmSpecialProcedure, counter.chief(case), case=case)
    assert counter.refused(WriteOpinion, CLERK, case=case, words="再看看") == "not-to-opine"
    assert counter.propose(case).type == "not-to-propose"
    counter.now = day("2026-11-27")
    assert end(counter, case) is None
    after = counter.case(case)
    assert (after.state, before.promised, before.statutory) == ("review", date(2026, 12, 2), date(2026, 12, 18))
    assert (after.due.promised, after.due.statutory) == (date(2026, 12, 9), date(2026, 12, 25))
    assert (after.life.procedures[0].result, after.life.procedures[0].ended_by) == ("专家组同意", CLERK)
    assert shown(counter, case) == after.due


def test_who_asked_does_not_confirm(counter: Counter) -> None:
    case = counter.accepted(PLANNING)
    assert ask(counter, case, actor=counter.chief(case)) is None
    assert counter.refused(ConfirmSpecialProcedure, counter.chief(case), case=case) == "own-request"


def test_asking_again_takes_the_place_of_what_waits(counter: Counter) -> None:
    case = counter.accepted(PLANNING)
    counter.good(WriteOpinion, CLERK, case=case, words="日照分析要专家看。")
    assert counter.refused(ConfirmSpecialProcedure, counter.chief(case), case=case) == "nothing-asked"
    assert ask(counter, case) is None
    assert ask(counter, case, "hearing", 20) is None
    assert [p.procedure for p in counter.case(case).life.procedures] == ["hearing"]
    counter.later(days=25)
    assert counter.refused(ConfirmSpecialProcedure, counter.chief(case), case=case) == "planned-end"


@pytest.mark.parametrize("procedure", SPECIAL)
def test_each_of_the_eight_pauses(procedure: str, counter: Counter) -> None:
    case = suspended(counter, procedure=procedure)
    clocks = {c.kind: c for c in clocks_of(counter.case(case), counter.item(PLANNING), counter.books.calendar,
                                           counter.books.off_work, counter.now.date())}  # fmt: skip
    assert clocks["statutory"].paused
    assert clocks["promised"].paused
    assert clocks["special"].due == counter.case(case).life.procedures[0].planned_end


def test_third_parties_are_asked_only_for_public_information_and_only_so_long(counter: Counter) -> None:
    case = counter.accepted(PLANNING)
    assert ask(counter, case, "third_party").type == "not-special"
    asked = counter.accepted(FOI, "2026-11-02", window=1)
    assert ask(counter, asked, "third_party", 22, "P103").type == "planned-end", "15 working days end on 11-23"
    assert ask(counter, asked, "third_party", 21, "P103") is None
    counter.good(ConfirmSpecialProcedure, counter.chief(asked), case=asked)
    counter.now = day("2026-12-14")
    assert end(counter, asked) is None
    assert counter.case(asked).due.promised == date(2026, 12, 14), "15 days and the 15 that are not counted, no more"


def test_what_must_be_said_is_said(counter: Counter) -> None:
    case = counter.accepted(PLANNING, "2026-11-20")
    plain = {"case": case, "procedure": "hearing", "planned_end": date(2026, 12, 1), "reason": "有利害关系人"}
    assert counter.refused(AskSpecialProcedure, CLERK, **{**plain, "reason": " "}) == "words-missing"
    assert counter.refused(AskSpecialProcedure, CLERK, **{**plain, "planned_end": date(2026, 11, 20)}) == "planned-end"
    paused = suspended(counter)
    counter.later(days=7)
    assert end(counter, paused, result="").type == "words-missing"
    for wrong in (date(2026, 11, 19), date(2026, 11, 28)):
        assert end(counter, paused, wrong).type == "ended-on"
    early = due_now(counter, paused, counter.now.date())
    for name in ("promised", "statutory"):
        moved = {name: getattr(early, name) - timedelta(days=1)}
        said = {"promised": early.promised, "statutory": early.statutory, **moved}
        assert end(counter, paused, due=DueDates(**said)).type == "due-too-early"
    assert counter.case(paused).state == "suspended"
    assert end(counter, paused) is None


def test_two_pauses_add_up_and_one_after_the_end_gives_nothing_back(counter: Counter) -> None:
    case = suspended(counter)
    counter.now = day("2026-11-24")
    assert end(counter, case) is None
    assert counter.case(case).due.promised == date(2026, 12, 4)
    counter.now = day("2026-11-30")
    assert ask(counter, case) is None
    counter.good(ConfirmSpecialProcedure, counter.chief(case), case=case)
    counter.now = day("2026-12-02")
    assert end(counter, case) is None
    assert counter.case(case).due.promised == date(2026, 12, 8)
    counter.now = day("2026-12-14")
    assert ask(counter, case) is None
    counter.good(ConfirmSpecialProcedure, counter.chief(case), case=case)
    counter.now = day("2026-12-16")
    assert end(counter, case) is None
    after = counter.case(case).due
    assert after.promised == date(2026, 12, 8), "it was over already"
    assert after.statutory == date(2026, 12, 28), "20 + 2 + 2 + 2 working days"


def test_a_case_that_ends_in_a_pause_stops_there(counter: Counter) -> None:
    case = suspended(counter)
    counter.now = day("2026-11-24")
    counter.good(WithdrawCase, CLERK, case=case, reason="书面撤回")
    item, hall = counter.item(PLANNING), counter.books.hall
    then = clocks_of(counter.case(case), item, hall.calendar, hall.off_work, date(2026, 11, 24))
    much_later = clocks_of(counter.case(case), item, hall.calendar, hall.off_work, date(2027, 3, 1))
    assert then == much_later
    assert not any(c.running for c in then)
    assert {c.stopped_at for c in then if c.kind in ("promised", "statutory")} == {counter.case(case).life.ending.at}


def test_months_move_by_days_and_step_over_a_holiday_only_once(counter: Counter) -> None:
    """三个月 from 11-06 ends in the Spring Festival; two days of pause move the last day itself, not the day it was put off to."""
    case = suspended(counter, SCHOOL, "2026-11-06")
    counter.now = day("2026-11-08")
    assert end(counter, case) is None
    plain = counter.books.calendar.due(date(2026, 11, 6), 3, "month").due
    assert plain == date(2027, 2, 9), "02-06 and the days of the festival are off"
    assert counter.case(case).due.statutory == counter.books.calendar.due(date(2027, 2, 8), 0).due

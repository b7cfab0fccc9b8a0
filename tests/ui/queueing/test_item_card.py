"""The card of every item of the training hall tells all eight disclosures, its papers, and what to ask and say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.cases.clocks import CaseClock
from clerk_app.cases.life import Ending
from clerk_app.cases.model import Applicant, Case
from clerk_app.hall import Hall, read_hall
from clerk_app.office.counter.guide import guide_paper, item_guide
from clerk_app.workdays import Calendar
from tests.desk import ZONE, StandingClock, training_document
from ui.queueing.telling_due import tell_clocks

EIGHT = ["服务内容", "政策依据", "办事程序", "申报条件", "承诺时限", "收费标准", "办理结果", "服务人员"]
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return read_hall(training_document(), "v")


def test_every_item_discloses_all_eight_and_what_to_say(hall: Hall) -> None:
    for item in hall.items.values():
        guide = item_guide(hall, item)
        assert [part.head for part in guide.parts] == EIGHT, item.name
        assert all(line and "没有写" not in line for part in guide.parts for line in part.lines), item.name
        assert guide.papers
        assert guide.ask_first, item.name
        assert guide.say_no.endswith("。"), item.name


def test_the_printed_guide_has_the_papers_and_not_what_the_clerk_is_told(hall: Hall) -> None:
    item = next(item for item in hall.items.values() if item.short == "食品经营新办")
    paper = guide_paper(hall, item, TODAY, training=True)
    words = [line for part in paper.parts for line in part.lines]
    assert "食品安全规章制度（原件 1 份，可容缺）" in words
    assert "承诺 10 个工作日，法定 15 个工作日" in words
    assert item.saying.say_no not in words
    assert not any(ask in words for ask in item.saying.ask_first)


def case_in(state: str, ending: Ending | None = None) -> Case:
    at = StandingClock().moment
    case = Case(
        id="c", ticket="t", item="i", item_name="", hall_version="", department="", applicant=Applicant(name="卢"),
        materials=(), state=state, received_at=at, window=4, handler="p", acting_for=None, query_code="",  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(case, life=replace(case.life, ending=ending))


def test_the_due_pane_tells_the_clock_that_binds() -> None:
    calendar = Calendar()
    rests = (
        CaseClock(kind="promised", start=TODAY, due=date(2026, 12, 4), running=False, paused=True),
        CaseClock(kind="special", start=TODAY, due=date(2026, 12, 10), running=True),
    )
    resting = tell_clocks(case_in("suspended"), rests, None, TODAY, calendar)
    assert resting is not None
    assert (resting.date, resting.lamp, resting.left) == ("12月10日 星期四", "paused", "期限停走，出了结果接着算")
    waits = (CaseClock(kind="correction", start=TODAY, due=date(2026, 11, 19), running=True),)
    late = tell_clocks(case_in("correction"), waits, None, TODAY, calendar)
    assert late is not None
    assert (late.left, late.lamp) == ("日子过了，还可以补", "waiting")
    ended = tell_clocks(
        case_in("advised", Ending(how="advised", reason="", by="p", at=StandingClock().moment.astimezone(ZONE))),
        (), None, TODAY, calendar,
    )  # fmt: skip
    assert ended is not None
    assert ended.date == "没有期限"

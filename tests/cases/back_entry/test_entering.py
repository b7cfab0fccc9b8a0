"""照纸补录: a case as it would have been, had it been typed that day; one sheet, one case; what is wrong leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clerk_app.cases.back_entry.entering import EnterFromPaper
from clerk_app.cases.back_entry.kits import PrintPaperKit
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.life import Gap
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import case_kind, case_number
from clerk_app.cases.receiving import received as taken_in
from clerk_app.cases.usecases import AcceptCase, ReceiveCase
from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock
from tests.cases.back_entry.kit_desk import FIRST, FOOD, PERSON, KitDesk
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK

ITEMS = [FOOD, "食品经营延续"]


@pytest.fixture
def desk() -> KitDesk:
    return KitDesk()


def that_day(received: datetime, accepted: datetime, short: str) -> KitDesk:
    """The same matter taken in at the window then, by the ordinary commands."""
    desk = KitDesk()
    item = desk.item(short)
    stamp = {"actor": CLERK, "post": "B1", "window": 4, "basis": "", "hall_version": "v"}
    begun = ReceiveCase(
        **stamp, id=new_id(), at=received, case="c", ticket="", item=item.code, applicant=PERSON,
        brought=tuple(m.name for m in item.materials), query_code="7K3M-0041",
    )  # fmt: skip
    desk.books.put_case(taken_in(begun, item, None))
    desk.books.take_hold("case:c")
    desk.books.give_block(NumberBlock(id="b", kind=case_kind(accepted.year), first=FIRST, last=FIRST))
    hall = desk.books.hall
    desk.now = accepted - timedelta(milliseconds=1)
    desk.good(
        AcceptCase, CLERK, case="c", block="b", serial=FIRST,
        case_no=case_number(hall.id, accepted.date(), FIRST),
        due=due_dates(item, accepted, hall.calendar, hall.off_work),
    )  # fmt: skip
    return desk


@settings(max_examples=25)
@given(
    short=st.sampled_from(ITEMS),
    waited=st.integers(0, 600),
    typed=st.integers(1, 20),
    minute=st.integers(10, 500),
)
def test_the_case_is_what_it_would_have_been_that_day(short, waited, typed, minute):
    """Whatever day it is typed: number, times, materials, dates and every clock are those of a case accepted then."""
    desk = KitDesk()
    (sheet,) = desk.kit(1)
    received = desk.now + timedelta(minutes=minute)
    accepted = received + timedelta(minutes=waited)
    ordinary = that_day(received, accepted, short)
    desk.now = accepted + timedelta(days=typed)
    item = desk.item(short)
    case = desk.enter(
        sheet, item=item.code, received_at=received, said_at=accepted, brought=tuple(m.name for m in item.materials)
    )
    then = ordinary.case("c")
    assert case.late_entry is not None
    assert (case.late_entry.by, case.late_entry.at, case.late_entry.sheet) == (OTHER_CLERK, desk.now, sheet)
    assert replace(case, id="c", late_entry=None) == then
    hall = desk.books.hall
    today = desk.now.date()
    clocks = [clocks_of(one, item, hall.calendar, hall.off_work, today) for one in (case, then)]
    assert clocks[0] == clocks[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"item": "0"}, "item-not-in-force"),
        ({"version": "older"}, "catalogue-away"),
        ({"taken_by": "P999"}, "taker-missing"),
        ({"taken_by": ""}, "taker-missing"),
        ({"reason": " "}, "reason-missing"),
        ({"brought": ("没有的材料",)}, "unknown-material"),
        ({"brought": ()}, "materials-missing"),
        ({"said_at": None}, "time-missing"),
        ({"outcome": "received"}, "time-missing"),
        ({"applicant": replace(PERSON, name=" ")}, "applicant-missing"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(desk, change, said):
    (sheet,) = desk.kit(1)
    desk.later(hours=2)
    assert desk.not_entered(sheet, **change) == said


@pytest.mark.parametrize(
    ("received", "accepted", "said"),
    [
        (timedelta(hours=-3), timedelta(hours=-1), "before-the-kit"),
        (timedelta(hours=-1), timedelta(minutes=1), "paper-in-future"),
        (timedelta(days=400), timedelta(days=401), "paper-in-future"),
        (timedelta(minutes=-30), timedelta(hours=-1), "said-before-received"),
    ],
)
def test_a_time_that_cannot_be_is_refused(desk, received, accepted, said):
    (sheet,) = desk.kit(1)
    desk.later(hours=2)
    assert desk.not_entered(sheet, received_at=desk.now + received, said_at=desk.now + accepted) == said


def test_a_kit_serves_the_year_it_bears(desk):
    (sheet,) = desk.kit(1)
    desk.now = desk.now.replace(year=2027, month=1, day=8)
    assert desk.not_entered(sheet) == "kit-of-another-year"


def test_a_number_that_was_never_printed(desk):
    desk.later(hours=2)
    assert desk.not_entered("BL2026-00999") == "sheet-unknown"


def test_a_kit_nobody_took_is_not_entered_from(desk):
    desk.good(PrintPaperKit, MANAGER, kit="kit", numbers=desk.numbers(1), reason="备用")
    desk.later(hours=2)
    assert desk.not_entered("BL2026-00041") == "kit-not-handed"


def test_an_item_is_judged_by_the_window_the_kit_went_to(desk):
    (sheet,) = desk.kit(1, window=2)
    desk.later(hours=2)
    assert desk.not_entered(sheet) == "item-elsewhere"


def test_a_secret_item_and_another_systems_item_are_not_typed(desk):
    (sheet,) = desk.kit(1)
    desk.later(hours=2)
    desk.change_item(FOOD, paper_only=True)
    assert desk.not_entered(sheet) == "paper-only"
    desk.change_item(FOOD, paper_only=False, external=True)
    assert desk.not_entered(sheet) == "item-external"


def test_the_catalogue_is_that_of_the_papers_day(desk):
    """A paper less, a limit longer, the item gone: what came later does not reach back."""
    (sheet, other) = desk.kit(2)
    old, start = desk.books.hall, desk.now
    desk.later(hours=2)
    entry = desk.entry()
    item = desk.item(FOOD)
    desk.later(days=1)
    changed = replace(item, promised=replace(item.promised, n=item.promised.n + 7), materials=item.materials[:1])
    desk.books.hall = replace(old, version="v2", items={**old.items, item.code: changed})
    desk.books.past_halls["v"] = old
    desk.books.in_force = [(start - timedelta(days=9), "v"), (start + timedelta(days=1), "v2")]
    said = vars(entry)
    assert desk.not_entered(sheet, **{**said, "version": "v2"}) == "catalogue-of-another-day"
    case = desk.enter(sheet, **said)
    assert case.hall_version == "v"
    assert len(case.materials) == len(item.materials)
    assert case.due == due_dates(item, entry.said_at, old.calendar, old.off_work)
    desk.books.hall = replace(old, version="v2", items={})
    desk.good(EnterFromPaper, OTHER_CLERK, case="late", sheet=other, applicant=PERSON, entry=entry)
    assert desk.case("late").item == item.code


def test_an_item_that_came_later_was_not_there_that_day(desk):
    (sheet,) = desk.kit(1)
    start, now = desk.now, desk.books.hall
    item = desk.item(FOOD)
    desk.books.past_halls["v0"] = replace(
        now, version="v0", items={k: i for k, i in now.items.items() if i is not item}
    )
    desk.later(days=1)
    desk.books.in_force = [(start - timedelta(days=9), "v0"), (start + timedelta(hours=9), "v")]
    at = start + timedelta(hours=1)
    assert desk.not_entered(sheet, version="v0", received_at=at, said_at=at) == "item-not-in-force"


def test_only_received_and_told_once_are_entered_too(desk):
    (one, two) = desk.kit(2)
    desk.later(hours=2)
    item = desk.item(FOOD)
    brought = tuple(m.name for m in item.materials[1:])
    lacking = item.materials[0].name
    received = desk.enter(one, outcome="received", said_at=None, brought=brought)
    assert (received.state, received.case_no, received.accepted_at) == ("received", "", None)
    gaps = (Gap(what=lacking),)
    told = desk.enter(two, outcome="noticed", brought=brought, gaps=gaps, bring_by=desk.now.date() + timedelta(days=5))
    (notice,) = told.life.notices
    assert (told.state, notice.gaps, notice.at, notice.by) == ("correction", gaps, desk.sheet(two).entry.said_at, CLERK)


def test_a_notice_that_leaves_something_out_is_none(desk):
    (sheet,) = desk.kit(1)
    desk.later(hours=2)
    assert desk.not_entered(sheet, outcome="noticed", brought=(), gaps=(Gap(what="别的"),)) == "gaps-incomplete"


def test_it_is_mended_by_the_paper_until_somebody_said_yes(desk):
    (sheet,) = desk.kit(1)
    desk.later(hours=2)
    case = desk.enter(sheet, reason="停电")
    later = desk.now - timedelta(minutes=30)
    assert desk.mend(sheet, said_at=later, applicant=replace(PERSON, name="卢晓珍")) is None
    mended = desk.case(case.id)
    assert (mended.applicant.name, mended.accepted_at) == ("卢晓珍", later)
    assert (mended.case_no, mended.serial) == (case.case_no, case.serial)
    assert desk.sheet(sheet).revision == 2
    assert desk.mend(sheet, by=CLERK) is None
    assert desk.sheet(sheet).typed_by == (OTHER_CLERK, CLERK)
    desk.scan(sheet)
    assert desk.confirm(sheet, by=MANAGER) is None
    assert desk.mend(sheet).type == "sheet-checked"


def test_what_became_something_else_meanwhile_is_not_mended(desk):
    (sheet,) = desk.kit(1)
    desk.later(hours=2)
    case = desk.enter(sheet)
    desk.books.put_case(replace(case, state="void"))
    assert desk.mend(sheet).type == "case-moved-on"


class OneSheetOneCase(RuleBasedStateMachine):
    """Two windows, any sheets in any order, again and again: a number ends in one case at most, and no number is two cases'."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = KitDesk()
        self.sheets = (*self.desk.kit(3), "BL2026-00999")
        self.desk.later(hours=2)

    @rule(
        place=st.integers(0, 3),
        device=st.sampled_from(["device-a", "device-b"]),
        who=st.sampled_from([CLERK, OTHER_CLERK]),
    )
    def enters(self, place, device, who):
        self.desk.books.device = device
        self.desk.act(EnterFromPaper, who, **self.desk.words(self.sheets[place]))

    @rule(place=st.integers(0, 2), device=st.sampled_from(["device-a", "device-b"]))
    def mends(self, place, device):
        self.desk.books.device = device
        if self.desk.sheet(self.sheets[place]).case:
            self.desk.mend(self.sheets[place])

    @invariant()
    def one_each(self):
        cases = self.desk.books.cases.values()
        sheets = [case.late_entry.sheet for case in cases]
        numbers = [case.case_no for case in cases]
        assert len(set(sheets)) == len(sheets) == len(set(numbers))
        assert {self.desk.sheet(one).case for one in sheets} == set(self.desk.books.cases)


TestOneSheetOneCase = OneSheetOneCase.TestCase
TestOneSheetOneCase.settings = settings(max_examples=15, stateful_step_count=12)

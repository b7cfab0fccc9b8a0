"""即办件: one command walks from nothing to the second signature, or nothing happens; in a cut the second limit is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.cases.catalogue import Limit, Material, Remedies
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.intake import RegisterCase
from clerk_app.cases.limits import due_dates
from clerk_app.cases.spot import TakeSpotCase
from clerk_app.command import Refusal
from clerk_app.receipts.slip import Pair
from clerk_app.receipts.slips import Letterhead, acceptance_slip
from tests.cases.window import MORNING, Window, hall_with

NURSE, FORMED, PROMISE = "护士变更", "公司设立", "食品经营新办"
HEAD = Letterhead("江州市政务服务中心", "滨湖大道88号", "12345", training=True)


def take(counter: Window, **fields) -> Refusal | None:
    usual = {
        **counter.begins(), **counter.number(), "brought": counter.names, "outcome": "grant", "opinion": "材料齐全，符合条件。",
    }  # fmt: skip
    return counter.act(TakeSpotCase, **{**usual, **fields})


def test_one_confirmation_is_the_whole_of_the_clerks_part():
    counter = Window(NURSE)
    assert take(counter) is None
    case = counter.case
    assert (case.state, case.case_no) == ("to_authorise", "JZ20261120-00001")
    assert (case.proposal.by, case.proposal.opinion) == (counter.clerk, "材料齐全，符合条件。")
    assert (case.accepted_on, case.due.promised) == (MORNING.date(), MORNING.date())
    assert counter.books.holder("case:k") == counter.books.device
    assert counter.books.used == {("case_no:2026", 1): counter.books.used["case_no:2026", 1]}


def test_it_may_begin_from_a_draft():
    counter = Window(NURSE)
    counter.act(RegisterCase, **counter.begins())
    assert take(counter) is None
    assert counter.case.state == "to_authorise"


@pytest.mark.parametrize(
    ("short", "changes", "fields", "slug"),
    [
        (FORMED, {}, {}, "not-one-sitting"),
        (PROMISE, {}, {}, "not-spot"),
        (NURSE, {"site_check": True}, {}, "not-one-sitting"),
        (NURSE, {"external": True}, {}, "item-external"),
        (NURSE, {"paper_only": True}, {}, "paper-only"),
        (NURSE, {}, {"brought": ()}, "materials-missing"),
        (NURSE, {}, {"opinion": " "}, "opinion-missing"),
        (NURSE, {"remedies": Remedies()}, {"outcome": "refuse"}, "remedies-missing"),
        (NURSE, {"partners": ("ZGJ",)}, {}, "partner-silent"),
        (NURSE, {}, {"ticket": "another"}, "ticket-not-serving"),
        (NURSE, {}, {"serial": 77, "case_no": "JZ20261120-00077"}, "number-not-given"),
        (NURSE, {}, {"case_no": "JZ20261120-00002"}, "case-number-wrong"),
    ],
)
def test_refused_whole_and_no_number_spent(short, changes, fields, slug):
    counter = Window(short, hall_with(short, **changes))
    refused = take(counter, **fields)
    assert refused is not None
    assert (refused.type, refused.sentence[-1]) == (slug, "。")
    assert counter.books.cases == {}
    assert counter.books.used == {}
    assert "case:k" not in counter.books.holds


def test_in_a_cut_the_second_limit_is_promised_and_the_slip_says_so():
    hall = hall_with(NURSE, second_limit=Limit(n=2), statutory=Limit(n=5))
    counter = Window(NURSE, hall)
    due = due_dates(counter.item, MORNING, hall.calendar, hall.off_work, second=True)
    assert take(counter, due=due, second_limit=True) is None
    case = counter.case
    assert case.due.promised == date(2026, 11, 24)
    (promised,) = (
        c for c in clocks_of(case, counter.item, hall.calendar, hall.off_work, MORNING.date()) if c.kind == "promised"
    )
    assert promised.due == date(2026, 11, 24)
    words = {
        b.label: b.value
        for b in acceptance_slip(case, counter.item, "护士长", "卫健局", HEAD).blocks
        if isinstance(b, Pair)
    }
    assert "第二时限" in words
    assert "2026年11月24日" in words["承诺办结"]
    assert "断线期间收的" in words["计算说明"]


def test_without_a_second_limit_of_its_own_the_law_is_the_second_limit():
    hall = hall_with(NURSE, second_limit=None)
    counter = Window(NURSE, hall)
    due = due_dates(counter.item, MORNING, hall.calendar, hall.off_work, second=True)
    assert due.promised == due.statutory > MORNING.date()


def test_a_new_list_while_the_draft_was_open_is_asked_for():
    counter = Window(NURSE)
    counter.act(RegisterCase, **counter.begins())
    more = Material(name="健康体检证明", copies=1, form="original", essential=True)
    listed = (*counter.item.materials, more)
    counter.books.hall = replace(hall_with(NURSE, materials=listed), version="v2")
    assert take(counter).type == "materials-missing"
    assert counter.case.state == "draft"
    assert take(counter, brought=(*counter.names, more.name)) is None

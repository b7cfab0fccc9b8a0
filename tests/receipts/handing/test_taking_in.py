"""收进来: the very paper that stands, at a handing-over window, from one person to another, each on a place of its own; or back."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.cases.voiding import AskVoidStamp
from clerk_app.command import case_subject
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.posting import PostResult, RecordPostReceipt
from clerk_app.receipts.handing.reminding import RemindResult, age_of, days_here
from clerk_app.receipts.handing.taking_in import SendBackResult, TakeInResult, free_shelf
from tests.cases.counter import CLERK
from tests.receipts.handing.shelves import (
    BRINGER,
    DISPATCHER,
    LETTER,
    SECOND,
    SPOT,
    WAYBILL,
    Shelves,
    taker,
    two_handing_windows,
)

HERE = "machine-" + DISPATCHER


@pytest.fixture
def desk() -> Shelves:
    return Shelves()


def test_a_promised_case_is_let_go_by_its_seal_and_a_spot_case_stays(desk: Shelves):
    assert desk.books.holder(case_subject(desk.sealed())) is None
    assert desk.books.holder(case_subject(desk.sealed(SPOT))) == desk.books.device


def test_it_lies_on_its_place_with_who_brought_it_and_who_took_it(desk: Shelves):
    case = desk.taken_in("017")
    row, taken = desk.result(case), desk.result(case).taken_in
    assert (row.state, row.window, row.shelf, row.since) == ("shelved", 12, "017", desk.now)
    assert (row.case_no, row.document_no) == (desk.case(case).case_no, desk.number(case))
    assert (taken.giver, taken.by, taken.at, taken.transfer) == (BRINGER, DISPATCHER, desk.now, "t-1")
    assert desk.books.results_of_transfer("t-1") == (row,)
    assert desk.books.holder(case_subject(case)) == HERE
    assert desk.case(case).state == "sealed", "taken in is not handed over"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ({"document_no": "江人社准〔2025〕9号"}, "other-paper"),
        ({"giver": "nobody"}, "giver-unknown"),
        ({"giver": DISPATCHER}, "same-person"),
        ({"shelf": " "}, "shelf-missing"),
        ({"shelf": "一" * 13}, "shelf-missing"),
    ],
)
def test_what_is_not_in_order_is_not_taken_in(desk: Shelves, words: dict[str, Any], slug: str):
    case = desk.sealed()
    assert desk.not_done(TakeInResult, case, **desk.brought(case, **words)) == slug
    desk.done(TakeInResult, case, **desk.brought(case))


def test_only_at_a_handing_over_window(desk: Shelves):
    case = desk.sealed()
    assert desk.not_done(TakeInResult, case, SECOND, **desk.brought(case)) == "not-handing-window"


def test_nothing_comes_onto_a_shelf_before_its_seal_or_after_it_was_handed_out(desk: Shelves):
    case = desk.accepted("人力资源服务")
    desk.books.give_back(case_subject(case))
    assert desk.not_done(TakeInResult, case, **desk.brought(case)) == "not-sealed"
    out = desk.taken_in()
    desk.done(HandOverCase, out, **taker())
    assert desk.not_done(TakeInResult, out, **desk.brought(out)) == "handed-already"


def test_nor_while_its_stamp_is_doubted(desk: Shelves):
    case = desk.sealed()
    desk.books.take_hold(case_subject(case))
    desk.good(AskVoidStamp, desk.chief(case), case=case, reason="印错", paper="在窗口")
    desk.books.give_back(case_subject(case))
    assert desk.not_done(TakeInResult, case, **desk.brought(case)) == "void-waiting"


def test_once_and_nothing_else_on_its_place(desk: Shelves):
    case, other = desk.taken_in("001"), desk.sealed()
    assert desk.not_done(TakeInResult, case, **desk.brought(case, "002")) == "taken-in-already"
    assert desk.not_done(TakeInResult, other, **desk.brought(other, " 001 ")) == "shelf-taken"
    desk.done(TakeInResult, other, **desk.brought(other, free_shelf(desk.books.results_in(("shelved",)), 12)))
    assert desk.result(other).shelf == "002"
    desk.done(HandOverCase, case, **taker())
    assert free_shelf(desk.books.results_in(("shelved",)), 12) == "001", "a place is free when its paper is gone"
    assert free_shelf(desk.books.results_in(("shelved",)), 12, ("001", "003")) == "004"
    assert free_shelf(desk.books.results_in(("shelved",)), 5) == "001"


def test_each_window_has_shelves_of_its_own():
    desk = Shelves(two_handing_windows())
    here, there = desk.taken_in("001"), desk.taken_in("001", by=SECOND)
    assert (desk.result(here).window, desk.result(there).window) == (12, 5)


def test_sent_back_it_is_anybodys_who_claims_it(desk: Shelves):
    case = desk.taken_in()
    for words, slug in (
        ({"taker": ""}, "taker-missing"),
        ({"taker": DISPATCHER}, "taker-missing"),
        ({"reason": " "}, "reason-missing"),
    ):
        assert desk.not_done(SendBackResult, case, **{"taker": CLERK, "reason": "印错", **words}) == slug
    assert desk.send_back(case) is None
    row = desk.result(case)
    assert (row.state, row.shelf, row.since, row.back_to, row.back_why) == ("back", "", None, CLERK, "姓名印错")
    assert desk.books.holder(case_subject(case)) is None
    assert desk.not_done(SendBackResult, case, taker=CLERK, reason="印错") == "not-on-shelf"
    assert desk.not_done(HandOverCase, case, **taker()) == "deliver-elsewhere"


def test_the_new_paper_comes_in_and_the_old_one_does_not(desk: Shelves):
    case = desk.taken_in()
    old = desk.number(case)
    assert desk.does(RemindResult, case, how="phone", said="周一来") is None
    assert desk.send_back(case) is None
    desk.resealed(case)
    assert desk.not_done(TakeInResult, case, **desk.brought(case, document_no=old)) == "other-paper"
    desk.done(TakeInResult, case, **desk.brought(case, transfer="t-2"))
    row = desk.result(case)
    assert (row.state, row.transfer, row.back_to, len(row.reminders)) == ("shelved", "t-2", "", 1)


def given_back(desk: Shelves, case: str) -> None:
    """交到席上 at the handing-over window, its paper still on the shelf."""
    desk.books.give_back(case_subject(case))


@pytest.mark.parametrize("same_number", [False, True])
def test_a_paper_left_on_its_shelf_while_its_seal_was_voided_is_not_handed_out(desk: Shelves, same_number: bool):
    """A department's number may be written again; what was taken in before the voiding is the old paper all the same."""
    case = desk.taken_in()
    old = desk.result(case)
    given_back(desk, case)
    desk.resealed(case)
    if same_number:
        desk.books.put_result(Result(**{**vars(old), "document_no": desk.number(case)}))
    assert desk.not_done(HandOverCase, case, **taker()) == "other-paper"
    desk.done(TakeInResult, case, **desk.brought(case))
    desk.done(HandOverCase, case, **taker())


def test_who_does_not_come_is_told_and_told_again(desk: Shelves):
    case, hall = desk.taken_in(), desk.books.hall
    assert desk.not_done(RemindResult, case, how="phone", said="一" * 121) == "too-long"

    def age() -> tuple[str, int]:
        today = desk.now.date()
        row = desk.result(case)
        return age_of(row, today, hall.calendar, hall.handing), days_here(row, today, hall.calendar)

    assert age() == ("fresh", 0)
    desk.later(days=6)  # Friday to Thursday
    assert age() == ("fresh", 4)
    desk.later(days=1)
    assert age() == ("remind", 5)
    desk.done(RemindResult, case, how="message", said=" 下周来 ")
    (told,) = desk.result(case).reminders
    assert (told.how, told.said, told.by, told.at) == ("message", "下周来", DISPATCHER, desk.now)
    assert age() == ("fresh", 5)
    desk.later(days=7)
    assert age() == ("remind", 10)
    desk.later(days=35)
    assert age()[0] == "unclaimed"


def test_a_reminder_from_before_a_letter_does_not_count_after_it_came_back(desk: Shelves):
    case, hall = desk.taken_in(), desk.books.hall
    desk.done(RemindResult, case, how="phone", said="请寄来")
    desk.later(days=21)
    desk.done(ChooseDelivery, case, **LETTER)
    desk.done(PostResult, case, waybill=WAYBILL)
    assert desk.came_back(case) is None
    assert age_of(desk.result(case), desk.now.date(), hall.calendar, hall.handing) == "fresh"


def test_what_is_out_needs_no_reminder(desk: Shelves):
    case = desk.taken_in()
    desk.done(HandOverCase, case, **taker())
    assert desk.not_done(RemindResult, case, how="visit", said="") == "not-on-shelf"
    assert desk.not_done(RecordPostReceipt, case, receiver="", signed_on=desk.now.date()) == "not-posted"

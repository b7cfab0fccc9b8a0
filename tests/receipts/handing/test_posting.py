"""选领取方式与邮寄: asked for, to a whole address, each letter under its own waybill; signed for at the door, or back on a shelf."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.cases.voiding import AskVoidStamp, DropVoidStamp
from clerk_app.command import case_subject
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.model import Delivery
from clerk_app.receipts.handing.posting import PostResult, RecordPostReceipt, RecordPostReturn
from clerk_app.receipts.handing.rules import HandingRules
from clerk_app.receipts.handing.taking_in import TakeInResult
from tests.cases.counter import CLERK, HALL, MANAGER
from tests.receipts.handing.shelves import (
    DISPATCHER,
    LETTER,
    PROMISED,
    SECOND,
    WAYBILL,
    Shelves,
    taker,
    two_handing_windows,
)


@pytest.fixture
def desk() -> Shelves:
    return Shelves()


def choose(desk: Shelves, case: str, **words: Any) -> str:
    """At acceptance, at the case's own window."""
    refusal = desk.act(ChooseDelivery, CLERK, case=case, **{**LETTER, **words})
    return refusal.type if refusal else ""


def test_chosen_at_acceptance_it_is_known_when_the_paper_comes(desk: Shelves):
    case = desk.accepted(PROMISED)
    assert choose(desk, case, name=" 卢小珍 ") == ""
    wish = Delivery(**LETTER, by=CLERK, at=desk.now)
    row = desk.result(case)
    assert (row.state, row.delivery, row.by_post, row.case_no) == ("expected", wish, True, desk.case(case).case_no)
    assert (desk.propose(case), desk.authorise(case), desk.seal(case)) == (None, None, None)
    desk.done(TakeInResult, case, **desk.brought(case))
    assert desk.result(case).delivery == wish
    desk.done(ChooseDelivery, case, how="pick_up")
    assert (desk.result(case).state, desk.result(case).by_post) == ("shelved", False)
    assert desk.not_done(PostResult, case, waybill=WAYBILL) == "post-not-chosen"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ({"name": " "}, "name-missing"),
        ({"phone": "1380000"}, ""),
        ({"phone": "027-8765 4321"}, ""),
        ({"phone": "138"}, "phone-wrong"),
        ({"phone": "没有"}, "phone-wrong"),
        ({"phone": "13800000421 or so"}, "phone-wrong"),
        ({"address": "江州市"}, "address-wrong"),
        ({"address": "路" * 121}, "address-wrong"),
    ],
)
def test_a_letter_needs_a_name_a_telephone_and_a_whole_address(desk: Shelves, words: dict[str, str], slug: str):
    case = desk.accepted(PROMISED)
    assert choose(desk, case, **words) == slug
    assert (desk.books.result(case) is None) == bool(slug)


def test_a_hall_without_a_carrier_sends_nothing(desk: Shelves):
    desk.books.hall = replace(HALL, handing=HandingRules())
    case = desk.accepted(PROMISED)
    assert choose(desk, case) == "no-post-here"
    assert choose(desk, case, how="pick_up", name="", phone="", address="") == ""


def test_after_it_is_gone_nothing_is_chosen(desk: Shelves):
    assert desk.not_done(ChooseDelivery, desk.posted(), **LETTER) == "too-late-to-choose"
    out = desk.taken_in("002")
    desk.done(HandOverCase, out, **taker())
    assert desk.not_done(ChooseDelivery, out, **LETTER) == "too-late-to-choose"
    void = desk.accepted(PROMISED)
    desk.books.put_case(replace(desk.case(void), state="void"))
    assert choose(desk, void) == "too-late-to-choose"


def test_posted_as_it_was_chosen_and_off_the_shelf(desk: Shelves):
    case = desk.posted(" sf1234567890 ")
    row, letter = desk.result(case), desk.result(case).posting
    assert (row.state, row.waybill, row.since) == ("posted", WAYBILL, None)
    assert (letter.waybill, letter.carrier, letter.by, letter.window) == (WAYBILL, "示例快递", DISPATCHER, 12)
    assert {"how": "post", "name": letter.name, "phone": letter.phone, "address": letter.address} == LETTER
    assert desk.books.result_by_waybill(WAYBILL) == row
    assert desk.case(case).state == "sealed", "on its way is not handed over"
    assert desk.not_done(HandOverCase, case, **taker()) == "in-the-post"
    assert desk.not_done(PostResult, case, waybill="SF0000000001") == "not-on-shelf"
    assert desk.not_done(TakeInResult, case, **desk.brought(case, "002")) == "taken-in-already"


@pytest.mark.parametrize("waybill", ["", "SF12345", "S" * 25, "SF-1234567890", "运单1234567890"])
def test_a_waybill_is_what_a_scan_gun_reads(desk: Shelves, waybill: str):
    case = desk.taken_in()
    desk.done(ChooseDelivery, case, **LETTER)
    assert desk.not_done(PostResult, case, waybill=waybill) == "waybill-wrong"


def test_a_waybill_is_one_letters_for_ever(desk: Shelves):
    first, second = desk.posted(), desk.taken_in("002")
    desk.done(ChooseDelivery, second, **LETTER)
    assert desk.not_done(PostResult, second, waybill=WAYBILL.lower()) == "waybill-used"
    assert desk.came_back(first) is None
    assert desk.not_done(PostResult, second, waybill=WAYBILL) == "waybill-used"
    assert desk.not_done(PostResult, first, waybill=WAYBILL) == "waybill-used", "another letter, another waybill"
    assert desk.books.result_by_waybill(WAYBILL).id == first, "the envelope that came back leads to its case"


def test_signed_for_at_the_door_it_is_handed_over_on_that_day(desk: Shelves):
    case = desk.posted()
    desk.later(days=3)
    day = desk.now.date()
    for wrong in (day - timedelta(days=4), day + timedelta(days=1)):
        assert desk.not_done(RecordPostReceipt, case, receiver="", signed_on=wrong) == "day-wrong"
    assert desk.signed_for(case, receiver=" ", signed_on=day - timedelta(days=1)) is None
    handed = desk.case(case).handed_over
    assert (handed.receiver, handed.proof, handed.as_who) == ("卢小珍", f"示例快递 {WAYBILL}", "post")
    assert handed.moment.date() == handed.on == day - timedelta(days=1)
    assert (desk.case(case).state, desk.result(case).state) == ("delivered", "out")
    assert desk.books.holder(case_subject(case)) is None
    assert desk.not_done(RecordPostReceipt, case, receiver="", signed_on=day) == "not-posted"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ({"reason": " "}, "reason-missing"),
        ({"shelf": " "}, "shelf-missing"),
        ({"shelf": "9" * 13}, "shelf-missing"),
        ({"shelf": "002"}, "shelf-taken"),
        ({"days": 1}, "day-wrong"),
        ({"days": -1}, "day-wrong"),
    ],
)
def test_what_came_back_has_a_reason_a_day_and_a_free_place(desk: Shelves, words: dict[str, Any], slug: str):
    case = desk.posted(shelf="001")
    desk.taken_in("002")
    day = desk.now.date() + timedelta(days=words.get("days", 0))
    said = {"reason": "拒收", "shelf": "001", **words}
    said.pop("days", None)
    assert desk.not_done(RecordPostReturn, case, returned_on=day, **said) == slug


def test_what_came_back_may_be_fetched_or_posted_once_more(desk: Shelves):
    case = desk.posted()
    desk.later(days=5)
    assert desk.came_back(case, "009") is None
    row = desk.result(case)
    (before,) = row.posted_before
    assert (row.state, row.shelf, row.window, row.since, row.posting) == ("shelved", "009", 12, desk.now, None)
    assert (before.waybill, before.returned_why, before.returned_on) == (WAYBILL, "查无此人", desk.now.date())
    desk.done(ChooseDelivery, case, **{**LETTER, "address": "江州市滨湖区新路 1 号 101 室"})
    desk.done(PostResult, case, waybill="SF0000000002")
    assert desk.result(case).posting.address == "江州市滨湖区新路 1 号 101 室"
    assert desk.came_back(case, "009", reason="又没人") is None
    assert [one.waybill for one in desk.result(case).posted_before] == [WAYBILL, "SF0000000002"]
    desk.done(HandOverCase, case, **taker())
    assert len(desk.result(case).posted_before) == 2


def test_what_came_back_comes_to_a_handing_over_window(desk: Shelves):
    case = desk.posted()
    desk.books.give_back(case_subject(case))
    assert desk.came_back(case, by=SECOND).type == "not-handing-window"
    other = Shelves(two_handing_windows())
    case = other.posted()
    other.books.give_back(case_subject(case))
    assert other.came_back(case, "001", by=SECOND) is None
    assert other.result(case).window == 5
    other.books.give_back(case_subject(case))
    assert other.not_done(PostResult, case, waybill="SF0000000002") == "post-elsewhere"


def test_only_who_has_it_in_hand_posts_it():
    desk = Shelves(two_handing_windows())
    case = desk.taken_in()
    assert desk.not_done(PostResult, case, SECOND, waybill=WAYBILL) == "held-elsewhere"


class TestAVoidedSeal:
    """A letter with the old paper hands nothing over, and is not forgotten."""

    def on_the_way(self, desk: Shelves) -> str:
        case = desk.posted()
        desk.books.give_back(case_subject(case))
        return case

    def test_doubted_it_is_not_said_to_be_handed_over(self, desk: Shelves):
        case = self.on_the_way(desk)
        desk.books.take_hold(case_subject(case))
        desk.good(AskVoidStamp, desk.chief(case), case=case, reason="印错", paper="在邮路上")
        desk.books.give_back(case_subject(case))
        assert desk.not_done(RecordPostReceipt, case, receiver="", signed_on=desk.now.date()) == "void-waiting"
        desk.books.take_hold(case_subject(case), 0)
        desk.good(DropVoidStamp, MANAGER, case=case, reason="核过，没有错")
        desk.books.give_back(case_subject(case))
        assert desk.signed_for(case) is None

    def test_voided_the_new_paper_is_not_handed_over_by_it(self, desk: Shelves):
        case = self.on_the_way(desk)
        desk.resealed(case)
        assert desk.not_done(RecordPostReceipt, case, receiver="", signed_on=desk.now.date()) == "other-paper"
        desk.done(TakeInResult, case, **desk.brought(case, "003"))
        row = desk.result(case)
        assert (row.state, row.waybill, [one.waybill for one in row.posted_before]) == ("shelved", "", [WAYBILL])
        desk.done(HandOverCase, case, **taker())

"""送达: to whom, on what, how it was signed; from the shelf it lies on; once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clerk_app.cases.voiding import AskVoidStamp
from clerk_app.command import case_subject
from clerk_app.hall import Hall
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.handing.choosing import ChooseDelivery
from clerk_app.receipts.handing.giving import HandOverCase
from clerk_app.receipts.handing.posting import PostResult
from clerk_app.receipts.handing.taking_in import TakeInResult
from tests.cases.counter import CLERK, HALL
from tests.receipts.handing.shelves import (
    DISPATCHER,
    LETTER,
    PROMISED,
    SECOND,
    SPOT,
    WAYBILL,
    Shelves,
    taker,
    two_handing_windows,
)


@pytest.fixture
def desk() -> Shelves:
    return Shelves()


def test_what_was_written_stands_and_the_place_is_free(desk: Shelves):
    case = desk.taken_in("017")
    desk.done(
        HandOverCase,
        case,
        **taker(as_who="agent", letter=" 授权委托书 ", signed="refused", witness=" 社区王某 ", without_slip=True),
    )
    handed, row = desk.case(case).handed_over, desk.result(case)
    assert desk.case(case).state == "delivered"
    assert (handed.receiver, handed.proof, handed.by, handed.window) == ("卢小珍", "居民身份证", DISPATCHER, 12)
    assert (handed.as_who, handed.letter, handed.signed, handed.witness) == (
        "agent",
        "授权委托书",
        "refused",
        "社区王某",
    )
    assert (handed.without_slip, handed.moment) == (True, desk.now)
    assert (row.state, row.since, row.document_no) == ("out", None, desk.number(case))
    assert desk.books.holder(case_subject(case)) is None, "nothing more is done with it here"
    assert desk.books.results_in(("shelved",)) == ()


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ({"receiver": " "}, "receiver-missing"),
        ({"proof": ""}, "proof-missing"),
        ({"as_who": "post"}, "not-by-hand"),
        ({"as_who": "agent"}, "letter-missing"),
        ({"as_who": "agent", "letter": "  "}, "letter-missing"),
        ({"signed": "refused"}, "witness-missing"),
        ({"signed": "pad"}, "signature-missing"),
    ],
)
def test_what_is_missing_keeps_it_on_the_shelf(desk: Shelves, words: dict[str, Any], slug: str):
    case = desk.taken_in()
    assert desk.not_done(HandOverCase, case, **taker(**words)) == slug


@pytest.mark.parametrize(
    "words",
    [
        {"as_who": "legal"},
        {"as_who": "agent", "letter": "委托书"},
        {"signed": "finger"},
        {"signed": "pad", "signature": "a" * 64},
    ],
)
def test_every_receiver_and_every_way_to_sign(desk: Shelves, words: dict[str, Any]):
    case = desk.taken_in()
    desk.done(HandOverCase, case, **taker(**words))
    handed = vars(desk.case(case).handed_over)
    assert {key: handed[key] for key in words} == words


def test_a_second_original_is_never_handed_out(desk: Shelves):
    case = desk.taken_in()
    desk.done(HandOverCase, case, **taker())
    assert desk.not_done(HandOverCase, case, **taker(receiver="别人")) == "not-to-hand-over"
    assert desk.not_done(PostResult, case, waybill=WAYBILL) == "not-on-shelf"


def test_not_before_it_is_taken_in_and_only_where_it_lies():
    desk = Shelves(two_handing_windows())
    case = desk.sealed()
    for window in (CLERK, DISPATCHER, SECOND):
        assert desk.not_done(HandOverCase, case, window, **taker()) == "deliver-elsewhere"
        desk.books.give_back(case_subject(case))
    case = desk.taken_in()
    assert desk.not_done(HandOverCase, case, SECOND, **taker()) == "held-elsewhere"
    desk.books.give_back(case_subject(case))
    refusal = desk.does(HandOverCase, case, SECOND, **taker())
    assert refusal.type == "deliver-elsewhere"
    assert "12号窗口的架上（001）" in refusal.sentence


def test_nor_while_its_stamp_is_doubted(desk: Shelves):
    case = desk.taken_in()
    desk.books.take_hold(case_subject(case))
    desk.good(AskVoidStamp, desk.chief(case), case=case, reason="印错", paper="在架上")
    desk.books.give_back(case_subject(case))
    assert desk.not_done(HandOverCase, case, **taker()) == "void-waiting"
    assert desk.not_done(PostResult, case, waybill=WAYBILL) == "void-waiting"


def test_a_spot_case_goes_out_at_its_own_window_or_from_the_shelf_it_was_brought_to(desk: Shelves):
    own = desk.sealed(SPOT)
    assert desk.hand_over(own) is None
    assert desk.books.result(own) is None
    brought = desk.sealed(SPOT)
    desk.books.give_back(case_subject(brought))
    desk.done(TakeInResult, brought, **desk.brought(brought))
    assert desk.not_done(HandOverCase, brought, CLERK, **taker()) == "held-elsewhere"
    desk.done(HandOverCase, brought, **taker())


def without_dispatchers() -> Hall:
    people = {key: replace(one, roles=tuple({*one.roles} - {"dispatcher"})) for key, one in HALL.roster.people.items()}
    return replace(HALL, roster=replace(HALL.roster, people=people))


def test_a_hall_without_a_handing_over_window_hands_out_where_it_was_taken_in():
    desk = Shelves(without_dispatchers())
    case = desk.sealed()
    assert desk.books.holder(case_subject(case)) == desk.books.device, "it goes nowhere else"
    assert desk.hand_over(case) is None


def test_what_is_owed_is_paid_before_anything_leaves(desk: Shelves):
    desk.change_item(PROMISED, fee=2000, fee_source="示例: 价费〔2020〕1号")
    case = desk.taken_in()
    desk.done(ChooseDelivery, case, **LETTER)
    assert desk.not_done(HandOverCase, case, **taker()) == "fees-not-set"
    assert desk.not_done(PostResult, case, waybill=WAYBILL) == "fees-not-set"
    owed = Bill(
        id="b", no="JK20261120-00001", state="open", lines=(), payer="卢*珍", set_by=CLERK, set_at=desk.now, window=4,
        hall_version="v", moved_at=desk.now, matters=(case_subject(case),),
    )  # fmt: skip
    desk.books.put_bill(owed)
    assert desk.not_done(PostResult, case, waybill=WAYBILL) == "not-paid"
    assert desk.not_done(HandOverCase, case, **taker()) == "not-paid"
    desk.books.put_bill(replace(owed, state="paid"))
    desk.done(PostResult, case, waybill=WAYBILL)

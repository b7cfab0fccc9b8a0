"""送审: the chief sends what he will, a window only what is outside every letter; why, to whom and by whom is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from clerk_app.cases.decision import Proposal
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.cases.sending_out import SendOut, outside, send_out
from clerk_app.cases.states import CaseState
from clerk_app.hall import read_hall
from clerk_app.outside.ids import new_id
from clerk_app.receipts.send_out import send_out_slip
from clerk_app.receipts.slip import Pair, Text
from clerk_app.receipts.slips import Letterhead
from tests.desk import training_document
from tests.memory_books import MemoryBooks

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=timezone(timedelta(hours=8)))
INSIDE, OUTSIDE = "11429900MBX002022C4000131001001", "11429900MBX002022C4000131016001"
CHIEF, DEPUTY, CLERK = "P201", "P202", "P105"
HEAD = Letterhead("江州市政务服务中心", "滨湖大道88号", "12345", training=True)


@pytest.fixture
def books() -> MemoryBooks:
    return MemoryBooks(read_hall(training_document(), "v"))


def waiting(books: MemoryBooks, item: str = OUTSIDE, state: CaseState = "to_authorise") -> Case:
    case = Case(
        id=new_id(),
        ticket="t",
        item=item,
        item_name=books.hall.items[item].name,
        hall_version="v",
        department="SJJ",
        applicant=Applicant(name="卢小珍", id_number="429900199001011234"),
        materials=(),
        state=state,
        received_at=NOW - timedelta(hours=1),
        window=4,
        handler=CLERK,
        acting_for=None,
        query_code="8K4M2Q",
        case_no="JZ20261120-00001",
        serial=1,
        accepted_at=NOW - timedelta(hours=1),
        due=DueDates(promised=date(2026, 12, 4), statutory=date(2026, 12, 11)),
        proposal=Proposal(outcome="grant", opinion="材料齐全，现场核查过。", by=CLERK, at=NOW - timedelta(minutes=9)),
    )
    books.put_case(case)
    return books.cases[case.id]


def command(case: Case, actor: str = CLERK, **more: object) -> SendOut:
    plain = {
        "id": new_id(), "at": NOW, "actor": actor, "post": "", "window": 4, "basis": "", "hall_version": "v",
        "case": case.id, "why": "这个事项不在授权书里", "taker": "食品经营科",
    }  # fmt: skip
    return SendOut(**{**plain, **more})  # type: ignore[arg-type]


def test_what_is_outside_every_letter_may_be_sent_by_the_window(books: MemoryBooks) -> None:
    case = waiting(books)
    assert send_out(command(case), books) is None
    sent = books.cases[case.id]
    assert sent.state == "with_department"
    assert sent.sent_out is not None
    assert (sent.sent_out.why, sent.sent_out.taker) == ("这个事项不在授权书里", "食品经营科")
    assert (sent.sent_out.by, sent.sent_out.at) == (CLERK, NOW)


def test_what_the_chief_may_decide_only_he_sends(books: MemoryBooks) -> None:
    case = waiting(books, INSIDE)
    for actor in (CLERK, DEPUTY, "P401"):
        refused = send_out(command(case, actor), books)
        assert refused is not None
        assert refused.type == "within-letter"
    assert books.cases[case.id] == case
    assert send_out(command(case, CHIEF), books) is None


@pytest.mark.parametrize(
    ("change", "type_"),
    [
        ({"to": "2026-06-30"}, "letter-ended"),
        ({"from": "2026-12-01"}, "letter-not-begun"),
        ({"powers": ["accept"]}, "beyond-letter"),
        ({"items": [OUTSIDE]}, "beyond-letter"),
        ({"department": "GAJ"}, "beyond-letter"),
    ],
    ids=["ended", "not begun", "power", "item", "department"],
)
def test_outside_by_item_power_dates_and_department(change: dict[str, object], type_: str) -> None:
    document = training_document()
    document["authorisations"][0] = {**document["authorisations"][0], **change}
    books = MemoryBooks(read_hall(document, "v"))
    case = waiting(books, INSIDE)
    found = outside(case, NOW, books)
    assert found is not None
    assert found.type == type_


def test_a_deputy_who_may_not_now_does_not_make_it_outside(books: MemoryBooks) -> None:
    assert outside(waiting(books, INSIDE), NOW, books) is None


@pytest.mark.parametrize("state", ["received", "accepted", "granted", "sealed", "delivered", "void", "with_department"])
def test_only_what_waits_for_signature_two_is_sent(books: MemoryBooks, state: CaseState) -> None:
    case = waiting(books, state=state)
    refused = send_out(command(case), books)
    assert refused is not None
    assert refused.type == "not-to-send-out"
    assert books.cases[case.id] == case


def test_why_and_to_whom_are_written(books: MemoryBooks) -> None:
    case = waiting(books)
    for gap, type_ in (({"taker": " "}, "taker-missing"), ({"why": ""}, "reason-missing")):
        refused = send_out(command(case, **gap), books)
        assert refused is not None
        assert refused.type == type_
    assert send_out(replace(command(case), case="nothing"), books) is not None


def test_the_slip_says_what_goes_to_whom_and_masks_the_person(books: MemoryBooks) -> None:
    case = waiting(books)
    item, name_of = books.hall.items[case.item], books.roster.name_of
    with pytest.raises(ValueError, match="送审之后"):
        send_out_slip(case, item, name_of, HEAD)
    assert send_out(command(case), books) is None
    slip = send_out_slip(books.cases[case.id], item, name_of, HEAD)
    said = {block.label: block.value for block in slip.blocks if isinstance(block, Pair)}
    assert (slip.doc_type, slip.doc_no, slip.training) == ("送审单", case.case_no, True)
    assert (said["送给"], said["为什么送"], said["送审人"]) == ("食品经营科", "这个事项不在授权书里", "罗文静")
    assert said["窗口意见"] == "拟准予。材料齐全，现场核查过。（罗文静）"
    assert said["申请人"] == "卢*珍"
    assert any(isinstance(block, Text) and "送审不停期限" in block.text for block in slip.blocks)

"""纸上写的还是不是这样: of each slip that says something of a bill, a letter or a handing over, by what the centre has."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from clerk_app.cases.decision import HandedOver
from clerk_app.command import case_subject
from clerk_app.receipts.books import PaperOut
from clerk_app.receipts.fees.model import Bill, BillVoid, Taken, bill_subject
from clerk_app.receipts.fees.slips import NOTICE, RECEIPT, VOID
from clerk_app.receipts.handing.model import Posting, Result
from clerk_app.receipts.handing.slips import ADDRESS, TRANSFER
from clerk_app.receipts.slips import HANDED_OVER
from clerk_app.server.standing_papers import stands
from clerk_app.store.columns import HALL_ZONE
from tests.cases.counter import Counter
from tests.memory_books import MemoryBooks

AT = datetime(2026, 11, 20, 10, 30, tzinfo=HALL_ZONE)
TAKEN = Taken(means="scan", amount=2000, by="P111", at=AT, window=11)
GONE = BillVoid(by="P111", at=AT, reason="开错了", agreed_by="P102")


def paper(doc_type: str, subject: str, **more: Any) -> PaperOut:
    out = PaperOut(
        id="p", doc_type=doc_type, doc_no="", copy_no=1, subject=subject, sha256="", outcome="done", at=AT, window=12
    )
    return replace(out, **more)


def bill(state: str, **more: Any) -> Bill:
    made = Bill(
        id="b", no="JK20261120-00001", payer="卢*珍", lines=(), state="open", set_by="P303", set_at=AT, window=6,
        hall_version="v", matters=(), moved_at=AT,
    )  # fmt: skip
    return replace(made, state=state, **more)


@pytest.mark.parametrize(
    ("doc_type", "found", "so"),
    [
        (NOTICE, None, False),
        (NOTICE, bill("void"), True),
        (RECEIPT, bill("open"), False),
        (RECEIPT, bill("paid", taken=TAKEN), True),
        (RECEIPT, bill("void", taken=TAKEN, void=GONE), True),
        (RECEIPT, None, False),
        (VOID, bill("paid", taken=TAKEN), False),
        (VOID, bill("void", taken=TAKEN, void=GONE), True),
    ],
)
def test_a_bills_slips(books: MemoryBooks, doc_type: str, found: Bill | None, so: bool):
    if found is not None:
        books.put_bill(found)
    assert stands(paper(doc_type, bill_subject("b")), books) is so


@pytest.fixture
def books() -> MemoryBooks:
    return Counter().books


def test_an_address_is_so_while_the_letter_went_out_under_its_waybill_even_if_it_came_back(books: MemoryBooks):
    out = paper(ADDRESS, case_subject("c"), doc_no="EX123456789")
    assert not stands(out, books)
    letter = Posting(
        waybill="EX123456789", carrier="示例快递", name="卢桂珍", phone="1", address="a", by="P108", at=AT, window=12
    )
    row = Result(
        id="c", case_no="n", document_no="d", state="posted", window=12, shelf="", moved_at=AT, posting=letter,
        waybill=letter.waybill,
    )  # fmt: skip
    books.put_result(row)
    assert stands(out, books)
    assert not stands(replace(out, doc_no="EX000000000"), books), "another letter"
    books.put_result(replace(row, state="shelved", posting=None, waybill="", posted_before=(letter,)))
    assert stands(out, books)


def test_who_says_he_handed_it_out_where_another_window_did_has_a_slip_that_is_not_so(books: MemoryBooks):
    counter = Counter()
    key = counter.accepted("食品经营新办")
    case = counter.case(key)
    slip = paper(HANDED_OVER, case_subject(key))
    counter.books.put_case(case)
    assert not stands(slip, counter.books)
    handed = HandedOver(receiver="卢桂珍", proof="身份证", by="P108", at=AT, window=12)
    counter.books.put_case(replace(case, state="delivered", handed_over=handed))
    assert stands(slip, counter.books)
    assert not stands(replace(slip, window=2), counter.books)
    assert stands(replace(slip, window=2, copy_no=2), counter.books), "a copy may come from any printer"


def test_a_handover_list_speaks_of_no_cases_course(books: MemoryBooks):
    assert stands(paper(TRANSFER, "transfer:t"), books)

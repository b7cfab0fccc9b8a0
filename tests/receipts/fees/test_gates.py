"""收费关口: fees are set from acceptance to the hand-over, and what is owed is paid before the result is handed out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clerk_app.cases.model import Case
from clerk_app.office.register import gates
from clerk_app.receipts.fees.setting import Asked
from clerk_app.receipts.handing.giving import HandOverCase
from tests.cases.test_case import RECEIVED
from tests.receipts.fees.cashier import CLERK, HOUSE, Counter
from tests.receipts.fees.test_bills import good, refused
from tests.visits import COMPANY


def case_in(counter: Counter, state: Any) -> Case:
    case = replace(RECEIVED, id=f"case-{state}", item=HOUSE, state=state, case_no="JZ20261120-00009")
    counter.books.put_case(case)
    return case


def hand_over(counter: Counter, case: Case) -> object:
    command = HandOverCase(
        id="h", at=counter.at, actor=CLERK[0], post=CLERK[1], window=CLERK[2], basis="", hall_version="", case=case.id,
        receiver="卢淑珍", proof="身份证",
    )  # fmt: skip
    return gates[command.kind](command, counter.books)


@pytest.mark.parametrize("state", ["accepted", "review", "to_authorise", "granted", "sealed"])
def test_set_from_acceptance_to_the_hand_over(state: str):
    counter = Counter()
    case = case_in(counter, state)
    bill = good(counter.sets(Asked(matter=f"case:{case.id}", charge="住宅类")))
    assert bill.lines[0].matter_no == case.case_no


@pytest.mark.parametrize("state", ["draft", "received", "delivered", "withdrawn", "void"])
def test_neither_before_nor_after(state: str):
    counter = Counter()
    refused(counter.sets(Asked(matter=f"case:{case_in(counter, state).id}", charge="住宅类")), "not-to-bill")


def test_what_is_owed_is_paid_before_the_result_is_handed_out():
    counter = Counter()
    case, other = case_in(counter, "sealed"), case_in(counter, "granted")
    refused(hand_over(counter, case), "fees-not-set")
    bill = good(counter.sets(Asked(matter=f"case:{case.id}", charge="住宅类")))
    assert bill.no in refused(hand_over(counter, case), "not-paid")
    refused(hand_over(counter, other), "fees-not-set")
    no_fee = replace(case, id="free", item=COMPANY)
    counter.books.put_case(no_fee)
    assert hand_over(counter, no_fee) is None
    good(counter.takes(bill))
    assert hand_over(counter, case) is None


def test_a_bill_that_was_withdrawn_is_set_again_or_said_to_be_free():
    counter = Counter()
    case = case_in(counter, "sealed")
    bill = good(counter.sets(Asked(matter=f"case:{case.id}", charge="住宅类")))
    assert counter.withdraws(bill) is None
    refused(hand_over(counter, case), "fees-not-set")
    free = good(counter.sets(Asked(matter=f"case:{case.id}", charge="住宅类", reduction="small")))
    assert free.state == "free"
    assert hand_over(counter, case) is None

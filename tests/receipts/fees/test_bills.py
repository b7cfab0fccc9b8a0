"""缴款单: published fees only, one sum, taken once by somebody else."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.command import Refusal
from clerk_app.receipts.fees.giving_back import AgreeBillVoid, AnswerRefund, AskBillVoid, AskRefund
from clerk_app.receipts.fees.model import Bill, bill_subject, yuan
from clerk_app.receipts.fees.setting import Asked
from clerk_app.receipts.fees.taking import BillNumber, RecordEBill
from clerk_app.receipts.fees.tariff import charges_of
from tests.duty.everyone import HALL
from tests.receipts.fees.cashier import CASHIER, CLERK, HOUSE, ID_CARD, MANAGER, OTHER_CASHIER, PASSPORT, Counter

EXTRA = "每增一本证书"


@pytest.fixture
def counter() -> Counter:
    return Counter()


def good(answer: Bill | Refusal | None) -> Bill:
    assert isinstance(answer, Bill), answer
    return answer


def refused(answer: object, kind: str) -> str:
    assert isinstance(answer, Refusal), answer
    assert answer.type == kind, answer
    assert answer.sentence.endswith("。")
    return answer.sentence


def test_one_sum_over_several_units(counter: Counter):
    card, house = counter.matter(ID_CARD), counter.matter(HOUSE)
    bill = good(
        counter.sets(
            Asked(matter=card), Asked(matter=house, charge="住宅类"), Asked(matter=house, charge=EXTRA, count=2)
        )
    )
    assert bill.due == 2000 + 8000 + 2 * 1000
    assert [unit for unit, _ in bill.by_unit()] == [HALL.items[ID_CARD].department, HALL.items[HOUSE].department]
    assert [bill.due_to(unit) for unit, _ in bill.by_unit()] == [2000, 10000]
    assert (bill.no, bill.state) == ("JK20261120-00001", "open")


@pytest.mark.parametrize(
    ("charge", "count", "kind"),
    [("没有的", 1, "not-published"), ("住宅类", 0, "count-wrong"), ("住宅类", 1000, "count-wrong")],
)
def test_only_what_is_published_is_charged(counter: Counter, charge: str, count: int, kind: str):
    refused(counter.sets(Asked(matter=counter.matter(HOUSE), charge=charge, count=count)), kind)
    assert not counter.books.bills


def test_a_fee_is_billed_once_until_that_bill_is_gone(counter: Counter):
    card = counter.matter(ID_CARD)
    bill = good(counter.sets(Asked(matter=card)))
    assert bill.no in refused(counter.sets(Asked(matter=card)), "already-billed")
    refused(counter.sets(Asked(matter=card), Asked(matter=card)), "line-twice")
    refused(counter.withdraws(bill, window=3), "bill-elsewhere")
    refused(counter.withdraws(bill, reason=" "), "reason-missing")
    assert counter.withdraws(bill) is None
    assert good(counter.sets(Asked(matter=card))).no != bill.no, "a number is used once"


def test_a_reduction_is_a_published_one_and_says_its_basis(counter: Counter):
    house = counter.matter(HOUSE)
    refused(counter.sets(Asked(matter=house, charge="住宅类", reduction="熟人")), "reduction-unknown")
    free = good(counter.sets(Asked(matter=house, charge="非住宅类", reduction="small")))
    assert (free.state, free.due) == ("free", 0), "said to be free, and by which rule"
    refused(counter.takes(free), "bill-not-open")
    bill = good(
        counter.sets(Asked(matter=house, charge="住宅类", reduction="small"), Asked(matter=house, charge=EXTRA))
    )
    assert (bill.lines[0].due, bill.lines[0].reduction, bill.due) == (0, "小微企业", 1000)
    assert bill.lines[0].reduction_basis


def test_what_was_not_taken_there_or_is_unknown_has_no_fee(counter: Counter):
    refused(counter.sets(Asked(matter=counter.matter(ID_CARD, outcome="not_taken"))), "unknown-matter")
    refused(counter.sets(Asked(matter="external:nobody")), "unknown-matter")
    refused(counter.sets(Asked(matter="case:nobody")), "unknown-case")


def test_where_none_of_it_is_taken_in_nothing_is_billed(counter: Counter):
    card, house = counter.matter(ID_CARD), counter.matter(HOUSE)
    assert "身份证换领" in refused(counter.sets(Asked(matter=card), window=2), "item-elsewhere")
    both = counter.sets(Asked(matter=house, charge="住宅类"), Asked(matter=card))
    assert good(both).due == 10000, "one bill for whoever came for both"


def test_who_sets_never_takes(counter: Counter):
    bill = good(counter.sets(Asked(matter=counter.matter(ID_CARD))))
    setter_at_the_till = (CLERK[0], CASHIER[1], CASHIER[2])
    refused(counter.takes(bill, setter_at_the_till), "set-and-take")
    assert counter.bill(bill.id).state == "open"


@pytest.mark.parametrize("wrong", [-1, 1, -2000])
def test_exactly_what_is_due_and_once(counter: Counter, wrong: int):
    bill = good(counter.sets(Asked(matter=counter.matter(ID_CARD))))
    assert yuan(bill.due) in refused(counter.takes(bill, amount=bill.due + wrong), "amount-wrong")
    paid = good(counter.takes(bill))
    assert paid.state == "paid"
    refused(counter.takes(paid), "bill-not-open")
    refused(counter.withdraws(bill), "bill-not-open")


def test_cash_only_where_every_unit_has_its_basis(counter: Counter):
    card, house = HALL.items[ID_CARD].department, HALL.items[HOUSE].department
    counter.with_cash(card)
    both = good(
        counter.sets(Asked(matter=counter.matter(ID_CARD)), Asked(matter=counter.matter(HOUSE), charge="住宅类"))
    )
    assert "现金" in refused(counter.takes(both, means="cash"), "means-not-allowed")
    counter.with_cash(card, house)
    assert good(counter.takes(both, means="cash")).taken.means == "cash"


def test_a_state_bill_stands_on_one_bill_only(counter: Counter):
    first, second = (good(counter.sets(Asked(matter=counter.matter(ID_CARD)))) for _ in range(2))
    numbers = counter.numbers(first)
    assert good(counter.takes(first, ebills=numbers)).without_ebill() == ()
    assert first.no in refused(counter.takes(second, ebills=numbers), "ebill-used")
    assert good(counter.takes(second)).without_ebill() == (second.lines[0].unit,)
    late = counter.numbers(second, first=9)[0]
    assert counter.does(CASHIER, RecordEBill, bill=second.id, ebill=late) is None
    assert counter.bill(second.id).without_ebill() == ()


@pytest.mark.parametrize(
    "change", [{"code": "123"}, {"number": "12345678901"}, {"check": "12 456"}, {"number": "１２３４５６７８９０"}]
)
def test_a_number_that_cannot_be_is_not_kept(counter: Counter, change: dict[str, str]):
    bill = good(counter.sets(Asked(matter=counter.matter(PASSPORT))))
    plain = {"unit": bill.lines[0].unit, "code": "42010126", "number": "0000000001", "check": "a1b2c3"}
    refused(counter.takes(bill, ebills=(BillNumber(**{**plain, **change}),)), "ebill-shape")
    assert counter.bill(bill.id).state == "open"


class TestGoingBack:
    """当日更正 by two; 退付 later, on finance's paper."""

    def paid(self, counter: Counter) -> Bill:
        return good(counter.takes(good(counter.sets(Asked(matter=counter.matter(ID_CARD))))))

    def test_two_persons_on_the_same_day(self, counter: Counter):
        bill = self.paid(counter)
        refused(counter.does(MANAGER, AgreeBillVoid, bill=bill.id), "void-not-asked")
        refused(counter.does(CASHIER, AskBillVoid, bill=bill.id, reason=" "), "reason-missing")
        assert counter.does(CASHIER, AskBillVoid, bill=bill.id, reason="金额选错") is None
        refused(counter.does(CASHIER, AgreeBillVoid, bill=bill.id), "same-person")
        assert counter.does(MANAGER, AgreeBillVoid, bill=bill.id) is None
        void = counter.bill(bill.id)
        assert (void.state, void.void.by, void.void.agreed_by) == ("void", CASHIER[0], MANAGER[0])

    def test_whoever_took_the_money_never_agrees(self, counter: Counter):
        bill = self.paid(counter)
        assert counter.does(OTHER_CASHIER, AskBillVoid, bill=bill.id, reason="重了") is None
        refused(counter.does(CASHIER, AgreeBillVoid, bill=bill.id), "same-person")

    def test_another_day_it_is_finances(self, counter: Counter):
        bill = self.paid(counter)
        refused(counter.does(CASHIER, AskRefund, bill=bill.id, amount=bill.due, reason="没办成"), "still-today")
        counter.at += timedelta(days=1)
        refused(counter.does(CASHIER, AskBillVoid, bill=bill.id, reason="金额选错"), "not-the-day")
        refused(counter.does(CASHIER, AskRefund, bill=bill.id, amount=bill.due + 1, reason="没办成"), "amount-wrong")
        assert counter.does(CASHIER, AskRefund, bill=bill.id, amount=bill.due, reason="没办成") is None
        answer = {
            "bill": bill.id,
            "answer": "granted",
            "answer_no": "江财退〔2026〕3号",
            "answered_on": counter.at.date(),
        }
        refused(counter.does(CASHIER, AnswerRefund, **{**answer, "answer_no": ""}), "answer-no-missing")
        future = counter.at.date() + timedelta(days=1)
        refused(counter.does(CASHIER, AnswerRefund, **{**answer, "answered_on": future}), "answer-day-wrong")
        assert counter.does(CASHIER, AnswerRefund, **answer) is None
        assert counter.bill(bill.id).state == "refunded"

    def test_refused_by_finance_it_stands_as_paid(self, counter: Counter):
        bill = self.paid(counter)
        counter.at += timedelta(days=3)
        assert counter.does(CASHIER, AskRefund, bill=bill.id, amount=1, reason="多收") is None
        said = {"answer": "refused", "answer_no": "不退", "answered_on": counter.at.date()}
        assert counter.does(CASHIER, AnswerRefund, bill=bill.id, **said) is None
        assert (counter.bill(bill.id).state, counter.bill(bill.id).refund.answer) == ("paid", "refused")


PRICED = [item for item in HALL.items.values() if charges_of(item)]


@given(st.data())
def test_the_sum_is_the_sum_of_its_units_and_nobody_pays_more_than_the_list_says(data: st.DataObject):
    counter = Counter()
    asked, most = [], Decimal(0)
    for item in data.draw(st.lists(st.sampled_from(PRICED), min_size=1, max_size=4)):
        matter = counter.matter(item.code)
        for charge in data.draw(st.lists(st.sampled_from(charges_of(item)), min_size=1, unique_by=lambda c: c.key)):
            count = data.draw(st.integers(1, 999))
            reduction = data.draw(st.sampled_from(["", *(one.key for one in charge.reductions)]))
            asked.append(Asked(matter=matter, charge=charge.key, count=count, reduction=reduction))
            most += Decimal(charge.amount) / 100 * count
    bill = counter.sets(*asked)
    assert isinstance(bill, Bill), bill
    if bill.state == "free":
        assert bill.due == 0
        return
    assert sum(bill.due_to(unit) for unit, _ in bill.by_unit()) == bill.due
    assert Decimal(yuan(bill.due)) == sum((Decimal(line.due) for line in bill.lines), Decimal(0)) / 100
    assert 0 < Decimal(yuan(bill.due)) <= most
    assert counter.books.open_bills() == counter.books.bills_of(bill.matters[0]) == (bill,)
    assert bill_subject(bill.id) == f"bill:{bill.id}"

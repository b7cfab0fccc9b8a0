"""收费日结: what the bills say against what was counted; two where money moved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.receipts.fees.closing import CloseMoneyDay, Counted, HandInCash, SignMoneyDay
from clerk_app.receipts.fees.drawer import MoneyDay, money_day_key
from clerk_app.receipts.fees.giving_back import AgreeBillVoid, AskBillVoid, AskRefund, DropBillVoid
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.setting import Asked
from tests.duty.everyone import NOW
from tests.receipts.fees.cashier import CASHIER, HOUSE, ID_CARD, MANAGER, OTHER_CASHIER, Counter
from tests.receipts.fees.test_bills import good, refused

DAY = NOW.date()
KEY = money_day_key(DAY, CASHIER[2])


@pytest.fixture
def counter() -> Counter:
    return Counter()


def paid(counter: Counter, first: int = 1, **more: object) -> Bill:
    bill = good(
        counter.sets(Asked(matter=counter.matter(ID_CARD)), Asked(matter=counter.matter(HOUSE), charge="住宅类"))
    )
    return good(counter.takes(bill, ebills=counter.numbers(bill, first), **more))


def counted(bill: Bill, *, short: int = 0, means: str = "scan") -> tuple[Counted, ...]:
    sums = [(unit, bill.due_to(unit)) for unit, _ in bill.by_unit()]
    return tuple(Counted(unit=unit, means=means, amount=due - short) for unit, due in sums)


def closes(counter: Counter, *lines: Counted, why: str = "", day: date = DAY) -> object:
    return counter.does(CASHIER, CloseMoneyDay, day=day, counted=lines, why=why)


def the_day(counter: Counter) -> MoneyDay:
    found = counter.books.money_day(KEY)
    assert found is not None
    return found


def test_a_day_without_money_is_one_persons(counter: Counter):
    assert closes(counter) is None
    assert (the_day(counter).state, the_day(counter).moved) == ("closed", False)
    refused(counter.does(MANAGER, SignMoneyDay, money_day=KEY), "not-to-sign")


def test_where_money_moved_two_sign(counter: Counter):
    bill = paid(counter)
    assert closes(counter, *counted(bill)) is None
    assert (the_day(counter).state, the_day(counter).bills, the_day(counter).difference) == ("counted", 1, 0)
    refused(counter.does(CASHIER, SignMoneyDay, money_day=KEY), "same-person")
    assert counter.does(OTHER_CASHIER, SignMoneyDay, money_day=KEY) is None
    assert (the_day(counter).state, the_day(counter).second) == ("closed", OTHER_CASHIER[0])
    refused(closes(counter), "money-day-closed")


def test_after_counting_nothing_moves_unless_it_is_counted_again(counter: Counter):
    bill = paid(counter)
    late = good(counter.sets(Asked(matter=counter.matter(ID_CARD))))
    assert closes(counter, *counted(bill)) is None
    refused(counter.takes(late), "money-day-closed")
    refused(counter.does(CASHIER, AskBillVoid, bill=bill.id, reason="重了"), "not-the-day")
    assert counter.does(MANAGER, SignMoneyDay, money_day=KEY, again="少点了一张") is None
    assert good(counter.takes(late, ebills=counter.numbers(late, 50))).state == "paid"
    both = (*counted(bill), *counted(late))
    assert closes(counter, *both) is None
    assert (the_day(counter).bills, the_day(counter).difference) == (2, 0)


def test_a_difference_is_explained(counter: Counter):
    bill = paid(counter)
    lines = counted(bill, short=100)
    assert "2.00" in refused(closes(counter, *lines), "difference-unexplained")
    assert closes(counter, *lines, why="找零多找了两次一元") is None
    assert (the_day(counter).difference, the_day(counter).why) == (-200, "找零多找了两次一元")


def test_two_differences_that_make_nought_are_differences(counter: Counter):
    bill = paid(counter)
    first, second = counted(bill)
    moved = (
        Counted(unit=first.unit, means="scan", amount=first.amount + 5),
        Counted(unit=second.unit, means="scan", amount=second.amount - 5),
    )
    refused(closes(counter, *moved), "difference-unexplained")


def test_what_is_not_settled_keeps_the_day_open(counter: Counter):
    bare = good(counter.takes(good(counter.sets(Asked(matter=counter.matter(ID_CARD))))))
    assert bare.no in refused(closes(counter, *counted(bare)), "ebill-missing")
    asked = paid(counter, 20)
    assert counter.does(CASHIER, AskBillVoid, bill=asked.id, reason="重了") is None
    assert asked.no in refused(closes(counter, *counted(asked)), "void-waiting")
    assert counter.does(MANAGER, AgreeBillVoid, bill=asked.id) is None
    assert counter.books.ebill_used(asked.ebill_numbers[0]) == "", "its state bill went back too"


def test_what_was_asked_for_and_never_agreed_to_can_be_dropped_another_day(counter: Counter):
    bill = paid(counter)
    assert counter.does(CASHIER, AskBillVoid, bill=bill.id, reason="重了") is None
    counter.at += timedelta(days=1)
    refused(counter.does(MANAGER, AgreeBillVoid, bill=bill.id), "not-the-day")
    refused(closes(counter, *counted(bill)), "void-waiting")
    assert counter.does(CASHIER, DropBillVoid, bill=bill.id) is None
    refused(counter.does(CASHIER, DropBillVoid, bill=bill.id), "void-not-asked")
    assert closes(counter, *counted(bill)) is None
    assert (the_day(counter).state, counter.bill(bill.id).state) == ("counted", "paid")


def test_an_application_to_finance_takes_the_place_of_what_was_asked_for(counter: Counter):
    bill = paid(counter)
    assert counter.does(CASHIER, AskBillVoid, bill=bill.id, reason="重了") is None
    counter.at += timedelta(days=1)
    assert counter.does(CASHIER, AskRefund, bill=bill.id, amount=1, reason="多收") is None
    assert counter.bill(bill.id).asked_void is None


def test_cash_at_the_bank_is_kept_once(counter: Counter):
    fields = {"handed": "h1", "day": DAY, "unit": "GAJ", "amount": 2000, "slip_no": " 0099 "}
    assert counter.does(CASHIER, HandInCash, **fields) is None
    assert counter.does(CASHIER, HandInCash, **{**fields, "amount": 1}) is None
    (row,) = counter.books.cash_handed_in(DAY)
    assert (row.amount, row.slip_no) == (2000, "0099")


@given(
    st.lists(st.tuples(st.sampled_from([ID_CARD, HOUSE]), st.sampled_from(["scan", "card"]), st.booleans()), max_size=8)
)
def test_what_is_booked_is_what_was_taken_and_not_voided(day: list[tuple[str, str, bool]]):
    counter, stands = Counter(), 0
    for place, (item, means, gone) in enumerate(day):
        charge = "住宅类" if item == HOUSE else ""
        bill = good(counter.sets(Asked(matter=counter.matter(item), charge=charge)))
        assert good(counter.takes(bill, means=means, ebills=counter.numbers(bill, place + 1))).state == "paid"
        if gone:
            assert counter.does(CASHIER, AskBillVoid, bill=bill.id, reason="重了") is None
            assert counter.does(MANAGER, AgreeBillVoid, bill=bill.id) is None
        stands += 0 if gone else bill.due
    assert closes(counter, why="没点") is None
    assert sum(line.booked for line in the_day(counter).lines) == stands
    assert the_day(counter).state == ("counted" if stands else "closed")

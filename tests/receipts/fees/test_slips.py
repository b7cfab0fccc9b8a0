"""缴费的纸: one sum in figures and capitals, by unit with its code; no state bill, no seal, no person in full."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.receipts.fees.closing import CloseMoneyDay, Counted, SignMoneyDay
from clerk_app.receipts.fees.day_sheet import day_sheet
from clerk_app.receipts.fees.drawer import CashHandedIn, money_day_key
from clerk_app.receipts.fees.reading import read_ebill, read_yuan
from clerk_app.receipts.fees.setting import Asked
from clerk_app.receipts.fees.slips import NOT_A_BILL, payment_notice, payment_receipt
from clerk_app.receipts.slip import Qr, Slip
from printers.layout import Line, lay_out
from tests.duty.everyone import HALL, NOW
from tests.receipts.fees.cashier import CASHIER, HOUSE, ID_CARD, MANAGER, Counter
from tests.receipts.fees.test_bills import good
from tests.receipts.test_slips import HEAD, words


def unit(code: str) -> str:
    return HALL.roster.departments[code].name


def set_of_two(counter: Counter, **more: object):
    return good(
        counter.sets(
            Asked(matter=counter.matter(ID_CARD)), Asked(matter=counter.matter(HOUSE), charge="住宅类", count=2, **more)
        )
    )


def fits(slip: Slip) -> None:
    for columns in (32, 42, 48):
        assert all(row.width <= columns for row in lay_out(slip, columns) if isinstance(row, Line))


def test_the_notice_says_what_where_and_to_whom():
    bill = set_of_two(Counter())
    notice = payment_notice(bill, unit, HEAD, "11号窗口")
    said = words(notice)
    for part in (bill.no, "180.00 元", "壹佰捌拾元整", "11号窗口", "103042704", "80.00 元 × 2", unit("GAJ"), "卢*珍"):
        assert part in said, part
    assert [block.data for block in notice.blocks if isinstance(block, Qr)] == [f"bill:{bill.id}"]
    fits(notice)


def test_a_reduction_stands_with_its_basis():
    said = words(payment_notice(set_of_two(Counter(), reduction="small"), unit, HEAD, "11号窗口"))
    assert "减 160.00 元" in said
    assert "财税" in said


def test_the_receipt_is_no_state_bill_and_quotes_it():
    counter = Counter()
    bill = set_of_two(counter)
    with pytest.raises(ValueError, match="收款之后"):
        payment_receipt(bill, unit, "翁玉兰", HEAD)
    paid = good(counter.takes(bill, ebills=counter.numbers(bill)[:1]))
    receipt = payment_receipt(paid, unit, "翁玉兰", HEAD)
    said = words(receipt)
    assert NOT_A_BILL in said
    assert "42010126 0000000001 校验 a1b2c3" in said
    assert f"{unit(paid.without_ebill()[0])}的财政票据另开" in said
    with pytest.raises(ValueError, match="缴款之前"):
        payment_notice(paid, unit, HEAD, "11号窗口")
    fits(receipt)


def test_the_day_sheet_shows_the_difference_and_who_signed():
    counter = Counter()
    bill = set_of_two(counter)
    good(counter.takes(bill, ebills=counter.numbers(bill)))
    counted = tuple(Counted(unit=one, means="scan", amount=bill.due_to(one) - 100) for one, _ in bill.by_unit())
    assert counter.does(CASHIER, CloseMoneyDay, day=NOW.date(), counted=counted, why="终端少两笔") is None
    key = money_day_key(NOW.date(), CASHIER[2])
    cash = [CashHandedIn(id="h", day=NOW.date(), unit="GAJ", amount=2000, slip_no="0099", by="P111", at=NOW, window=11)]
    name_of = HALL.roster.name_of
    waits = words(day_sheet(counter.books.money_day(key), cash, unit, name_of, HEAD))
    assert "等第二人复核" in waits
    assert counter.does(MANAGER, SignMoneyDay, money_day=key) is None
    sheet = day_sheet(counter.books.money_day(key), cash, unit, name_of, HEAD)
    said = words(sheet)
    for part in ("180.00", "178.00", "短款", "2.00 元", "终端少两笔", "0099", name_of(MANAGER[0]), "收 1 张"):
        assert part in said, part
    fits(sheet)


def test_a_day_without_money_needs_no_signature():
    counter = Counter()
    assert counter.does(CASHIER, CloseMoneyDay, day=NOW.date()) is None
    said = words(day_sheet(counter.books.money_day(money_day_key(NOW.date(), 11)), (), unit, HALL.roster.name_of, HEAD))
    assert "没有收款" in said
    assert "签字" not in said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("01,01,42010126,0000000001,a1b2c3,20261122,20.00", "0000000001"),
        ("42010126 0000000002 A1B2C3", "0000000002"),
        ("代码：42010126 号码：0000000003 校验码：000111", "0000000003"),
        ("42010126 000000000 a1b2c3", None),
        ("142010126 0000000001 a1b2c3", None),
        ("", None),
    ],
)
def test_a_state_bill_is_read_only_when_all_of_it_is_there(text: str, number: str | None):
    found = read_ebill(text, "GAJ")
    assert (found.number if found else None) == number


@given(st.integers(0, 99_999_999))
def test_yuan_is_read_back_exactly(fen: int):
    assert read_yuan(f"{fen // 100}.{fen % 100:02d}") == fen


@pytest.mark.parametrize("text", ["", "十元", "-1", "1.005", "NaN", "inf", "1e9", "٣"])
def test_what_is_no_amount_is_none(text: str):
    assert read_yuan(text) is None


def test_a_payer_without_a_name_leaves_no_empty_line():
    bill = replace(set_of_two(Counter()), payer="")
    assert "缴款人" not in words(payment_notice(bill, unit, HEAD, "11号窗口"))

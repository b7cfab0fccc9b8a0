"""收款 exactly what is due, once, by somebody who did not set it; the state's bill is read in or typed before the day is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from clerk_app.command import Refusal, UseCase
from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.fees.drawer import money_day_key
from clerk_app.receipts.fees.model import SETTLED, Bill, EBill, Means, Taken, means_words, yuan
from clerk_app.receipts.fees.setting import BillCommand, unknown_bill

_shapes = {"code": re.compile(r"[0-9]{8}"), "number": re.compile(r"[0-9]{10}"), "check": re.compile(r"[0-9A-Za-z]{6}")}


@dataclass(frozen=True, kw_only=True)
class BillNumber:
    """票据号 what was read from the state's bill of one unit."""

    unit: str
    code: str
    number: str
    check: str


@dataclass(frozen=True, kw_only=True)
class TakePayment(BillCommand):
    """收款 `amount` in fen as it was counted or shown by the machine; `ebills` may follow later."""

    kind: ClassVar[str] = "take_payment"
    means: Means
    amount: int
    ebills: tuple[BillNumber, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordEBill(BillCommand):
    """记票据号 of one unit, scanned or typed; again while the day is open, it takes the place of the first."""

    kind: ClassVar[str] = "record_ebill"
    ebill: BillNumber


def take_payment(command: TakePayment, books: FeeBooks) -> Refusal | None:
    """Refused: another sum, a means not allowed, the person who set it, a bill that is not open, a day already closed."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    refusal = (
        _same_person(command, bill) or _not_by(command.means, bill, books) or day_closed(command, books)
        or _wrong_numbers(command.ebills, bill, books)
    )  # fmt: skip
    if refusal is not None:
        return refusal
    taken = Taken(
        means=command.means,
        amount=command.amount,
        by=command.actor,
        at=command.at,
        window=command.window,
        acting_for=command.acting_for or "",
    )
    paid = bill.pay(taken)
    if isinstance(paid, Refusal):
        return paid
    books.put_bill(paid.with_ebills(*(_entered(one, command) for one in command.ebills)))
    return None


def _same_person(command: TakePayment, bill: Bill) -> Refusal | None:
    if bill.set_by in (command.actor, command.acting_for):
        return Refusal("set-and-take", f"{bill.no} 的收费项是你定的，不能由你收款，没有收。请另一位收费员收。")
    return None


def _not_by(means: Means, bill: Bill, books: FeeBooks) -> Refusal | None:
    allowed = books.fee_rules.means_for(tuple(unit for unit, _ in bill.by_unit()))
    if means in allowed:
        return None
    ways = "、".join(means_words[one] for one in allowed) or "别的办法"
    return Refusal("means-not-allowed", f"{bill.no} 不收{means_words[means]}，没有收款。请用{ways}缴。")


def day_closed(command: BillCommand, books: FeeBooks) -> Refusal | None:
    """What the day's close has counted is not moved any more."""
    day = books.money_day(money_day_key(command.at.date(), command.window))
    if day is None or not day.counts:
        return None
    return Refusal("money-day-closed", "本窗口今天已经日结，没有记。钱先还给人，明天再收。")


def _wrong_numbers(given: tuple[BillNumber, ...], bill: Bill, books: FeeBooks) -> Refusal | None:
    for place, one in enumerate(given):
        if any(before.unit == one.unit for before in given[:place]):
            return Refusal("ebill-twice", "同一个执收单位写了两张票据，没有记。留下一张再记。")
        if refusal := wrong_number(one, bill, books):
            return refusal
    return None


def wrong_number(one: BillNumber, bill: Bill, books: FeeBooks) -> Refusal | None:
    """A number that cannot be, that is of a unit without money here, or that stands on another bill."""
    if not bill.due_to(one.unit):
        return Refusal("unit-not-billed", f"{bill.no} 上没有这个执收单位的钱，票据号没有记。核对是哪一张。")
    if not all(shape.fullmatch(getattr(one, name)) for name, shape in _shapes.items()):
        said = "票据代码 8 位、号码 10 位、校验码 6 位，对不上，没有记。再扫一次票上的码，或照票逐位输。"
        return Refusal("ebill-shape", said)
    used = books.ebill_used(f"{one.code}-{one.number}")
    if used and used != bill.no:
        return Refusal("ebill-used", f"这张票据已经记在 {used} 上，没有再记。核对拿的是哪一张票。")
    return None


def record_ebill(command: RecordEBill, books: FeeBooks) -> Refusal | None:
    """After the money; typed as a fallback until the day is closed."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    if bill.state not in SETTLED:
        return Refusal("not-paid", f"{bill.no} 还没有收款，票据号没有记。收了款再记。")
    wrong = wrong_number(command.ebill, bill, books)
    known = bill.ebill(command.ebill.unit)
    closed = day_closed(command, books) if known is not None else None
    if wrong or closed:
        return wrong or closed
    books.put_bill(bill.with_ebills(_entered(command.ebill, command)).moved(command.at))
    return None


def _entered(one: BillNumber, command: BillCommand) -> EBill:
    return EBill(unit=one.unit, code=one.code, number=one.number, check=one.check, by=command.actor, at=command.at)


def change_of(given: int, due: int) -> str:
    """找零 said before the money is booked; empty when nothing comes back."""
    return f"找零 {yuan(given - due)} 元" if given > due else ""


taking_use_cases = (
    UseCase(TakePayment, take_payment, "money"),
    UseCase(RecordEBill, record_ebill, "money"),
)

"""更正与退付 two acts: on the same day the bill is voided by two persons (当日更正); later finance is applied to, and its answer kept (退付).

Never is money taken out of the drawer for it: after the day's close what was taken is the state's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from clerk_app.command import Refusal, UseCase
from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.fees.drawer import money_day_key
from clerk_app.receipts.fees.model import Bill, BillVoid, Refund, bill_state_words
from clerk_app.receipts.fees.setting import BillCommand, unknown_bill

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class AskBillVoid(BillCommand):
    """请更正 whoever took the money says why the bill is wrong; nothing moves until a second person agrees."""

    kind: ClassVar[str] = "ask_bill_void"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgreeBillVoid(BillCommand):
    """同意更正 the second person, by PIN: the bill is void, the money goes back the way it came, a new one may be set."""

    kind: ClassVar[str] = "agree_bill_void"


@dataclass(frozen=True, kw_only=True)
class DropBillVoid(BillCommand):
    """不更正了 what was asked for is asked for no more, on whichever day: or it would keep the day's close open for ever."""

    kind: ClassVar[str] = "drop_bill_void"


@dataclass(frozen=True, kw_only=True)
class AskRefund(BillCommand):
    """申请退付 at finance, for money of an earlier day or of a day that is closed."""

    kind: ClassVar[str] = "ask_refund"
    amount: int
    reason: str
    paper_no: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerRefund(BillCommand):
    """财政答复 as it stands on finance's paper."""

    kind: ClassVar[str] = "answer_refund"
    answer: Literal["granted", "refused"]
    answer_no: str
    answered_on: date


def ask_bill_void(command: AskBillVoid, books: FeeBooks) -> Refusal | None:
    """Today's money, before the day's close."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    refusal = not_today(bill, command, books)
    if refusal is not None:
        return refusal
    if not command.reason.strip() or len(command.reason) > LONGEST:
        return Refusal("reason-missing", f"更正要写一句为什么，不超过 {LONGEST} 个字，没有请。")
    asked = BillVoid(by=command.actor, at=command.at, reason=command.reason.strip())
    books.put_bill(bill.moved(command.at, asked_void=asked))
    return None


def not_today(bill: Bill, command: BillCommand, books: FeeBooks) -> Refusal | None:
    """Why it cannot be corrected on the spot."""
    if bill.state != "paid" or bill.taken is None:
        said = f"{bill.no} 现在是{bill_state_words[bill.state]}，没有更正。"
        return Refusal("bill-not-paid", said + ("没收款的直接撤。" if bill.state == "open" else "看一眼缴款单。"))
    taken = bill.taken
    day = books.money_day(money_day_key(taken.at.date(), taken.window))
    closed = day is not None and day.counts
    if taken.at.date() != command.at.date() or closed:
        return Refusal("not-the-day", f"{bill.no} 的钱已经日结，不能当日更正。走退付：记申请，等财政答复。")
    return None


def agree_bill_void(command: AgreeBillVoid, books: FeeBooks) -> Refusal | None:
    """Not who asked, not who took the money."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    refusal = not_today(bill, command, books)
    if refusal is not None:
        return refusal
    asked = bill.asked_void
    if asked is None:
        return Refusal("void-not-asked", f"{bill.no} 没有人请更正，没有作废。收款的人先请，再来同意。")
    if command.actor in (asked.by, bill.taken.by if bill.taken else ""):
        return Refusal("same-person", f"{bill.no} 的更正要另一个人同意，没有作废。请值班长来。")
    void = replace(asked, agreed_by=command.actor, at=command.at, asked_at=asked.at)
    books.put_bill(bill.moved(command.at, state="void", asked_void=None, void=void))
    return None


def drop_bill_void(command: DropBillVoid, books: FeeBooks) -> Refusal | None:
    """The bill stands as it was."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    if bill.asked_void is None:
        return Refusal("void-not-asked", f"{bill.no} 没有人请更正，什么都没改。")
    books.put_bill(bill.moved(command.at, asked_void=None))
    return None


def ask_refund(command: AskRefund, books: FeeBooks) -> Refusal | None:
    """What can still be corrected today is not applied for."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    if bill.state != "paid" or bill.taken is None:
        return Refusal("bill-not-paid", f"{bill.no} 现在是{bill_state_words[bill.state]}，没有记退付申请。")
    if not_today(bill, command, books) is None:
        return Refusal("still-today", f"{bill.no} 是今天收的，还没日结，走当日更正，没有记退付申请。")
    if not 0 < command.amount <= bill.due:
        return Refusal("amount-wrong", f"退付的钱要多于零、不超过 {bill.no} 收的，没有记。")
    if not command.reason.strip() or len(command.reason) > LONGEST:
        return Refusal("reason-missing", f"退付要写一句为什么，不超过 {LONGEST} 个字，没有记。")
    refund = Refund(
        amount=command.amount,
        reason=command.reason.strip(),
        by=command.actor,
        at=command.at,
        paper_no=command.paper_no.strip(),
    )
    books.put_bill(bill.moved(command.at, state="refund_asked", refund=refund, asked_void=None))
    return None


def answer_refund(command: AnswerRefund, books: FeeBooks) -> Refusal | None:
    """Granted: it is refunded; refused: it stands as paid, and the answer is kept."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    if bill.state != "refund_asked" or bill.refund is None:
        return Refusal("refund-not-asked", f"{bill.no} 没有等答复的退付申请，没有记。")
    if not command.answer_no.strip():
        return Refusal("answer-no-missing", "还没写财政答复的文号，没有记。照答复上的写。")
    if command.answered_on > command.at.date() or command.answered_on < bill.refund.at.date():
        return Refusal("answer-day-wrong", "答复的日期要在申请以后、今天以前，没有记。照答复上的写。")
    refund = replace(
        bill.refund,
        answer=command.answer,
        answer_no=command.answer_no.strip(),
        answered_on=command.answered_on,
        answered_by=command.actor,
    )
    books.put_bill(bill.moved(command.at, state="refunded" if command.answer == "granted" else "paid", refund=refund))
    return None


giving_back_use_cases = (
    UseCase(AskBillVoid, ask_bill_void, "money"),
    UseCase(AgreeBillVoid, agree_bill_void, "money_second"),
    UseCase(DropBillVoid, drop_bill_void, "money"),
    UseCase(AskRefund, ask_refund, "money"),
    UseCase(AnswerRefund, answer_refund, "money"),
)

"""更正、退付与收费日结 at the paying window: what takes two persons, what waits for finance, and the day's end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.office.counter.bill_papers import unit_name, void_of
from clerk_app.office.counter.by_pin import Countersigner, hand_of
from clerk_app.office.counter.fees import take_up
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.fees.closing import (
    CloseMoneyDay,
    Counted,
    HandInCash,
    SignMoneyDay,
    bills_of_day,
    booked,
    money_lines,
)
from clerk_app.receipts.fees.day_sheet import day_sheet
from clerk_app.receipts.fees.drawer import CashHandedIn, MoneyDay, MoneyLine, money_day_key
from clerk_app.receipts.fees.giving_back import AgreeBillVoid, AnswerRefund, AskBillVoid, AskRefund, DropBillVoid
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.slip import Slip

CUT_NOW = Refusal("line-cut", "线路断着，验不了第二人的 PIN，没有办。线路恢复再请他来。")


BACK = timedelta(days=31)
"""So far back a day is looked for that nobody closed."""


@dataclass(frozen=True)
class MoneyToday:
    """今天的钱 what this window took, what is still wanted before the day can be closed, and how the day stands.

    `on` is today, or an earlier day that is not closed yet: first that one.
    """

    on: date
    bills: tuple[Bill, ...]
    lines: tuple[MoneyLine, ...]
    """Booked; nothing is counted yet."""
    without_ebill: tuple[Bill, ...]
    asked_void: tuple[Bill, ...]
    cash: tuple[CashHandedIn, ...]
    day: MoneyDay | None


def money_today(office: Office) -> MoneyToday:
    """今天的钱 of this window, or what an earlier day left open."""
    now, window = office.parts.clock.now(), office.window

    def look(books: Books) -> MoneyToday:
        asked = _to_close(books, window, now)
        bills = bills_of_day(books, asked, window, now)
        return MoneyToday(
            on=asked,
            bills=bills,
            lines=money_lines(booked(bills), ()),
            without_ebill=tuple(bill for bill in bills if bill.state != "void" and bill.without_ebill()),
            asked_void=tuple(bill for bill in bills if bill.asked_void is not None),
            cash=tuple(row for row in books.cash_handed_in(asked) if row.window == window),
            day=books.money_day(money_day_key(asked, window)),
        )

    return office.read(look)


def _to_close(books: Books, window: int, now: datetime) -> date:
    """The oldest day with money of this window that is not closed; else today."""
    today = now.date()
    moved = books.bills_moved_since(now - BACK)
    days = {bill.taken.at.date() for bill in moved if bill.taken is not None and bill.taken.window == window}

    def closed(day: date) -> bool:
        row = books.money_day(money_day_key(day, window))
        return row is not None and row.state == "closed"

    return min((day for day in days if day < today and not closed(day)), default=today)


def ask_void(office: Office, bill: str, reason: str) -> Outcome:
    """请更正. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    return take_up(office, bill) or office.do(AskBillVoid(**fields, bill=bill, reason=reason))


def agree_void(office: Office, bill: str, by: Countersigner) -> Outcome:
    """同意更正 by the second person's PIN, with the slip that says so. Not for the screen's thread."""
    if refusal := take_up(office, bill):
        return refusal
    hand = hand_of(office, by, CUT_NOW)
    if isinstance(hand, Refusal):
        return hand

    def papers(books: Books) -> Iterable[Slip]:
        found = books.bill(bill)
        made = void_of(office, found) if found is not None else None
        return [] if made is None else [made]

    command = AgreeBillVoid(**hand.stamp.fields(office.parts.new_id), bill=bill)
    return office.do(command, papers, hand.beside)


def drop_void(office: Office, bill: str) -> Outcome:
    """不更正了. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    return take_up(office, bill) or office.do(DropBillVoid(**fields, bill=bill))


def ask_refund(office: Office, bill: str, amount: int, reason: str, paper_no: str = "") -> Outcome:
    """申请退付. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    command = AskRefund(**fields, bill=bill, amount=amount, reason=reason, paper_no=paper_no)
    return take_up(office, bill) or office.do(command)


def answer_refund(
    office: Office, bill: str, answer: Literal["granted", "refused"], answer_no: str, answered_on: date
) -> Outcome:
    """记财政答复. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    command = AnswerRefund(**fields, bill=bill, answer=answer, answer_no=answer_no, answered_on=answered_on)
    return take_up(office, bill) or office.do(command)


def hand_in_cash(office: Office, day: date, unit: str, amount: int, slip_no: str) -> Outcome:
    """交存现金. What a person can mend is asked here; the entry itself is a fact."""
    if amount <= 0:
        return Refusal("amount-wrong", "交存的钱要多于零，没有记。照银行回单写。")
    if not slip_no.strip():
        return Refusal("slip-no-missing", "还没写银行回单号，没有记。照回单写上再记。")
    fields = office.stamp().fields(office.parts.new_id)
    handed = office.parts.new_id()
    return office.do(HandInCash(**fields, handed=handed, day=day, unit=unit, amount=amount, slip_no=slip_no))


def close_day(office: Office, day: date, counted: Sequence[Counted], why: str = "") -> Outcome:
    """收费日结; a day without money is closed at once, and its sheet comes out."""
    command = CloseMoneyDay(**office.stamp().fields(office.parts.new_id), day=day, counted=tuple(counted), why=why)
    key = money_day_key(day, command.window)
    return office.do(command, lambda books: _sheet(office, books, key))


def sign_day(office: Office, key: str, by: Countersigner, again: str = "") -> Outcome:
    """复核日结 by PIN: the sheet comes out, or (`again`) it is counted once more. Not for the screen's thread."""
    hand = hand_of(office, by, CUT_NOW)
    if isinstance(hand, Refusal):
        return hand
    command = SignMoneyDay(**hand.stamp.fields(office.parts.new_id), money_day=key, again=again)
    return office.do(command, lambda books: _sheet(office, books, key), hand.beside)


def _sheet(office: Office, books: Books, key: str) -> list[Slip]:
    """Only what is closed has one: a second sheet of the day would be a copy."""
    day = books.money_day(key)
    if day is None or day.state != "closed":
        return []
    cash = [row for row in books.cash_handed_in(day.day) if row.window == day.window]
    return [day_sheet(day, cash, unit_name(office), office.hall.roster.name_of, office.letterhead)]

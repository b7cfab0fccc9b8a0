"""收费日结 the window's money of a day: counted by the cashier, differences explained, two signatures only where money moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.fees.drawer import (
    CashHandedIn,
    MoneyDay,
    MoneyLine,
    cash_subject,
    money_day_key,
    money_day_subject,
)
from clerk_app.receipts.fees.model import SETTLED, Bill, yuan

_Sums = Counter[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class HandInCash(Command):
    """交存现金 of one unit and day, with the bank slip's number."""

    kind: ClassVar[str] = "hand_in_cash"
    fact: ClassVar[bool] = True
    handed: str
    day: date
    unit: str
    amount: int
    slip_no: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The entry."""
        return (cash_subject(self.handed),)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """点的数 of one unit by one means, in fen."""

    unit: str
    means: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class CloseMoneyDay(Command):
    """收费日结 what the cashier counted. Where money moved it waits for the second person's signature."""

    kind: ClassVar[str] = "close_money_day"
    day: date
    counted: tuple[Counted, ...] = ()
    why: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The day of this window."""
        return (money_day_subject(money_day_key(self.day, self.window)),)


@dataclass(frozen=True, kw_only=True)
class SignMoneyDay(Command):
    """日结复核 the second person, by PIN: it is right, or (`again`) it is counted once more, and why."""

    kind: ClassVar[str] = "sign_money_day"
    money_day: str
    again: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The day of a window."""
        return (money_day_subject(self.money_day),)


def hand_in_cash(command: HandInCash, books: FeeBooks) -> Refusal | None:
    """It has happened at the bank: always written."""
    if any(row.id == command.handed for row in books.cash_handed_in(command.day)):
        return None
    books.put_cash_handed_in(
        CashHandedIn(
            id=command.handed,
            day=command.day,
            unit=command.unit,
            amount=command.amount,
            slip_no=command.slip_no.strip(),
            by=command.actor,
            at=command.at,
            window=command.window,
        )
    )
    return None


def bills_of_day(books: FeeBooks, day: date, window: int, at: datetime) -> tuple[Bill, ...]:
    """Those whose money this window took that day, the voided ones too."""
    found = books.bills_moved_since(datetime.combine(day, time.min, at.tzinfo))
    return tuple(
        bill for bill in found if bill.taken is not None and bill.taken.window == window and bill.taken.at.date() == day
    )


def booked(bills: Iterable[Bill]) -> _Sums:
    """账上 by unit and means, in fen; what was voided the same day is not in it."""
    sums: _Sums = Counter()
    for bill in bills:
        if bill.taken is None or bill.state not in SETTLED:
            continue
        for unit, lines in bill.by_unit():
            sums[unit, bill.taken.means] += sum(line.due for line in lines)
    return sums


def close_money_day(command: CloseMoneyDay, books: FeeBooks) -> Refusal | None:
    """Once; a difference has its reason, and where money moved a second person signs."""
    if command.day > command.at.date():
        return Refusal("day-to-come", "这一天还没到，没有日结。")
    key = money_day_key(command.day, command.window)
    known = books.money_day(key)
    if known is not None and known.counts:
        return Refusal("money-day-closed", f"{command.day.month}月{command.day.day}日本窗口已经日结，没有再结。")
    bills = bills_of_day(books, command.day, command.window, command.at)
    lines = money_lines(booked(bills), command.counted)
    day = MoneyDay(
        id=key,
        day=command.day,
        window=command.window,
        lines=lines,
        bills=sum(bill.state in SETTLED for bill in bills),
        voided=sum(bill.state == "void" for bill in bills),
        why=command.why.strip(),
        by=command.actor,
        at=command.at,
    )
    refusal = _not_to_close(day, bills)
    if refusal is None:
        books.put_money_day(replace(day, state="counted" if day.moved else "closed"))
    return refusal


def sign_money_day(command: SignMoneyDay, books: FeeBooks) -> Refusal | None:
    """Not the one who counted."""
    day = books.money_day(command.money_day)
    if day is None or day.state != "counted":
        return Refusal("not-to-sign", "这一天没有等复核的收费日结，没有签。收费员先点数、日结，再来签。")
    if command.actor == day.by:
        return Refusal("same-person", "日结要另一个人复核，没有签。请值班长或另一位收费员来。")
    said = command.again.strip()
    signed = replace(day, second=command.actor, second_at=command.at, second_said=said)
    books.put_money_day(replace(signed, state="again" if said else "closed"))
    return None


def money_lines(sums: _Sums, counted: Iterable[Counted]) -> tuple[MoneyLine, ...]:
    """Every unit and means that is on either side."""
    seen: _Sums = Counter()
    for one in counted:
        seen[one.unit, one.means] += one.amount
    keys = sorted({*sums, *seen})
    return tuple(
        MoneyLine(unit=unit, means=means, booked=sums[unit, means], counted=seen[unit, means]) for unit, means in keys
    )


def _not_to_close(day: MoneyDay, bills: tuple[Bill, ...]) -> Refusal | None:
    asked = next((bill for bill in bills if bill.asked_void is not None), None)
    if asked is not None:
        return Refusal("void-waiting", f"{asked.no} 请了更正，还没人同意，没有日结。先定下来再结。")
    unread = next((bill for bill in bills if bill.state in SETTLED and bill.without_ebill()), None)
    if unread is not None:
        return Refusal("ebill-missing", f"{unread.no} 的财政票据号还没记，没有日结。扫票补上再结。")
    if any(line.difference for line in day.lines) and not day.why:
        said = f"点的和账上差 {yuan(abs(day.difference))} 元" if day.difference else "点的和账上各项对不上"
        return Refusal("difference-unexplained", f"{said}，还没写为什么，没有日结。再点一遍，或写明原因。")
    return None


closing_use_cases = (
    UseCase(HandInCash, hand_in_cash, "money"),
    UseCase(CloseMoneyDay, close_money_day, "money"),
    UseCase(SignMoneyDay, sign_money_day, "money_second"),
)

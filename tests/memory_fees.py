"""收费账 in memory: what `receipts.fees.books` asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from clerk_app.hall import Hall
from clerk_app.receipts.fees.drawer import CashHandedIn, MoneyDay
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.rules import FeeRules


class MemoryFees:
    """What the fees ask for."""

    hall: Hall

    def __init__(self) -> None:
        self.bills: dict[str, Bill] = {}
        self.cash: dict[str, CashHandedIn] = {}
        self.money_days: dict[str, MoneyDay] = {}

    @property
    def fee_rules(self) -> FeeRules:
        return self.hall.fees

    def bill(self, key: str) -> Bill | None:
        return self.bills.get(key)

    def put_bill(self, bill: Bill) -> None:
        self.bills[bill.id] = bill

    def bill_numbered(self, no: str) -> Bill | None:
        return next((bill for bill in self.bills.values() if bill.no == no), None)

    def bills_of(self, matter: str) -> tuple[Bill, ...]:
        return self._bills(lambda bill: matter in bill.matters)

    def open_bills(self) -> tuple[Bill, ...]:
        return self._bills(lambda bill: bill.state == "open")

    def bills_moved_since(self, at: datetime) -> tuple[Bill, ...]:
        return self._bills(lambda bill: bill.moved_at >= at)

    def ebill_used(self, key: str) -> str:
        found = self._bills(lambda bill: bill.state != "void" and key in bill.ebill_numbers)
        return found[0].no if found else ""

    def _bills(self, fits: Callable[[Bill], bool]) -> tuple[Bill, ...]:
        return tuple(sorted(filter(fits, self.bills.values()), key=lambda bill: (bill.set_at, bill.id)))

    def cash_handed_in(self, day: date) -> tuple[CashHandedIn, ...]:
        return tuple(row for row in self.cash.values() if row.day == day)

    def put_cash_handed_in(self, row: CashHandedIn) -> None:
        self.cash[row.id] = row

    def money_day(self, key: str) -> MoneyDay | None:
        return self.money_days.get(key)

    def put_money_day(self, row: MoneyDay) -> None:
        self.money_days[row.id] = row

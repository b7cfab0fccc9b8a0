"""收费账 what bills, the drawer's cash and the day's close need from the books."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.external import ExternalBooks
from clerk_app.receipts.fees.drawer import CashHandedIn, MoneyDay
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.rules import FeeRules


class FeeBooks(CaseBooks, ExternalBooks, Protocol):
    """收费账."""

    @property
    def fee_rules(self) -> FeeRules:
        """What the hall says of taking money."""
        ...

    def bill(self, key: str) -> Bill | None:
        """One bill by id."""
        ...

    def put_bill(self, bill: Bill) -> None:
        """Write one bill."""
        ...

    def bill_numbered(self, no: str) -> Bill | None:
        """One bill by its number."""
        ...

    def bills_of(self, matter: str) -> tuple[Bill, ...]:
        """All bills that have a line for this case or matter, oldest first."""
        ...

    def open_bills(self) -> tuple[Bill, ...]:
        """待缴 oldest first."""
        ...

    def bills_moved_since(self, at: datetime) -> tuple[Bill, ...]:
        """Set, paid, voided or asked back since this moment, oldest first."""
        ...

    def ebill_used(self, key: str) -> str:
        """The number of the bill that has the state bill of this code and number (`EBill.key`); empty for none."""
        ...

    def cash_handed_in(self, day: date) -> tuple[CashHandedIn, ...]:
        """交存 of a day, oldest first."""
        ...

    def put_cash_handed_in(self, row: CashHandedIn) -> None:
        """Write one."""
        ...

    def money_day(self, key: str) -> MoneyDay | None:
        """日结 of one window and day."""
        ...

    def put_money_day(self, row: MoneyDay) -> None:
        """Write one."""
        ...

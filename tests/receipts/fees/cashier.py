"""A hall with a fee-bearing case and matter, a clerk who sets fees, and a cashier at the paying window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from clerk_app.cases.external import ExternalMatter
from clerk_app.command import Command, Refusal
from clerk_app.office.register import build_register
from clerk_app.ports import NumberBlock
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.setting import Asked, SetBill, WithdrawBill, bill_kind
from clerk_app.receipts.fees.taking import BillNumber, TakePayment
from tests.duty.everyone import HALL, NOW
from tests.memory_books import MemoryBooks

ID_CARD, HOUSE = "11429900MBX003033P4000109002001", "11429900MBX006066R4000715001001"
PASSPORT = "11429900MBX003033P4000109003001"
REGISTER = build_register()
CLERK, CASHIER, OTHER_CASHIER, MANAGER = (
    ("P303", "C1", 6),
    ("P111", "H1", 11),
    ("P112", "H1", 11),
    ("P102", "R-ZWJ", 1),
)
_ids = count(1)


def new_id() -> str:
    return f"id-{next(_ids)}"


class Counter:
    """窗口 commands by whoever is named, at the moment that is set."""

    def __init__(self, at: datetime = NOW) -> None:
        self.books = MemoryBooks(HALL)
        self.books.give_block(NumberBlock(id="bills", kind=bill_kind(at.year), first=1, last=500))
        self.at, self._serial = at, count(1)

    def matter(self, item: str, outcome: str = "finished") -> str:
        """Another system's matter, as the clerk recorded it."""
        row = ExternalMatter(
            id=new_id(), ticket="", item=item, outcome=outcome, other_number="GA-1", promised_on=None, by="P301",
            at=self.at, window=5,
        )  # fmt: skip
        self.books.put_external_matter(row)
        return f"external:{row.id}"

    def does(self, who: tuple[str, str, int], kind: type[Command], **fields: Any) -> Refusal | None:
        person, post, window = who
        command = kind(
            id=new_id(), at=self.at, actor=person, post=post, window=window, basis=f"a_role:{post}", hall_version=HALL.version,
            **fields,
        )  # fmt: skip
        return REGISTER[command.kind].act(command, self.books)

    def sets(self, *asked: Asked, window: int = 0) -> Bill | Refusal:
        """At the window of the first matter, unless it is said otherwise."""
        bill, who = new_id(), (*CLERK[:2], window or self._window_of(asked[0].matter if asked else ""))
        refusal = self.does(
            who, SetBill, bill=bill, asked=asked, payer="卢*珍", block="bills", serial=next(self._serial)
        )
        return refusal or self.bill(bill)

    def withdraws(self, bill: Bill, reason: str = "选错了", window: int = 0) -> Refusal | None:
        who = (*CLERK[:2], window or bill.window)
        return self.does(who, WithdrawBill, bill=bill.id, reason=reason)

    def _window_of(self, matter: str) -> int:
        word, _, key = matter.partition(":")
        row = self.books.external_matter(key) if word == "external" else self.books.case(key)
        return HALL.items[row.item].windows[0] if row is not None else CLERK[2]

    def takes(self, bill: Bill, who: tuple[str, str, int] = CASHIER, **changes: Any) -> Bill | Refusal:
        fields = {"means": "scan", "amount": bill.due, **changes}
        return self.does(who, TakePayment, bill=bill.id, **fields) or self.bill(bill.id)

    def bill(self, key: str) -> Bill:
        found = self.books.bill(key)
        assert found is not None
        return found

    def numbers(self, bill: Bill, first: int = 1) -> tuple[BillNumber, ...]:
        """State bills for every unit of it."""
        return tuple(
            BillNumber(unit=unit, code="42010126", number=f"{first + place:010d}", check="a1b2c3")
            for place, (unit, _) in enumerate(bill.by_unit())
        )

    def with_cash(self, *units: str) -> None:
        """The hall's rules name these units' cash."""
        fees = replace(self.books.hall.fees, cash=dict.fromkeys(units, "批文"))
        self.books.hall = replace(self.books.hall, fees=fees)

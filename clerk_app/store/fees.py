"""收费账 bills by what they are for, by state, by what happened to them; the drawer and the day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Boolean, ColumnElement, String, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from clerk_app.receipts.fees.drawer import CashHandedIn, MoneyDay
from clerk_app.receipts.fees.model import Bill
from clerk_app.receipts.fees.rules import FeeRules
from clerk_app.store.cabinet import Question, Shelved
from clerk_app.store.tables_fees import bills, cash_handed_in

_b, _c = bills.c, cash_handed_in.c


class HasWord(GenericFunction[bool]):
    """含有 whether a JSON list of words has this one."""

    type = Boolean()
    inherit_cache = True
    name = "has_word"


@compiles(HasWord, "postgresql")
def _has_in_postgresql(element: HasWord, compiler: SQLCompiler, **more: Any) -> str:
    column, word = (compiler.process(part, **more) for part in element.clauses)
    return f"{column} @> jsonb_build_array(CAST({word} AS text))"


@compiles(HasWord, "sqlite")
def _has_in_sqlite(element: HasWord, compiler: SQLCompiler, **more: Any) -> str:
    column, word = (compiler.process(part, **more) for part in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_each.value = {word})"


def _has(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    return HasWord(column, bindparam(name, type_=String()))


_hall = _b.hall == bindparam("hall")
_oldest_first = (_b.set_at, _b.id)
_of_matter = Question(
    "bill",
    select(bills).where(_hall, _has(_b.matters, "matter")).order_by(*_oldest_first),
    fits=lambda bill, asked: asked["matter"] in bill.matters,
)
_numbered = Question(
    "bill", select(bills).where(_hall, _b.no == bindparam("no")), fits=lambda bill, asked: bill.no == asked["no"]
)
_with_ebill = Question(
    "bill",
    select(bills).where(_hall, _has(_b.ebill_numbers, "key"), _b.state != "void"),
    fits=lambda bill, asked: bill.state != "void" and asked["key"] in bill.ebill_numbers,
)
_open = Question(
    "bill",
    select(bills).where(_hall, _b.state == "open").order_by(*_oldest_first),
    fits=lambda bill, _asked: bill.state == "open",
)


_moved = Question(
    "bill",
    select(bills).where(_hall, _b.moved_at >= bindparam("since")).order_by(*_oldest_first),
    fits=lambda bill, asked: bill.moved_at >= asked["since"],
)
_cash = Question(
    "cash",
    select(cash_handed_in).where(_c.hall == bindparam("hall"), _c.day == bindparam("day")).order_by(_c.at, _c.id),
    fits=lambda row, asked: row.day == asked["day"],
)


class FeeRows(Shelved):
    """收费账 what `receipts.fees.books` asks for."""

    @property
    def fee_rules(self) -> FeeRules:
        """收费规则."""
        return self.hall.fees

    def bill(self, key: str) -> Bill | None:
        """缴款单."""
        return cast("Bill | None", self.cabinet.get("bill", key))

    def put_bill(self, bill: Bill) -> None:
        """写缴款单."""
        self.cabinet.put("bill", bill)

    def bill_numbered(self, no: str) -> Bill | None:
        """一个单号的."""
        return next(iter(self.cabinet.ask(_numbered, hall=self.hall.id, no=no)), None)

    def bills_of(self, matter: str) -> tuple[Bill, ...]:
        """一件事的."""
        return self.cabinet.ask(_of_matter, hall=self.hall.id, matter=matter)

    def open_bills(self) -> tuple[Bill, ...]:
        """待缴."""
        return self.cabinet.ask(_open, hall=self.hall.id)

    def bills_moved_since(self, at: datetime) -> tuple[Bill, ...]:
        """某时以来动过的."""
        return self.cabinet.ask(_moved, hall=self.hall.id, since=at)

    def ebill_used(self, key: str) -> str:
        """票据记在哪张上."""
        return next((bill.no for bill in self.cabinet.ask(_with_ebill, hall=self.hall.id, key=key)), "")

    def cash_handed_in(self, day: date) -> tuple[CashHandedIn, ...]:
        """一天的交存."""
        return self.cabinet.ask(_cash, hall=self.hall.id, day=day)

    def put_cash_handed_in(self, row: CashHandedIn) -> None:
        """写交存."""
        self.cabinet.put("cash", row)

    def money_day(self, key: str) -> MoneyDay | None:
        """收费日结."""
        return cast("MoneyDay | None", self.cabinet.get("money_day", key))

    def put_money_day(self, row: MoneyDay) -> None:
        """写收费日结."""
        self.cabinet.put("money_day", row)

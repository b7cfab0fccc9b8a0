"""缴款单 one bill over everything a citizen owes here at once (一费清), in fen; who set it never takes the money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal

from clerk_app.command import Refusal

BillState = Literal["open", "free", "paid", "void", "refund_asked", "refunded"]
bill_state_words: dict[str, str] = {
    "open": "待缴",
    "free": "免缴",
    "paid": "已缴",
    "void": "作废",
    "refund_asked": "申请退付",
    "refunded": "已退付",
}
Means = Literal["scan", "card", "cash"]
means_words: dict[str, str] = {"scan": "扫码", "card": "刷卡", "cash": "现金"}
SETTLED: tuple[BillState, ...] = ("paid", "refund_asked", "refunded")

bill_subject = "bill:{}".format


@dataclass(frozen=True, kw_only=True)
class BillLine:
    """收费项 so many of one published fee, what is taken off and why; `unit` collects it (执收单位).

    `matter` is the case or the matter of another system it is for, as a subject; `matter_no` its number, where it has one.
    """

    matter: str
    matter_no: str
    item: str
    charge: str
    name: str
    unit: str
    code: str
    basis: str
    price: int
    count: int
    reduction: str = ""
    reduction_basis: str = ""
    reduced: int = 0

    @property
    def due(self) -> int:
        """应缴 in fen."""
        return self.price * self.count - self.reduced


@dataclass(frozen=True, kw_only=True)
class EBill:
    """财政票据 the state's own bill of one unit: its code (8 digits), number (10) and check code (6). We print none."""

    unit: str
    code: str
    number: str
    check: str
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """票据的名字 its code and number."""
        return f"{self.code}-{self.number}"

    @property
    def said(self) -> str:
        """As it stands on slips."""
        return f"{self.code} {self.number} 校验 {self.check}"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """收款 by what means, how much, by whom, when, where."""

    means: Means
    amount: int
    by: str
    at: datetime
    window: int
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class BillVoid:
    """作废缴款单 by whom, why; after the money was taken also who agreed (当日更正)."""

    by: str
    at: datetime
    reason: str
    agreed_by: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Refund:
    """退付 what was applied for and what finance answered; the money never comes out of the drawer."""

    amount: int
    reason: str
    by: str
    at: datetime
    paper_no: str = ""
    """The application's number at finance."""
    answer: Literal["", "granted", "refused"] = ""
    answer_no: str = ""
    answered_on: date | None = None
    answered_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Bill:
    """缴款单 `no` is on every paper of it; `payer` is the masked name."""

    id: str
    no: str
    payer: str
    lines: tuple[BillLine, ...]
    state: BillState
    set_by: str
    set_at: datetime
    window: int
    hall_version: str
    matters: tuple[str, ...]
    """What it is for, each once: it is found by them."""
    moved_at: datetime
    """When anything was last done with it."""
    taken: Taken | None = None
    ebills: tuple[EBill, ...] = ()
    ebill_numbers: tuple[str, ...] = ()
    """代码和号码 of its state bills: each stands on one bill only."""
    asked_void: BillVoid | None = None
    void: BillVoid | None = None
    refund: Refund | None = None

    @property
    def due(self) -> int:
        """应缴 one sum for the citizen, in fen."""
        return sum(line.due for line in self.lines)

    def by_unit(self) -> tuple[tuple[str, tuple[BillLine, ...]], ...]:
        """Its lines grouped by collecting unit, each unit where it first stands."""
        order = {unit: place for place, unit in enumerate(dict.fromkeys(line.unit for line in self.lines))}
        lines = sorted(self.lines, key=lambda line: order[line.unit])
        return tuple((unit, tuple(group)) for unit, group in groupby(lines, key=lambda line: line.unit))

    def due_to(self, unit: str) -> int:
        """What one unit gets, in fen."""
        return sum(line.due for line in self.lines if line.unit == unit)

    def ebill(self, unit: str) -> EBill | None:
        """The state's bill of a unit, once it is known."""
        return next((one for one in self.ebills if one.unit == unit), None)

    def without_ebill(self) -> tuple[str, ...]:
        """待补票号 the units whose bill is still to be read in."""
        return tuple(unit for unit, lines in self.by_unit() if self.due_to(unit) and self.ebill(unit) is None)

    def moved(self, at: datetime, **changes: Any) -> Bill:
        """It was done something with."""
        return replace(self, moved_at=at, **changes)

    def with_ebills(self, *fresh: EBill) -> Bill:
        """These take the place of what was known of their units."""
        units = {one.unit for one in fresh}
        ebills = (*(one for one in self.ebills if one.unit not in units), *fresh)
        return replace(self, ebills=ebills, ebill_numbers=tuple(one.key for one in ebills))

    def pay(self, taken: Taken) -> Bill | Refusal:
        """收款 exactly what is due, once."""
        if self.state != "open":
            said = f"{self.no} 现在是{bill_state_words[self.state]}，没有收款。看一眼缴款单，钱先还给人。"
            return Refusal("bill-not-open", said)
        if taken.amount != self.due:
            return Refusal(
                "amount-wrong", f"{self.no} 应缴 {yuan(self.due)} 元，收的是 {yuan(taken.amount)} 元，没有记。"
            )
        return self.moved(taken.at, state="paid", taken=taken)


def yuan(fen: int) -> str:
    """元 with two places: 2000 → 20.00."""
    return f"{fen // 100}.{fen % 100:02d}"

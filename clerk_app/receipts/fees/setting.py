"""定收费项 the clerk sets what is due: published fees, so many, with a published reduction or none (一费清)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from clerk_app.cases.catalogue import Item
from clerk_app.cases.states import RUNNING
from clerk_app.command import Command, Refusal, UseCase
from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.fees.model import Bill, BillLine, BillVoid, bill_state_words, bill_subject
from clerk_app.receipts.fees.tariff import Charge, charges_of, reduced_by

MOST_COUNT, MOST_LINES = 999, 50
_LATER = ("sealed",)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """要收的一项 so many of a published fee (`charge`, empty where the item has one) for a matter (`case:…`, `external:…`)."""

    matter: str
    charge: str = ""
    count: int = 1
    reduction: str = ""


@dataclass(frozen=True, kw_only=True)
class BillCommand(Command):
    """缴款单命令 an act on one bill."""

    bill: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The bill."""
        return (bill_subject(self.bill),)


@dataclass(frozen=True, kw_only=True)
class SetBill(BillCommand):
    """开缴款单 over everything asked; `block` and `serial` are of its number. The bill is nobody's until a cashier takes it up."""

    kind: ClassVar[str] = "set_bill"
    asked: tuple[Asked, ...]
    payer: str
    block: str
    serial: int

    @property
    def about(self) -> tuple[str, ...]:
        """The matters too: whoever has them in hand sets their fees."""
        return (bill_subject(self.bill), *dict.fromkeys(one.matter for one in self.asked))


@dataclass(frozen=True, kw_only=True)
class WithdrawBill(BillCommand):
    """撤缴款单 before anybody paid."""

    kind: ClassVar[str] = "withdraw_bill"
    reason: str


def bill_kind(year: int) -> str:
    """号段名 the kind of number block bill numbers come from."""
    return f"bill_no:{year}"


def bill_number(day: date, serial: int) -> str:
    """缴款单号 JK20261122-00017."""
    return f"JK{day:%Y%m%d}-{serial:05d}"


def set_bill(command: SetBill, books: FeeBooks) -> Refusal | None:
    """Refused: what is not published, was billed already, is another window's, is not so far or over.

    Where everything is taken off, that is written down (免缴): the result is handed out on it.
    """
    if books.bill(command.bill) is not None:
        return Refusal("bill-exists", "这张缴款单已经开了，没有再开。")
    lines = lines_of(command.asked, books, command.window)
    if isinstance(lines, Refusal):
        return lines
    refusal = books.spend_number(bill_kind(command.at.year), command.block, command.serial, command.id)
    if refusal is not None:
        return refusal
    bill = Bill(
        id=command.bill,
        no=bill_number(command.at.date(), command.serial),
        payer=command.payer.strip(),
        lines=lines,
        state="open" if sum(line.due for line in lines) else "free",
        set_by=command.actor,
        set_at=command.at,
        window=command.window,
        hall_version=command.hall_version,
        matters=tuple(dict.fromkeys(line.matter for line in lines)),
        moved_at=command.at,
    )
    books.put_bill(bill)
    return None


def lines_of(asked: Sequence[Asked], books: FeeBooks, window: int) -> tuple[BillLine, ...] | Refusal:
    """收费项 as they would stand on the bill; the page shows the sum before anybody sets it."""
    if not asked or len(asked) > MOST_LINES:
        return Refusal("lines-missing", f"还没选收什么，没有开缴款单。选一项到{MOST_LINES}项再开。")
    if len({(one.matter, one.charge) for one in asked}) < len(asked):
        return Refusal("line-twice", "同一项选了两次，没有开缴款单。改成一行，写上份数。")
    lines: list[BillLine] = []
    for one in asked:
        line = _line(one, books)
        if isinstance(line, Refusal):
            return line
        lines.append(line)
    items = [item for line in lines if (item := books.item(line.item)) is not None]
    if not any(window in item.windows for item in items):
        said = f"{window}号窗口不办{'、'.join(dict.fromkeys(item.short for item in items))}，没有开缴款单。"
        return Refusal("item-elsewhere", said + "到收件的窗口定收费。")
    return tuple(lines)


def _line(asked: Asked, books: FeeBooks) -> BillLine | Refusal:
    item, no = _matter(asked.matter, books)
    if isinstance(item, Refusal):
        return item
    charge = next((one for one in charges_of(item) if one.key == asked.charge), None)
    if charge is None:
        return Refusal("not-published", f"目录里没有公布“{item.name}”这项收费，没有开缴款单。没公布的一分也不收。")
    if not 1 <= asked.count <= MOST_COUNT:
        return Refusal("count-wrong", f"份数要在 1 到 {MOST_COUNT} 之间，没有开缴款单。")
    if already := next((no for no in _billed(asked, books)), ""):
        return Refusal("already-billed", f"“{charge.name}”已经开在 {already} 上，没有再开。要改先撤那一张。")
    return _reduced(
        BillLine(
            matter=asked.matter,
            matter_no=no,
            item=item.code,
            charge=charge.key,
            name=charge.name,
            unit=charge.unit,
            code=charge.code,
            basis=charge.basis,
            price=charge.amount,
            count=asked.count,
        ),
        charge,
        asked.reduction,
    )


def _reduced(line: BillLine, charge: Charge, key: str) -> BillLine | Refusal:
    if not key:
        return line
    reduction = charge.reduction(key)
    if reduction is None:
        return Refusal("reduction-unknown", "目录里没有公布这个减免，没有开缴款单。换一个减免，或照标准收。")
    return replace(
        line,
        reduction=reduction.name,
        reduction_basis=reduction.basis,
        reduced=reduced_by(charge, reduction, line.count),
    )


def _matter(subject: str, books: FeeBooks) -> tuple[Item | Refusal, str]:
    """The item of a case or of another system's matter, while its fees may be set."""
    word, _, key = subject.partition(":")
    if word == "external":
        matter = books.external_matter(key)
        if matter is None or matter.outcome not in ("taken", "finished"):
            return Refusal("unknown-matter", "没有这件部门系统的收件记录，没有开缴款单。先记外部系统办件。"), ""
        code, no = matter.item, matter.other_number
    else:
        case = books.case(key)
        if case is None:
            return Refusal("unknown-case", "没有这件办件，没有开缴款单。核对编号。"), ""
        if case.state not in RUNNING and case.state not in _LATER:
            return Refusal("not-to-bill", "这件现在不能定收费，没有开缴款单。受理以后、交出以前才定。"), ""
        code, no = case.item, case.case_no
    item = books.item(code)
    return (item if item is not None else Refusal("unknown-item", f"目录里没有事项 {code}，没有开缴款单。")), no


def _billed(asked: Asked, books: FeeBooks) -> Iterator[str]:
    """The bills that have this very fee of this matter and stand."""
    for bill in books.bills_of(asked.matter):
        stands = bill.state not in ("void", "refunded")
        if stands and any((line.matter, line.charge) == (asked.matter, asked.charge) for line in bill.lines):
            yield bill.no


def withdraw_bill(command: WithdrawBill, books: FeeBooks) -> Refusal | None:
    """Only what nobody has paid; the number stays used."""
    bill = books.bill(command.bill)
    if bill is None:
        return unknown_bill()
    if bill.window != command.window:
        return Refusal("bill-elsewhere", f"{bill.no} 是{bill.window}号窗口开的，这里没有撤。到那个窗口撤。")
    if bill.state not in ("open", "free"):
        said = f"{bill.no} 现在是{bill_state_words[bill.state]}，没有撤。已收的钱当天走更正，以后走退付。"
        return Refusal("bill-not-open", said)
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写为什么撤，没有撤。写一句再撤。")
    void = BillVoid(by=command.actor, at=command.at, reason=command.reason.strip())
    books.put_bill(bill.moved(command.at, state="void", void=void))
    return None


def unknown_bill() -> Refusal:
    """No such bill here."""
    return Refusal("unknown-bill", "没有这张缴款单，什么都没改。扫缴款通知上的码，或核对单号。")


setting_use_cases = (
    UseCase(SetBill, set_bill, "fees"),
    UseCase(WithdrawBill, withdraw_bill, "fees"),
)

"""收费关口 what is owed is paid before the result is handed out (rules: paid or zero)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, case_subject
from clerk_app.receipts.fees.books import FeeBooks
from clerk_app.receipts.fees.model import SETTLED
from clerk_app.receipts.fees.tariff import charges_of

PAID_UP = (*SETTLED, "free")
Gate = Callable[[Any, Any], Refusal | None]


def paid_up(command: CaseCommand, books: FeeBooks) -> Refusal | None:
    """No open bill of this case; and where its item is charged for, one that was paid, or said to be free."""
    bills = books.bills_of(case_subject(command.case))
    unpaid = next((bill for bill in bills if bill.state == "open"), None)
    if unpaid is not None:
        return Refusal("not-paid", f"{unpaid.no} 还没缴，没有记交出。结果先留着，请人到收费窗口缴了再来。")
    case = books.case(command.case)
    item = books.item(case.item) if case is not None else None
    if item is None or not charges_of(item) or any(bill.state in PAID_UP for bill in bills):
        return None
    return Refusal("fees-not-set", f"{item.name}要收费，还没定收费项，没有记交出。先开缴款单；该免的选减免，也记一张。")


fee_gates: Mapping[str, Gate] = {"hand_over_case": paid_up, "post_result": paid_up}
"""By kind: what hands a result out stands in a room beside this one (`receipts.handing`)."""

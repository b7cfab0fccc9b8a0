"""收费关口 what is owed is paid before the result is handed out (rules: paid or zero)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clerk_app.cases.decisions import HandOverCase
from clerk_app.command import Refusal, case_subject
from clerk_app.receipts.fees.books import FeeBooks

Gate = Callable[[Any, Any], Refusal | None]


def paid_up(command: HandOverCase, books: FeeBooks) -> Refusal | None:
    """No open bill of this case."""
    unpaid = next((bill for bill in books.bills_of(case_subject(command.case)) if bill.state == "open"), None)
    if unpaid is None:
        return None
    return Refusal("not-paid", f"{unpaid.no} 还没缴，没有记交出。结果先留着，请人到收费窗口缴了再来。")


fee_gates: Mapping[str, Gate] = {HandOverCase.kind: paid_up}

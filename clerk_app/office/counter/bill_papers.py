"""缴费的纸 what a bill's slips say as it stands now: none when it would not be so any more."""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.duty.paying_windows import where_to_pay
from clerk_app.office.office import Office
from clerk_app.receipts.fees.model import SETTLED, Bill
from clerk_app.receipts.fees.slips import NOTICE, RECEIPT, VOID, payment_notice, payment_receipt, void_receipt
from clerk_app.receipts.slip import Slip

BILL_SLIPS = frozenset({NOTICE, RECEIPT, VOID})


def bill_slip(office: Office, bill: Bill, doc_type: str) -> Slip | None:
    """One of its slips by kind."""
    made = {NOTICE: notice_of, RECEIPT: receipt_of, VOID: void_of}.get(doc_type)
    return made(office, bill) if made is not None else None


def notice_of(office: Office, bill: Bill) -> Slip | None:
    """缴款通知 while it is open."""
    return payment_notice(bill, unit_name(office), office.letterhead, pay_at(office)) if bill.state == "open" else None


def receipt_of(office: Office, bill: Bill) -> Slip | None:
    """缴费凭条 once it is paid, and while it is."""
    if bill.taken is None or bill.state not in SETTLED:
        return None
    cashier = office.hall.roster.name_for(bill.taken.by, bill.taken.acting_for or None)
    return payment_receipt(bill, unit_name(office), cashier, office.letterhead)


def void_of(office: Office, bill: Bill) -> Slip | None:
    """更正凭条 once what was paid is void."""
    if bill.void is None or bill.taken is None:
        return None
    return void_receipt(bill, unit_name(office), office.hall.roster.name_of, office.letterhead)


def unit_name(office: Office) -> Callable[[str], str]:
    """执收单位 by its name."""
    departments = office.hall.roster.departments
    return lambda unit: departments[unit].name if unit in departments else unit


def pay_at(office: Office) -> str:
    """到哪里缴 the windows where somebody takes money."""
    return where_to_pay(office.hall.roster)

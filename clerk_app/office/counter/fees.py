"""收费 what the counter does with fees: set them, take the money, read the state's bill in; each with its slip.

Who takes up a bill asks the centre for it first: two paying windows never take the same money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from clerk_app.cases.external import external_subject
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal, case_subject
from clerk_app.office.counter.bill_papers import notice_of, receipt_of
from clerk_app.office.counter.paper_copies import operator_name, print_again
from clerk_app.office.line.blocks import BILL_BLOCK, draw
from clerk_app.office.line.holding import claim
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.receipts.fees.model import Bill, BillLine, Means, bill_subject
from clerk_app.receipts.fees.setting import Asked, SetBill, WithdrawBill, bill_kind, lines_of
from clerk_app.receipts.fees.slips import RECEIPT
from clerk_app.receipts.fees.taking import BillNumber, RecordEBill, TakePayment
from clerk_app.receipts.fees.tariff import Charge, charges_of
from clerk_app.receipts.kept_slip import once_more
from clerk_app.receipts.slip import Slip

NO_NUMBER = Refusal("no-number", "线路断着，缴款单号用完了，没有开。线路恢复再开，先记在纸上。")
CUT = Refusal("line-cut", "线路断着，不知道别的窗口收了没有，没有收款。线路恢复再收，钱先还给人。")
NOT_YET = Refusal(
    "held-elsewhere", "这张缴款单刚开、还没送到中心，或已在收费窗口手上，没有撤。等几秒再撤，或到收费窗口说。"
)
ELSEWHERE = Refusal("held-elsewhere", "这张缴款单正在别的收费窗口手上，没有收款。请人到那个窗口缴。")


@dataclass(frozen=True)
class Chargeable:
    """可以收费的一件事 a case or another system's matter of this visit, with what is published for it."""

    matter: str
    name: str
    charges: tuple[Charge, ...]


def chargeable(office: Office, ticket: str) -> tuple[Chargeable, ...]:
    """What of this visit may be charged for; empty: there is nothing to pay."""

    def look(books: Books) -> list[tuple[str, str]]:
        case = books.case_of_ticket(ticket)
        found = [] if case is None else [(case_subject(case.id), case.item)]
        taken = (row for row in books.external_matters_of(ticket) if row.outcome in ("taken", "finished"))
        return found + [(external_subject(row.id), row.item) for row in taken]

    rows = [(matter, office.hall.items.get(code)) for matter, code in office.read(look)]
    found = [Chargeable(matter, item.name, charges_of(item)) for matter, item in rows if item is not None]
    return tuple(one for one in found if one.charges)


def lines_if_set(office: Office, asked: Sequence[Asked]) -> tuple[BillLine, ...] | Refusal:
    """收费项 as they would stand on the bill, before it is set."""
    return office.read(lambda books: lines_of(asked, books, office.window))


def set_bill(office: Office, asked: Sequence[Asked], payer: str = "") -> Outcome:
    """开缴款单 with its notice. What cannot be set anyway draws no number. Not for the screen's thread."""
    lines = lines_if_set(office, asked)
    if isinstance(lines, Refusal):
        return lines
    stamp = office.stamp()
    number = draw(office, bill_kind(stamp.at.year), BILL_BLOCK)
    if number is None:
        return NO_NUMBER
    bill = office.parts.new_id()
    command = SetBill(
        **stamp.fields(office.parts.new_id),
        bill=bill,
        asked=tuple(asked),
        payer=payer if "*" in payer else Applicant(name=payer).masked_name,
        block=number.block,
        serial=number.serial,
    )
    return office.do(command, _slip_of(office, bill, lambda found: notice_of(office, found)))


def withdraw_bill(office: Office, bill: str, reason: str) -> Outcome:
    """撤缴款单. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    refusal = take_up(office, bill)
    if refusal is ELSEWHERE:
        return NOT_YET
    return refusal or office.do(WithdrawBill(**fields, bill=bill, reason=reason))


def find_bill(office: Office, scanned: str) -> Bill | Refusal:
    """A bill by what was scanned from its notice, or by its number typed in."""
    text = scanned.strip()
    word, _, key = text.partition(":")

    def look(books: Books) -> Bill | None:
        return books.bill(key) if word == "bill" else books.bill_numbered(text.upper())

    found = office.read(look)
    if found is None:
        return Refusal("unknown-bill", "本机没有这张缴款单，没有收款。核对单号；刚开的等几秒再扫。")
    return found


def take_up(office: Office, bill: str) -> Refusal | None:
    """拿到手 so that nobody else takes its money; None when it is this machine's. Not for the screen's thread."""
    subject = bill_subject(bill)
    holder, device = office.read(lambda books: (books.holder(subject), books.device))
    if holder == device:
        return None
    try:
        return None if claim(office, subject) else ELSEWHERE
    except CentreAway:
        return CUT
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)


def take_payment(office: Office, bill: str, means: Means, amount: int, ebills: Sequence[BillNumber] = ()) -> Outcome:
    """收款 with its slip. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    command = TakePayment(**fields, bill=bill, means=means, amount=amount, ebills=tuple(ebills))
    refusal = take_up(office, bill)
    return refusal or office.do(command, _slip_of(office, bill, lambda found: receipt_of(office, found)))


def record_ebill(office: Office, bill: str, ebill: BillNumber) -> Outcome:
    """记票据号. Not for the screen's thread."""
    fields = office.stamp().fields(office.parts.new_id)
    return take_up(office, bill) or office.do(RecordEBill(**fields, bill=bill, ebill=ebill))


def _slip_of(office: Office, bill: str, slip: Callable[[Bill], Slip | None]) -> Callable[[Books], Iterable[Slip]]:
    def papers(books: Books) -> Iterable[Slip]:
        found = books.bill(bill)
        made = slip(found) if found is not None else None
        return [] if made is None else [made]

    return papers


def bills_at_till(office: Office) -> tuple[Bill, ...]:
    """待缴 first, the oldest on top; then what was done with bills today, the latest on top."""
    now = office.parts.clock.now()
    start = datetime.combine(now.date(), time.min, now.tzinfo)

    def look(books: Books) -> tuple[Bill, ...]:
        today = sorted(books.bills_moved_since(start), key=lambda bill: bill.moved_at, reverse=True)
        return (*books.open_bills(), *(bill for bill in today if bill.state != "open"))

    return office.read(look)


def print_receipt(office: Office, bill: Bill, reason: str) -> Outcome:
    """补打缴费凭条 with its reason; printed on another machine at first, it is a copy all the same."""
    if bill.taken is None:
        return Refusal("not-paid", f"{bill.no} 还没有收款，没有凭条可打。")
    job = office.parts.vault.spool.newest_of(bill.no, (RECEIPT,))
    if job is not None:
        return print_again(office, job.id, job.copy_no + 1, reason)
    if not reason.strip():
        return Refusal("reason-missing", "还没写为什么补打，没有打。写一句再补打。")
    slip = receipt_of(office, bill)
    if slip is None:
        return Refusal("paper-not-so", f"{bill.no} 已经作废，凭条不再打。")
    return office.print_out([once_more(slip, 2, bill.taken.at, reason.strip(), operator_name(office))])

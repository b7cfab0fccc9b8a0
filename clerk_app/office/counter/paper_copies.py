"""补打 the same paper once more or on another printer: from what was kept of it, and only while what it says is so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.command import Refusal
from clerk_app.office.counter.bill_papers import BILL_SLIPS, bill_slip
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.external import external_again
from clerk_app.office.counter.handing_slips import HANDING_SLIPS, handing_slip
from clerk_app.office.counter.intake_papers import intake_slip_again
from clerk_app.office.counter.joint import copy_notices
from clerk_app.office.counter.more_copies import agreed_by
from clerk_app.office.counter.ticket_codes import Marks, marks_of
from clerk_app.office.counter.ticket_papers import next_day_of, slip_of
from clerk_app.office.duty.handing_on import handed_again
from clerk_app.office.events import PaperChanged
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.queueing.model import OVER
from clerk_app.receipts.copy_notice import COPY_NOTICE
from clerk_app.receipts.external_slip import EXTERNAL
from clerk_app.receipts.handed_slip import HANDED
from clerk_app.receipts.intake_slips import INTAKE_SLIPS
from clerk_app.receipts.kept_slip import by_backup, once_more, slip_from, slip_text
from clerk_app.receipts.paper import WAITS, PrintJob
from clerk_app.receipts.send_out import SEND_OUT, send_out_slip
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import ACCEPTED, HANDED_OVER, acceptance_slip, handover_slip
from clerk_app.receipts.ticket_slips import NEXT_DAY_SLIP
from clerk_app.receipts.usecases import TICKET_SLIP

_said_anew = frozenset({TICKET_SLIP, NEXT_DAY_SLIP, HANDED}) | HANDING_SLIPS
"""Printed again they say what is so now, or bear a code that is made anew."""
_checked = frozenset({ACCEPTED, HANDED_OVER, SEND_OUT, COPY_NOTICE, EXTERNAL}) | INTAKE_SLIPS | BILL_SLIPS
"""Kinds whose rows say whether the paper is still true."""
Made = Callable[[Books], Slip | None]


@dataclass(frozen=True, kw_only=True)
class Again:
    """补打的话 when it was first made, why once more, by whom, and on which printer instead of where it belongs."""

    first_at: datetime
    reason: str
    by: str
    printer: str = ""


def operator_name(office: Office) -> str:
    """Who is at the desk."""
    return office.session.person.name if office.session is not None else ""


def made_again(office: Office, job: PrintJob) -> Made:
    """The paper's content as a first print; None when it would not be so any more."""
    marks = marks_of(office, job.made_at.astimezone(office.parts.clock.now().tzinfo).date())
    handed = handed_again(office, job.doc_no, job.subject.partition(":")[2]) if job.doc_type == HANDED else None

    def made(books: Books) -> Slip | None:
        anew = handed or _anew(office, books, job, marks)
        if not job.content or job.doc_type in _said_anew or (anew is None and job.doc_type in _checked):
            return anew
        return slip_from(job.content)

    return made


def first_print(office: Office, job: PrintJob) -> datetime:
    """When the paper was first made."""
    return (office.parts.vault.spool.paper(job.doc_type, job.doc_no, 1) or job).made_at


def as_copy(slip: Slip, job: PrintJob, again: Again) -> Slip:
    """补打 after this print of it."""
    copy = once_more(slip, job.copy_no + 1, again.first_at, again.reason, again.by)
    meant = job.instead_of or job.printer
    if again.printer and again.printer != meant:
        return by_backup(copy, again.printer, meant)
    return replace(copy, to=again.printer)


def print_again(
    office: Office, key: str, copy_no: int, reason: str, *, printer: str = "", by: Countersigner | None = None
) -> Outcome:
    """补打 as `copy_no`, with its reason. Asked twice it is answered with the first one's job.

    `by` is who agrees where one agreement more is needed; then it is not for the store's thread either.
    """
    spool = office.parts.vault.spool
    job = spool.job(key)
    if job is None:
        return Refusal("paper-gone", "没有这张纸，没有补打。刷新一下再看。")
    if (standing := spool.paper(job.doc_type, job.doc_no, copy_no)) is not None and copy_no > 1:
        return Done("", (standing.id,))
    if not reason.strip():
        return Refusal("reason-missing", "还没写为什么补打，没有打。写一句再补打。")
    newest = spool.newest_of(job.doc_no, (job.doc_type,)) or job
    if refusal := _not_settled(newest):
        return refusal
    if copy_no != newest.copy_no + 1:
        return Refusal("paper-newer", "这张纸刚又打过一次，没有再打。看看出纸口，刷新再看。")
    slip = office.read(made_again(office, newest))
    if slip is None or _ticket_over(office, job):
        return Refusal("paper-not-so", f"这张{job.doc_type}上写的现在不是这样了，没有补打。照现在的情况重新出一张。")
    agreed = agreed_by(office, copy_no, by)
    if isinstance(agreed, Refusal):
        return agreed
    why = reason.strip()[:60] + (f"（{agreed}同意）" if agreed else "")
    said = Again(first_at=first_print(office, job), reason=why, by=operator_name(office), printer=printer)
    return office.print_out([as_copy(slip, newest, said)])


def move_paper(office: Office, key: str, printer: str) -> Outcome:
    """换一台打 a paper that has not left, headed 备用机 代…; the same number, for there is no other print of it."""
    spool, settings = office.parts.vault.spool, office.parts.settings
    job, target = spool.job(key), settings.printer_named(printer)
    if job is None or target is None:
        return Refusal("no-printer", "没有这张纸或这台打印机，没有动。刷新一下再看。")
    if job.printer == printer:
        return Done("", (job.id,))
    if job.state not in WAITS:
        return Refusal("paper-left", "这张正在打或已经打过，没有换。看看出纸口。")
    slip = office.read(made_again(office, job))
    if slip is None:
        return Refusal("paper-not-so", f"这张{job.doc_type}上写的现在不是这样了，没有换一台打。")
    if job.copy_no > 1:
        slip = once_more(slip, job.copy_no, first_print(office, job), job.reason, operator_name(office))
    meant = job.instead_of or job.printer
    slip = by_backup(slip, printer, meant) if printer != meant else replace(slip, to=printer)
    payload = office.maker_for(printer).make(slip)
    moved = replace(job, printer=printer, payload=payload, sha256=hashlib.sha256(payload).hexdigest())
    moved = replace(moved, content=slip_text(slip), instead_of=meant if printer != meant else "")
    if not spool.move(moved):
        return Refusal("paper-left", "这张刚送出去，没有换。看看出纸口。")
    office.bell.ring(PaperChanged())
    office.wake()
    return Done("", (job.id,))


def print_the_rest(office: Office) -> int:
    """打剩下的 what waited over the end of its day, because a person says so."""
    released = office.parts.vault.spool.release()
    office.bell.ring(PaperChanged())
    office.wake()
    return released


def _not_settled(job: PrintJob) -> Refusal | None:
    if job.state in WAITS:
        return Refusal("slip-waiting", f"这张{job.doc_type}还在等打印，打印机好了自动打，没有再打。")
    if job.state == "sending":
        return Refusal("slip-printing", f"这张{job.doc_type}正在打，没有再打。等几秒，看出纸口。")
    if job.state == "unknown":
        return Refusal("slip-unknown", f"这张{job.doc_type}打没打出来还说不清，没有再打。先看出纸口，答一声。")
    return None


def _ticket_over(office: Office, job: PrintJob) -> bool:
    if job.doc_type != TICKET_SLIP:
        return False
    ticket = office.read(lambda books: books.ticket(job.subject.partition(":")[2]))
    return ticket is None or ticket.state in OVER


def _anew(office: Office, books: Books, job: PrintJob, marks: Marks) -> Slip | None:
    """From the rows as they stand."""
    word, key = job.subject.split(":", 1) if ":" in job.subject else ("", "")
    if word == "ticket":
        ticket = books.ticket(key)
        slip = next_day_of if job.doc_type == NEXT_DAY_SLIP else slip_of
        return slip(office, ticket, marks) if ticket and ticket.state != "void" else None
    if word == "bill":
        bill = books.bill(key)
        return bill_slip(office, bill, job.doc_type) if bill is not None else None
    if job.doc_type in HANDING_SLIPS:
        return handing_slip(office, books, job.doc_type, job.subject, job.doc_no)
    if job.doc_type == EXTERNAL:
        return external_again(office, books, key)
    return _of_case(office, books, job, key)


def _of_case(office: Office, books: Books, job: PrintJob, key: str) -> Slip | None:
    case = books.case(key)
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return None
    if job.doc_type in INTAKE_SLIPS:
        return intake_slip_again(office, job.doc_type, job.doc_no, case, item)
    if case.due is None:
        return None
    roster = office.hall.roster
    clerk = roster.name_for(case.handler, case.acting_for)
    if job.doc_type == SEND_OUT:
        return send_out_slip(case, item, roster.name_of, office.letterhead) if case.sent_out else None
    if job.doc_type == COPY_NOTICE:
        return next((slip for slip in copy_notices(office, case) if slip.doc_no == job.doc_no), None)
    if job.doc_type == HANDED_OVER:
        handed = case.handed_over
        giver = roster.name_for(handed.by, handed.acting_for) if handed else clerk
        return handover_slip(case, item, giver, office.letterhead)
    if job.doc_type == ACCEPTED:
        return acceptance_slip(case, item, clerk, roster.departments[case.department].name, office.letterhead)
    return None

"""纸 what became of papers: reported as facts, asked of a person when in doubt, reprinted under the next copy number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.office.counter.external import external_again
from clerk_app.office.counter.intake_papers import intake_slip_again
from clerk_app.office.counter.joint import copy_notices
from clerk_app.office.counter.ticket_codes import Marks, marks_of
from clerk_app.office.counter.ticket_papers import next_day_of, slip_of
from clerk_app.office.duty.handing_on import handed_again
from clerk_app.office.events import PaperChanged
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.copy_notice import COPY_NOTICE
from clerk_app.receipts.external_slip import EXTERNAL
from clerk_app.receipts.handed_slip import HANDED
from clerk_app.receipts.intake_slips import INTAKE_SLIPS
from clerk_app.receipts.paper import JobState, PrintJob
from clerk_app.receipts.send_out import SEND_OUT, send_out_slip
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.slips import acceptance_slip, handover_slip
from clerk_app.receipts.ticket_slips import NEXT_DAY_SLIP
from clerk_app.receipts.usecases import RecordPaper

Answer = Literal["out", "lost", "half"]
_settled = ("done", "unknown", "lost")


def report_papers(office: Office) -> int:
    """Record every settled paper whose outcome the books do not know yet; level-triggered, so nothing is missed."""
    if office.session is None:
        return 0
    reported = 0
    for job in reversed(office.parts.vault.spool.jobs(50)):
        if job.state in _settled and _unknown_to_books(office, job):
            office.do(_record(office, job))
            reported += 1
    return reported


def _unknown_to_books(office: Office, job: PrintJob) -> bool:
    paper = office.read(lambda books: books.paper(job.id))
    return paper is None or paper.outcome != job.state


def _record(office: Office, job: PrintJob) -> RecordPaper:
    return RecordPaper(
        **office.stamp().fields(office.parts.new_id),
        paper=job.id,
        doc_type=job.doc_type,
        doc_no=job.doc_no,
        copy_no=job.copy_no,
        subject=job.subject,
        sha256=job.sha256,
        outcome=job.state,
    )


def answer_paper(office: Office, key: str, answer: Answer) -> Outcome:
    """出来了 / 没出来 / 出来一半. Anything but «out» queues a marked copy."""
    job = office.parts.vault.spool.job(key)
    if job is None or job.state != "unknown":
        return Refusal("paper-settled", "这张纸已经有说法了，没有再改。")
    state: JobState = "done" if answer == "out" else "lost"
    settled = replace(job, state=state)
    marks = marks_of(office, job.made_at.astimezone(office.parts.clock.now().tzinfo).date())
    handed = handed_again(office, job.doc_no, job.subject.partition(":")[2]) if job.doc_type == HANDED else None

    def papers(books: Books) -> Iterable[Slip]:
        slip = None if answer == "out" else handed or _again(office, books, settled, marks)
        return [] if slip is None else [replace(slip, copy_no=settled.copy_no + 1)]

    # The fact and the copy first, in one transaction: a stop in between asks again, and a second copy is impossible.
    outcome = office.do(_record(office, settled), papers)
    if isinstance(outcome, Done):
        office.parts.vault.spool.answer(key, state, "" if state == "done" else "看过：没出来或只出来一半，已补打。")
    office.bell.ring(PaperChanged())
    return outcome


def _again(office: Office, books: Books, job: PrintJob, marks: Marks) -> Slip | None:
    """The same content from the same rows; the copy's heading says which copy it is."""
    word, key = job.subject.split(":", 1)
    if word == "ticket":
        ticket = books.ticket(key)
        slip = next_day_of if job.doc_type == NEXT_DAY_SLIP else slip_of
        return slip(office, ticket, marks) if ticket and ticket.state != "void" else None
    if job.doc_type == EXTERNAL:
        return external_again(office, books, key)
    case = books.case(key)
    item = office.hall.items.get(case.item) if case else None
    if case is not None and item is not None and job.doc_type in INTAKE_SLIPS:
        return intake_slip_again(office, job.doc_type, job.doc_no, case, item)
    if case is None or item is None or case.due is None:
        return None
    clerk = office.hall.roster.name_for(case.handler, case.acting_for)
    if job.doc_type == SEND_OUT:
        return send_out_slip(case, item, office.hall.roster.name_of, office.letterhead) if case.sent_out else None
    if job.doc_type == COPY_NOTICE:
        return next((slip for slip in copy_notices(office, case) if slip.doc_no == job.doc_no), None)
    if job.doc_type == "取件凭证":
        handed = case.handed_over
        giver = office.hall.roster.name_for(handed.by, handed.acting_for) if handed else clerk
        return handover_slip(case, item, giver, office.letterhead)
    return acceptance_slip(case, item, clerk, office.hall.roster.departments[case.department].name, office.letterhead)

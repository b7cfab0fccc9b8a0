"""纸 what became of papers: reported as facts, asked of a person when in doubt, reprinted under the next copy number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.office.counter.paper_copies import Again, as_copy, first_print, made_again, operator_name
from clerk_app.office.counter.ticket_acts import by_hand
from clerk_app.office.events import PaperChanged
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books
from clerk_app.receipts.paper import TEST_PAGE, JobState, PrintJob, needs_agreement
from clerk_app.receipts.slip import Slip
from clerk_app.receipts.usecases import TICKET_SLIP, RecordPaper

Answer = Literal["out", "lost", "half"]
_settled = ("done", "sent", "unknown", "lost", "half")
_states: dict[Answer, JobState] = {"out": "done", "lost": "lost", "half": "half"}
_words: dict[Answer, str] = {"out": "出来了", "lost": "没出来", "half": "只出来一半"}


def report_papers(office: Office, mine: Callable[[str], bool] = lambda printer: True) -> int:
    """Record every settled paper (of these printers) whose outcome the books do not know yet; level-triggered, so nothing is missed."""
    if office.session is None:
        return 0
    found = reversed(office.parts.vault.spool.jobs(50))
    settled = [job for job in found if job.state in _settled and job.doc_type != TEST_PAGE and mine(job.printer)]
    # In one reading: this is asked every few seconds, all day.
    known = office.read(lambda books: [books.paper(job.id) for job in settled]) if settled else []
    unknown = [job for job, paper in zip(settled, known, strict=True) if paper is None or paper.outcome != job.state]
    for job in unknown:
        office.do(_record(office, job))
    return len(unknown)


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


def answer_paper(office: Office, key: str, answer: Answer, printer: str = "") -> Outcome:
    """出来了 / 没出来 / 出来一半. Anything but «out» queues a marked copy (on `printer`, when one is named), as long as
    a clerk may make one by himself.

    A paper is answered once; the same word said again is answered with what followed from it the first time.
    """
    spool, state = office.parts.vault.spool, _states[answer]
    job = spool.job(key)
    if job is None or not _may_be_answered(job, state):
        return _answered_before(office, job, state)
    settled, made = replace(job, state=state), made_again(office, job)
    words, by = _words[answer], operator_name(office)
    said = Again(first_at=first_print(office, job), reason=words, by=by, printer=printer)

    def papers(books: Books) -> Iterable[Slip]:
        slip = None if answer == "out" or needs_agreement(job.copy_no + 1) else made(books)
        return [] if slip is None else [as_copy(slip, settled, said)]

    # The fact and the copy first, in one transaction: a stop in between asks again, and a second copy is impossible.
    outcome = office.do(_record(office, settled), papers)
    if isinstance(outcome, Done):
        copied = spool.paper(job.doc_type, job.doc_no, job.copy_no + 1) is not None
        more = f"已补打 {job.copy_no - 1} 次，再打须值班长同意。" if needs_agreement(job.copy_no + 1) else ""
        told = f"看过：{words}{'，已补打' * copied}。{more}"
        spool.answer(key, state, "" if answer == "out" else told, office.session.person.id if office.session else "")
    office.bell.ring(PaperChanged())
    return outcome


def _may_be_answered(job: PrintJob, state: JobState) -> bool:
    return job.state == "unknown" or (job.state == "sent" and state != "done")


def _answered_before(office: Office, job: PrintJob | None, state: JobState) -> Outcome:
    if job is None or not job.told_by or job.state != state:
        return Refusal("paper-settled", "这张纸已经有说法了，没有再改。")
    copy = office.parts.vault.spool.paper(job.doc_type, job.doc_no, job.copy_no + 1)
    return Done("", () if copy is None else (copy.id,))


def show_instead(office: Office, key: str) -> Outcome:
    """屏幕代替 it is shown on the screen with its code, and is not printed any more."""
    job = office.parts.vault.spool.job(key)
    ticket = job.subject.partition(":")[2] if job is not None and job.doc_type == TICKET_SLIP else ""
    if ticket and (known := office.read(lambda books: books.ticket(ticket))) and known.state == "issuing":
        return by_hand(office, ticket)  # he has his number, as if it had been written down for him
    said = f"{operator_name(office)}给人看了屏幕上的，没有打。"
    by = office.session.person.id if office.session else ""
    if not office.parts.vault.spool.withdraw(key, said, by):
        return Refusal("paper-left", "这张正在打或已经打过，没有动。看看出纸口。")
    office.bell.ring(PaperChanged())
    return Done("")

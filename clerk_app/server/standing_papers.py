"""纸上写的还是不是这样 whether what a paper says is so at the centre: what is not becomes a task to take it back."""

from __future__ import annotations

from clerk_app.cases.model import Case
from clerk_app.ports import Books
from clerk_app.receipts.books import PaperOut
from clerk_app.receipts.fees.model import SETTLED, Bill
from clerk_app.receipts.fees.slips import NOTICE, RECEIPT, VOID
from clerk_app.receipts.handing.model import Result
from clerk_app.receipts.handing.slips import ADDRESS
from clerk_app.receipts.send_out import SEND_OUT
from clerk_app.receipts.slips import ACCEPTED, HANDED_OVER
from clerk_app.receipts.usecases import TICKET_SLIP
from clerk_app.sealing.documents import paper_kind
from clerk_app.sealing.wording_papers import lacking
from clerk_app.sealing.wording_values import Setting, Subject

_of_bills = (NOTICE, RECEIPT, VOID)


def stands(paper: PaperOut, books: Books) -> bool:
    """Whether what the paper says is so at the centre; kinds that say nothing of a case's course always do."""
    word, _, key = paper.subject.partition(":")
    if paper.doc_type == TICKET_SLIP:
        return word == "ticket" and books.ticket(key) is not None
    if paper.doc_type in _of_bills:
        return word == "bill" and _bill_says(paper.doc_type, books.bill(key))
    case = books.case(key) if word == "case" else None
    if paper.doc_type == ADDRESS:
        return _was_posted(paper.doc_no, books.result(key))
    if paper.doc_type in (ACCEPTED, HANDED_OVER, SEND_OUT):
        return case is not None and _case_says(paper, case)
    if paper_kind(paper.doc_type) is not None:
        return case is not None and says_so(paper, case, books)
    return True


def _case_says(paper: PaperOut, case: Case) -> bool:
    if paper.doc_type == ACCEPTED:
        return case.case_no == paper.doc_no
    if paper.doc_type == SEND_OUT:
        return case.sent_out is not None
    handed = case.handed_over
    return handed is not None and (paper.copy_no > 1 or handed.window == paper.window)


def _bill_says(doc_type: str, bill: Bill | None) -> bool:
    """A notice is so once the bill was set; a receipt while the money was taken; a void slip after the void."""
    if bill is None or doc_type == NOTICE:
        return bill is not None
    if doc_type == RECEIPT:
        return bill.taken is not None and bill.state in (*SETTLED, "void")
    return bill.void is not None


def _was_posted(waybill: str, result: Result | None) -> bool:
    if result is None:
        return False
    letters = (*result.posted_before, *((result.posting,) if result.posting else ()))
    return any(letter.waybill == waybill for letter in letters)


def says_so(paper: PaperOut, case: Case, books: Books) -> bool:
    """Whether an A4 paper's every word is so of the case as it stands here; one that is no such paper always does."""
    kind, item = paper_kind(paper.doc_type), books.item(case.item)
    if kind is None or kind.decided or not kind.sealed or item is None:
        return True
    hall = books.hall
    setting = Setting(
        hall=hall.name,
        hotline=hall.hotline,
        window=paper.window,
        roster=books.roster,
        calendar=hall.calendar,
        now=paper.at,
        by="",
    )
    replaced = books.case(case.life.replaces) if case.life.replaces else None
    return not lacking(kind, Subject(case=case, item=item, replaced=replaced), setting)

"""收件前后的纸 the slips of the acts before acceptance, from the rows as they stand in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import deemed_on
from clerk_app.cases.model import Case
from clerk_app.office.office import Office, Papers
from clerk_app.ports import Books
from clerk_app.receipts.intake_slips import (
    ADVICE,
    COMPLETED,
    ONE_TIME,
    RECEIVED,
    advice_slip,
    notice_slip,
    received_slip,
)
from clerk_app.receipts.slip import Slip


def receipt_papers(office: Office, case_id: str) -> Papers:
    """收件凭证."""
    return _papers(case_id, lambda case, item: _receipt(office, case, item))


def notice_papers(office: Office, case_id: str) -> Papers:
    """一次性告知单."""
    return _papers(case_id, lambda case, item: notice_slip(case, item, _clerk(office, case), office.letterhead))


def advice_papers(office: Office, case_id: str) -> Papers:
    """What lacked, or what was asked."""
    return _papers(case_id, lambda case, item: _advice(office, case, item))


def intake_slip_again(office: Office, doc_type: str, doc_no: str, case: Case, item: Item) -> Slip | None:
    """The same paper from the same rows; None when the case has moved on since, and would say something else now."""
    slip = _slip_of(office, doc_type, case, item)
    return slip if slip is not None and (slip.doc_type, slip.doc_no) == (doc_type, doc_no) else None


def _slip_of(office: Office, doc_type: str, case: Case, item: Item) -> Slip | None:
    clerk, head = _clerk(office, case), office.letterhead
    ending = case.life.ending
    advised = ending is not None and ending.how == "advised"
    if doc_type == ONE_TIME and (case.life.notices or advised):
        return notice_slip(case, item, clerk, head)
    if doc_type == ADVICE and advised:
        return advice_slip(case, item, clerk, head)
    return _receipt(office, case, item) if doc_type in (RECEIVED, COMPLETED) else None


def _papers(case_id: str, make: Callable[[Case, Item], Slip]) -> Papers:
    def papers(books: Books) -> list[Slip]:
        case = books.case(case_id)
        item = books.item(case.item) if case else None
        return [] if case is None or item is None else [make(case, item)]

    return papers


def _receipt(office: Office, case: Case, item: Item) -> Slip:
    by = deemed_on(case, item, office.hall.calendar)
    return received_slip(case, _clerk(office, case), by, office.letterhead)


def _advice(office: Office, case: Case, item: Item) -> Slip:
    told = case.life.ending is not None and case.life.ending.gaps
    make = notice_slip if told else advice_slip
    return make(case, item, _clerk(office, case), office.letterhead)


def _clerk(office: Office, case: Case) -> str:
    """Who told it, else who took it in."""
    said = case.life.ending or (case.life.notices[-1] if case.life.notices else None)
    by, instead = (said.by, said.acting_for or None) if said else (case.handler, case.acting_for)
    return office.hall.roster.name_for(by, instead)

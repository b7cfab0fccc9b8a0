"""取表 what the form page opens on: the case in hand or a chosen one, its draft, and why it may not be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.office.office import Office
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import Books
from clerk_app.registration.document import put
from clerk_app.registration.model import FormDraft, empty_document
from clerk_app.registration.usecases import FORM, OPEN


@dataclass(frozen=True)
class Opened:
    """取到的表 the case with its draft; `in_hand` is the case of the ticket being served, if it has this form."""

    case: Case | None
    draft: FormDraft | None
    locked: str
    in_hand: str


def load_form(office: Office, wanted: str, seen: str) -> Opened:
    """The wanted case; the one in hand when none is wanted, or when another came in hand than was `seen`."""

    def ask(books: Books) -> Opened:
        in_hand = _in_hand(office, books)
        fresh = in_hand is not None and in_hand.id != seen
        case = in_hand if fresh or not wanted else books.case(wanted)
        if case is None or not _has_form(books, case):
            return Opened(None, None, "", in_hand.id if in_hand else "")
        return Opened(case, books.form(case.id), _locked(books, case), in_hand.id if in_hand else "")

    return office.read(ask)


def _in_hand(office: Office, books: Books) -> Case | None:
    ticket = books.open_call_at(office.window, office.parts.clock.now().date())
    case = books.case_of_ticket(ticket.id) if ticket else None
    return case if case is not None and _has_form(books, case) else None


def _has_form(books: Books, case: Case) -> bool:
    item = books.item(case.item)
    return item is not None and item.form == FORM


def _locked(books: Books, case: Case) -> str:
    if case.state not in OPEN:
        return "这件已往下办，登记表只能看。要改先退回经办。"
    if books.holder(case_subject(case.id)) != books.device:
        return "这件不在本窗口手上，登记表只能看。"
    return ""


def new_document(case: Case) -> dict[str, Any]:
    """An empty form with what the case knows already: its number, the day, and how it came."""
    document = empty_document(company_form())
    document = put(document, "/application/application_no", case.case_no or case.query_code)
    return put(document, "/application/applied_on", f"{case.received_at:%Y-%m-%d}")

"""取表 what the form page opens on: the case in hand or a chosen one, its draft, and why it may not be changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clerk_app.cases.catalogue import Item
from clerk_app.cases.coming_back import case_in_hand
from clerk_app.cases.model import Case
from clerk_app.command import case_subject
from clerk_app.office.office import Office
from clerk_app.office.registration.reference import company_form, form_editions
from clerk_app.ports import Books
from clerk_app.registration.checks import digest_of, unanswered
from clerk_app.registration.document import put
from clerk_app.registration.joint import FormPoint
from clerk_app.registration.model import FormDraft, empty_document
from clerk_app.registration.types import FOUNDING, begun, type_of
from clerk_app.registration.unsaved import TypedPlace
from clerk_app.registration.usecases import FORM, OPEN
from clerk_app.registration.versions import BroughtUp, brought_up
from ui.language import tr


@dataclass(frozen=True)
class Opened:
    """取到的表 the case with its draft; `in_hand` is the case of the ticket being served, if it has this form.

    `left`: what a stop left unsaved here. `checked`: this very draft is on record as checked.
    """

    case: Case | None
    draft: FormDraft | None
    locked: str
    in_hand: str
    today: date
    left: tuple[TypedPlace, ...] = ()
    checked: bool = False
    points: tuple[FormPoint, ...] = ()
    item: Item | None = None
    shaped: BroughtUp | None = None
    """The draft of an older form, in today's."""

    @property
    def wants_record(self) -> bool:
        """Whether nothing can be filled in before the approved record is taken."""
        changes = self.item is not None and self.item.registration_type != FOUNDING
        return changes and not self.locked and not (self.draft is not None and self.draft.record)


def load_form(office: Office, wanted: str, seen: str) -> Opened:
    """The wanted case; the one in hand when none is wanted, or when another came in hand than was `seen`."""
    today = office.parts.clock.now().date()

    def ask(books: Books) -> Opened:
        in_hand = _in_hand(office, books)
        fresh = in_hand is not None and in_hand.id != seen
        case = in_hand if fresh or not wanted else books.case(wanted)
        if case is None or not _has_form(books, case):
            return Opened(None, None, "", in_hand.id if in_hand else "", today)
        draft = books.form(case.id)
        return Opened(
            case,
            draft,
            _locked(books, case),
            in_hand.id if in_hand else "",
            today,
            checked=_is_checked(draft),
            points=books.points_of(case.id),
            item=books.item(case.item),
            shaped=_shaped(draft),
        )

    opened = office.read(ask)
    if opened.case is None or opened.locked:
        return opened
    return replace(opened, left=office.parts.vault.typed.left(opened.case.id))


def _shaped(draft: FormDraft | None) -> BroughtUp | None:
    form = company_form()
    if draft is None or draft.form_version == form.version:
        return None
    return brought_up(form, draft.document, draft.form_version, form_editions())


def _is_checked(draft: FormDraft | None) -> bool:
    """Recorded as checked, without a fault, on exactly this document."""
    if draft is None or draft.checked is None or draft.checked.errors:
        return False
    return not unanswered(draft) and draft.checked.digest == digest_of(draft.document)


def _in_hand(office: Office, books: Books) -> Case | None:
    ticket = books.open_call_at(office.window, office.parts.clock.now().date())
    case = case_in_hand(ticket, books) if ticket else None
    return case if case is not None and _has_form(books, case) else None


def _has_form(books: Books, case: Case) -> bool:
    item = books.item(case.item)
    return item is not None and item.form == FORM


def _locked(books: Books, case: Case) -> str:
    if case.state not in OPEN:
        return tr("这件已往下办，登记表只能看。要改先退回经办。")
    draft = books.form(case.id)
    if draft is not None and draft.filed:
        return tr("这件已归入登记档案，登记表只能看。要改另收一件变更。")
    if books.holder(case_subject(case.id)) != books.device:
        return tr("这件不在本窗口手上，登记表只能看。")
    return ""


def new_document(case: Case, draft: FormDraft | None = None) -> dict[str, Any]:
    """An empty form, or the record it began with, and what the case knows already: its number, the day, and how it came."""
    form = company_form()
    document = empty_document(form)
    if draft is not None and draft.base is not None:
        document = begun(form, brought_up(form, draft.base).document, draft.record, type_of(draft.document))
    document = put(document, "/application/application_no", case.case_no or case.query_code)
    return put(document, "/application/applied_on", f"{case.received_at:%Y-%m-%d}")

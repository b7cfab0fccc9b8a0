"""多证合一 one form's way to the departments as one desk sees it: who gets his part, how far each is, whether what he got is the newest.

The route is made after the acceptance; where the power went between the two, or the centre accepted by itself, it is made
up when somebody opens the case. A second time only adds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.acts import move_route, route_form
from clerk_app.office.registration.reference import company_form
from clerk_app.ports import Books
from clerk_app.registration.checks import digest_of
from clerk_app.registration.departments import departments_of, speaks_for
from clerk_app.registration.document import get, put
from clerk_app.registration.extracts import extract
from clerk_app.registration.joint import RouteRow, RouteState
from clerk_app.registration.model import CompanyRecord, FormDraft
from clerk_app.registration.records import APPROVED
from clerk_app.registration.routing import next_states
from clerk_app.registration.usecases import FORM

_no_form = Refusal("form-missing", "这件没有登记表，没有办。核对是不是这件。")


@dataclass(frozen=True, kw_only=True)
class DepartmentStanding:
    """部门进度 one row: `stale` when the form or the code changed since it was sent; `can` are the states it may be put to here."""

    row: RouteRow
    stale: bool
    wanted: bool
    can: tuple[RouteState, ...]


@dataclass(frozen=True, kw_only=True)
class JointDesk:
    """多证合一台 of one case: `code` is empty until it was entered; `may_file`: it can be entered now, here."""

    case: Case
    name: str
    kind: str
    code: str
    known_code: str
    rows: tuple[DepartmentStanding, ...]
    may_file: bool
    document: dict[str, Any]
    record: CompanyRecord | None = None

    @property
    def stale(self) -> int:
        """How many have something older than what stands now."""
        return sum(one.stale for one in self.rows)

    @property
    def left(self) -> int:
        """How many are not done yet."""
        return sum(one.row.state != "done" for one in self.rows)


def extract_of(draft: FormDraft, department: str) -> dict[str, Any]:
    """The department's part as it stands now, with the unified code once there is one."""
    part = extract(company_form(), draft.document, department)
    return put(part, "/company/uscc", draft.filed) if draft.filed else part


def make_route(office: Office, case_id: str) -> Outcome | None:
    """分送 made, or made up: None when nothing lacks, or it is not this desk's to do."""

    def lacking(books: Books) -> tuple[str, ...]:
        case, draft = books.case(case_id), books.form(case_id)
        item = books.item(case.item) if case else None
        if case is None or draft is None or item is None or item.form != FORM or case.accepted_at is None:
            return ()
        if books.holder(case_subject(case_id)) != books.device:
            return ()
        route = books.route(case_id)
        known = {row.department for row in route.rows} if route else set()
        return tuple(one for one in departments_of(company_form(), draft.document) if one not in known)

    departments = office.read(lacking) if office.session is not None else ()
    return route_form(office, case_id, departments) if departments else None


def send_extract(office: Office, case_id: str, department: str, note: str = "") -> Outcome:
    """已送: its part as it stands now was handed over."""
    draft = office.read(lambda books: books.form(case_id))
    if draft is None:
        return _no_form
    digest = digest_of(extract_of(draft, department))
    return move_route(office, case_id, department, "sent", note=note, sent_digest=digest)


def joint_desk(office: Office, case_id: str) -> JointDesk | None:
    """None for a case without the form. Not for the screen's thread."""

    def ask(books: Books) -> JointDesk | None:
        case, draft = books.case(case_id), books.form(case_id)
        item = books.item(case.item) if case else None
        if case is None or draft is None or item is None or item.form != FORM:
            return None
        route, held = books.route(case_id), books.holder(case_subject(case_id)) == books.device
        wanted = departments_of(company_form(), draft.document)
        return JointDesk(
            case=case,
            name=_text(draft, "/company/name"),
            kind=_text(draft, "/application/registration_type"),
            code=draft.filed,
            known_code=draft.record,
            rows=tuple(
                _standing(office, books, case, draft, row, row.department in wanted)
                for row in (route.rows if route else ())
            ),
            may_file=held and not draft.filed and approved(case),
            document=put(draft.document, "/company/uscc", draft.filed) if draft.filed else draft.document,
            record=books.company(draft.filed) if draft.filed else None,
        )

    return office.read(ask)


def approved(case: Case) -> bool:
    """Whether there is something to go on record: granted, at the least."""
    return case.state in APPROVED and case.decision is not None and case.decision.outcome == "grant"


def _standing(
    office: Office, books: Books, case: Case, draft: FormDraft, row: RouteRow, wanted: bool
) -> DepartmentStanding:
    stale = bool(row.sent_digest) and row.sent_digest != digest_of(extract_of(draft, row.department))
    mine = office.session is not None and speaks_for(office.stamp(), row.department, case, books)
    return DepartmentStanding(row=row, stale=stale, wanted=wanted, can=next_states(row.state) if mine else ())


def _text(draft: FormDraft, place: str) -> str:
    value = get(draft.document, place)
    return value.strip() if isinstance(value, str) else ""

"""取档 a change, a filing or a cancellation begins with the record as the centre has it at this moment, never with a copy.

With the line cut nothing is begun: this machine cannot know whether what it has is still so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Case
from clerk_app.command import Conflict, Refusal
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.reference import company_form, form_editions
from clerk_app.patching import diff
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.companies import CompaniesFound, CompanyCentre, CompanyRead
from clerk_app.registration.checks import digest_of
from clerk_app.registration.comparing import Change, changes
from clerk_app.registration.credit_codes import credit_code_fault
from clerk_app.registration.document import Document, put
from clerk_app.registration.model import FormDraft, empty_document
from clerk_app.registration.rebasing import rebased
from clerk_app.registration.records import TakeRecord
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.types import FOUNDING, TYPE, USCC, begun
from clerk_app.registration.usecases import FORM
from clerk_app.registration.versions import brought_up

SHORTEST = 2
MATERIALS = "/materials"
_away = Refusal(
    "line-cut",
    "线路断着，不知道档案变过没有，没有取，表没有动。线路恢复后再取；别的材料可以先收。",
)
_signed_out = Refusal("signed-out", "还没登录，没有取。登录后再取。")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """取到了 the form begins with version `version` of the record; `left` was typed before and is not in it any more.

    `moved`: an older version stood here before. `told`: what of the record an older form wrote otherwise.
    """

    uscc: str
    name: str
    version: int
    moved: bool = False
    left: tuple[Change, ...] = ()
    told: tuple[str, ...] = ()


def find_company(office: Office, words: str) -> CompaniesFound | Refusal:
    """找公司 by words of its name or how its code begins. Asks the net."""
    text = " ".join(words.split())
    if len(text) < SHORTEST:
        return Refusal("nothing-asked", "写得太少，没有找。写两个字以上的名称，或 6 位以上的代码。")
    asked = _asked(office)
    if isinstance(asked, Refusal):
        return asked
    centre, who = asked
    try:
        return centre.find(text[:80], who)
    except CentreAway:
        return _away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)


def take_record(office: Office, case_id: str, uscc: str) -> Taken | Refusal:
    """取档开表, or 重新取: what was typed on an earlier record goes onto the new one. Asks the net."""
    case, draft = office.read(lambda books: (books.case(case_id), books.form(case_id)))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None or item.form != FORM or item.registration_type == FOUNDING:
        return Refusal("no-record-item", "这件不从登记档案开表，没有取。核对是不是这件。")
    record = newest(office, uscc)
    if isinstance(record, Refusal):
        return record
    return _begin(office, case, item, draft, record)


def newest(office: Office, uscc: str) -> CompanyRead | Refusal:
    """The record as the centre has it now; a cancelled company has none to begin with."""
    code = "".join(uscc.split()).upper()
    if fault := credit_code_fault(code):
        return Refusal("code-wrong", f"统一社会信用代码不对：{fault}，没有取。对着执照再看一遍。")
    asked = _asked(office)
    if isinstance(asked, Refusal):
        return asked
    centre, who = asked
    try:
        record = centre.read(code, who)
    except CentreAway:
        return _away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    if record is None:
        return Refusal("unknown-company", "登记档案里没有这个统一社会信用代码，没有开表。核对代码再取。")
    if record.standing == "cancelled":
        return Refusal("company-cancelled", f"{record.name}已经注销，没有开表。核对代码再取。")
    return record


def compare(office: Office, case_id: str) -> tuple[Change, ...]:
    """新旧对照 what this case changes of the record it began with; nothing without a record. Works with the line cut."""
    draft = office.read(lambda books: books.form(case_id))
    return compared(draft, draft.document if draft else {})


def compared(draft: FormDraft | None, document: Document) -> tuple[Change, ...]:
    """The same of what is typed now."""
    if draft is None or draft.base is None:
        return ()
    form = company_form()
    return changes(form, brought_up(form, draft.base).document, document)


def _asked(office: Office) -> tuple[CompanyCentre, Signer] | Refusal:
    session, centre = office.session, office.parts.companies
    if session is None:
        return _signed_out
    return _away if centre is None else (centre, Signer(session.person.id, session.sign))


def _begin(office: Office, case: Case, item: Item, draft: FormDraft | None, record: CompanyRead) -> Taken | Refusal:
    form, content = company_form(), dict(record.document)
    told = brought_up(form, content)
    fresh = _own(begun(form, told.document, record.uscc, item.registration_type), case)
    left: tuple[Change, ...] = ()
    if draft is not None:
        base = brought_up(form, draft.base).document if draft.base is not None else _own(empty_document(form), case)
        typed = brought_up(form, draft.document, draft.form_version, form_editions()).document
        again = rebased(form, base, told.document, typed)
        left, document = again.left, again.document
        if not draft.record:
            document = put(document, MATERIALS, fresh["materials"])
        document = put(put(document, TYPE, item.registration_type), USCC, record.uscc)
        fresh = with_row_keys(form, document)
    outcome = office.do(
        TakeRecord(
            **office.stamp().fields(office.parts.new_id),
            case=case.id,
            uscc=record.uscc,
            version=record.version,
            registration_type=item.registration_type,
            form_version=form.version,
            document=content,
            patch=dict(diff(content, fresh).merge),
            over=digest_of(draft.document) if draft else "",
        )
    )
    if isinstance(outcome, Refusal):
        return outcome
    moved = draft is not None and draft.record_version not in (0, record.version)
    return Taken(
        uscc=record.uscc, name=record.name, version=record.version, moved=moved, left=left, told=told.sentences
    )


def _own(document: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """With what the case knows already: its number and its day."""
    numbered = put(document, "/application/application_no", case.case_no or case.query_code)
    return put(numbered, "/application/applied_on", f"{case.received_at:%Y-%m-%d}")


def record_moved(outcome: Outcome) -> bool:
    """Whether what was refused wants the record taken again."""
    return isinstance(outcome, Conflict) and outcome.type == "record-stale"

"""自检一遍 the whole form of a case is checked as of its receipt, and what was found is recorded on that very document."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.names import names_of
from clerk_app.office.registration.reference import company_law
from clerk_app.registration.checks import CheckForm, digest_of, finding_mark
from clerk_app.registration.findings import Finding, errors_of, warnings_of
from clerk_app.registration.usecases import FORM

MISSING = "REQ"


def check_form_of(office: Office, case_id: str) -> tuple[Finding, ...] | Refusal:
    """Every point there is now; the record of it is what a grant rests on."""
    case, draft = office.read(lambda books: (books.case(case_id), books.form(case_id)))
    if case is None or draft is None:
        return Refusal("form-missing", "登记表还没填，没有自检。先填登记表。")
    as_of = case.received_at.date()
    names = names_of(office, draft.document, as_of)
    registered, region = names.names if names else None, office.hall.region
    found = check_form(draft.document, as_of, registered, record=draft.base, region=region)
    outcome = office.do(
        CheckForm(
            **office.stamp().fields(office.parts.new_id),
            case=case_id,
            digest=digest_of(draft.document),
            as_of=as_of,
            law=company_law().version,
            errors=tuple(finding_mark(draft.document, one) for one in errors_of(found)),
            warnings=tuple(finding_mark(draft.document, one) for one in warnings_of(found)),
            names_as_of=names.as_of if names else None,
        )
    )
    return outcome if isinstance(outcome, Refusal) else found


def checked_before_grant(office: Office, case_id: str) -> Refusal | None:
    """Checked now unless this very document was today, names and all; the first thing that is wrong is said in words."""
    case, draft = office.read(lambda books: (books.case(case_id), books.form(case_id)))
    item = office.hall.items.get(case.item) if case else None
    if item is None or item.form != FORM or draft is None:
        return None
    before, today = draft.checked, office.parts.clock.now().date()
    same = before is not None and before.digest == digest_of(draft.document)
    if before is not None and same and not before.errors and before.names_as_of == today:
        return None
    found = check_form_of(office, case_id)
    if isinstance(found, Refusal):
        return found
    errors = errors_of(found)
    if not errors:
        return None
    first = errors[0].message.rstrip("。")
    if all(one.rule == MISSING for one in errors):
        return Refusal("form-incomplete", f"登记表还有 {len(errors)} 处没填，没有办。先填这一处：{first}。")
    return Refusal("form-errors", f"登记表有 {len(errors)} 处不对，没有办。先改这一处：{first}。")

"""自检一遍 the whole form of a case is checked as of its receipt, and what was found is recorded on that very document."""

from __future__ import annotations

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.names import names_at_hand, names_of
from clerk_app.office.registration.reference import company_law
from clerk_app.registration.checks import CheckForm, digest_of, finding_mark
from clerk_app.registration.findings import Finding, errors_of, warnings_of
from clerk_app.registration.usecases import FORM

MISSING = "REQ"


def check_form_of(office: Office, case_id: str, *, ask: bool = True) -> tuple[Finding, ...] | Refusal:
    """Every point there is now; the record of it is what a grant rests on. `ask`: the centre's names, else the copy's at once."""
    case, draft = office.read(lambda books: (books.case(case_id), books.form(case_id)))
    if case is None or draft is None:
        return Refusal("form-missing", "登记表还没填，没有自检。先填登记表。")
    as_of = case.received_at.date()
    names = names_of(office, draft.document, as_of) if ask else names_at_hand(office, draft.document)
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
    """Checked now unless this very document was, against names as new; the first thing wrong is said. It waits for no line."""
    case, draft = office.read(lambda books: (books.case(case_id), books.form(case_id)))
    item = office.hall.items.get(case.item) if case else None
    if item is None or item.form != FORM or draft is None:
        return None
    before, names = draft.checked, names_at_hand(office, draft.document)
    day, seen = names.as_of if names else None, before.names_as_of if before else None
    newer = day is not None and (seen is None or seen < day)
    if before is not None and before.digest == digest_of(draft.document) and not before.errors and not newer:
        return None
    found = check_form_of(office, case_id, ask=False)
    if isinstance(found, Refusal):
        return found
    errors = errors_of(found)
    if not errors:
        return None
    first = errors[0].message.rstrip("。")
    if all(one.rule == MISSING for one in errors):
        return Refusal("form-incomplete", f"登记表还有 {len(errors)} 处没填，没有办。先填这一处：{first}。")
    return Refusal("form-errors", f"登记表有 {len(errors)} 处不对，没有办。先改这一处：{first}。")

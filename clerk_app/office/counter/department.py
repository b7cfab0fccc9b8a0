"""部门决定的动作 recorded from its paper at the window; then the page is made ready, and the chief authorises the seal on it.

`deciding.authorise` does the rest: with no letter in what was prepared it authorises the seal alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from clerk_app.canonical import sha256
from clerk_app.cases.department import RecordDepartmentDecision, UnrecordDepartmentDecision, to_seal
from clerk_app.command import Refusal
from clerk_app.office.counter.handling import do_case
from clerk_app.office.counter.prepared import NO_SEALING, Prepared, dressed, plain_paper
from clerk_app.office.counter.seal_seats import chosen_seal
from clerk_app.office.line.holding import in_time
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.printing import granted_facts
from clerk_app.office.registration.self_check import checked_before_grant
from clerk_app.sealing.wording import with_facts


@dataclass(frozen=True, kw_only=True)
class DepartmentPaper:
    """部门决定文件 what stands on the department's paper; `scan` is the SHA-256 of the attachment that shows it."""

    outcome: Literal["grant", "refuse", "return"]
    decided_by: str
    rank: str = ""
    document_no: str = ""
    decided_on: date
    scan: str = ""
    words: str = ""


def record_department_decision(office: Office, case: str, paper: DepartmentPaper) -> Outcome:
    """记部门决定; like a proposal here, what is granted is checked first."""
    if paper.outcome == "grant" and (refusal := checked_before_grant(office, case)):
        return refusal
    words = {name: getattr(paper, name) for name in paper.__dataclass_fields__}
    return do_case(office, case, RecordDepartmentDecision, words)


def unrecord_department_decision(office: Office, case: str, reason: str) -> Outcome:
    """改记部门决定."""
    return do_case(office, case, UnrecordDepartmentDecision, {"reason": reason})


def prepare_seal_use(office: Office, case_id: str) -> Prepared | Refusal:
    """备文 the page of the department's decision exactly as it would be sealed, under the department's own number and day."""
    pages = office.parts.pages
    if pages is None:
        return NO_SEALING
    case = office.read(lambda books: books.case(case_id))
    item = office.hall.items.get(case.item) if case else None
    if case is None or item is None:
        return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")
    ready = to_seal(case, item)
    if isinstance(ready, Refusal):
        return ready
    if refusal := in_time(office, case_id):
        return refusal
    _, department, outcome = ready
    decided, numbered = (outcome, department.words), (department.document_no, department.decided_on)
    plain, seal = plain_paper(office, case, item, decided, numbered), chosen_seal(office, item)
    paper = dressed(office, case, with_facts(plain, granted_facts(office, case_id), outcome), seal)
    page = pages.decision(paper)
    return Prepared(
        case=case,
        item=item,
        outcome=outcome,
        opinion=department.words,
        letter=None,
        block="",
        serial=0,
        document_no=department.document_no,
        paper=paper,
        page=page,
        digest=sha256(page.pdf),
        seal=seal,
    )

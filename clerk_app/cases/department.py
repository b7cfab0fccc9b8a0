"""部门决定回传 what the department decided outside the hall is recorded with its paper; the chief then authorises only the seal.

Who decided, in which rank, under which number, on which day, and the scan. The person who records is not the one who authorises.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal, Protocol

from clerk_app.cases.attachments import AttachmentBooks
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.decision import Decision, Outcome
from clerk_app.cases.handling import case_and_item, missing
from clerk_app.cases.life import DepartmentDecision
from clerk_app.cases.model import Case
from clerk_app.cases.proposing import remedies_refusal
from clerk_app.cases.states import Event, state_words
from clerk_app.cases.usecases import CaseCommand, put_case
from clerk_app.command import Refusal, UseCase


class DepartmentBooks(CaseBooks, AttachmentBooks, Protocol):
    """回传账 cases, and the scans that belong to them."""


@dataclass(frozen=True, kw_only=True)
class RecordDepartmentDecision(CaseCommand):
    """记部门决定 as its paper says; `scan` is the SHA-256 of that paper among the case's attachments."""

    kind: ClassVar[str] = "record_department_decision"
    outcome: Literal["grant", "refuse", "return"]
    decided_by: str
    rank: str
    document_no: str
    decided_on: date
    scan: str
    words: str


@dataclass(frozen=True, kw_only=True)
class AuthoriseSealUse(CaseCommand):
    """授权用印 the seal may be put on exactly this page of the department's decision; nothing is decided here."""

    kind: ClassVar[str] = "authorise_seal_use"
    digest: str
    pages: int
    session: str


@dataclass(frozen=True, kw_only=True)
class UnrecordDepartmentDecision(CaseCommand):
    """改记部门决定 it was copied wrongly from its paper: the case is at the department again, until it is recorded right."""

    kind: ClassVar[str] = "unrecord_department_decision"
    reason: str


_events: dict[str, Event] = {
    "grant": "department_grants",
    "refuse": "department_refuses",
    "return": "department_returns",
}


def record_department_decision(command: RecordDepartmentDecision, books: DepartmentBooks) -> Refusal | None:
    """What was sent out comes back: decided, or returned to be worked on."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, _ = found
    moved = case.moved(_events[command.outcome])
    if isinstance(moved, Refusal):
        return moved
    if refusal := _cannot_record(command, case, books):
        return refusal
    decision = DepartmentDecision(
        outcome=command.outcome,
        decided_by=command.decided_by.strip(),
        rank=command.rank.strip(),
        document_no=command.document_no.strip(),
        decided_on=command.decided_on,
        scan=command.scan,
        words=command.words.strip(),
        recorded_by=command.actor,
        recorded_at=command.at,
    )
    return put_case(books, replace(moved, decision=None, life=replace(moved.life, department=decision)))


def _cannot_record(command: RecordDepartmentDecision, case: Case, books: DepartmentBooks) -> Refusal | None:
    """A case that is only returned needs its reason and who returned it; a decision needs its whole paper."""
    if not command.decided_by.strip():
        return missing("部门里谁定的", "没有记，件还在送审")
    sent = case.sent_out.at.date() if case.sent_out else case.received_at.date()
    if not sent <= command.decided_on <= command.at.date():
        return Refusal("decided-on", f"决定日期要在 {sent:%Y-%m-%d} 送审以后、今天以前，没有记。核对文件上的日期。")
    if command.outcome != "grant" and not command.words.strip():
        return missing("理由", "没有记，件还在送审")
    if command.outcome == "return":
        return None
    if not command.rank.strip() or not command.document_no.strip():
        return missing("职务和文号", "没有记，件还在送审")
    if command.scan not in {one.digest for one in books.attachments_of(case.id)}:
        return Refusal("scan-missing", "部门决定的扫描件还没加进这件，没有记。先扫描加上，再记。")
    return None


def unrecord_department_decision(command: UnrecordDepartmentDecision, books: CaseBooks) -> Refusal | None:
    """Only while the seal on it is not authorised: after that it takes a voided stamp."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, _ = found
    if case.life.department is None or case.decision is not None:
        return Refusal("no-department-decision", "这件没有记过部门决定，或者已经授权用印，没有改。盖错了走作废用印。")
    moved = case.moved("unrecord_department")
    if isinstance(moved, Refusal):
        return moved
    if not command.reason.strip():
        return missing("哪里记错了", "没有改")
    return put_case(books, replace(moved, life=replace(moved.life, department=None)))


def authorise_seal_use(command: AuthoriseSealUse, books: CaseBooks) -> Refusal | None:
    """By who keeps the seal (首席代表), and neither recorded the decision nor proposed it."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    ready = to_seal(case, item)
    if isinstance(ready, Refusal):
        return ready
    moved, department, outcome = ready
    if refusal := _cannot_authorise(command, case, department, books):
        return refusal
    decision = Decision(
        outcome=outcome,
        opinion=department.words,
        by=command.actor,
        at=command.at,
        letter="",
        document_no=department.document_no,
        serial=0,
        digest=command.digest,
        pages=command.pages,
        acting_for=command.acting_for or "",
    )
    books.put_case(replace(moved, decision=decision))
    return None


def department_to_seal(case: Case) -> DepartmentDecision | None:
    """等用印的部门决定 decided by the department and not authorised to be sealed yet, or sealed wrongly and voided since."""
    department = case.life.department
    if department is None or department.outcome == "return" or case.decision is not None:
        return None
    waits = case.state in ("granted", "refused")
    again = case.state == "to_authorise" and _only_the_stamp_was_wrong(case, department)
    return department if waits or again else None


def to_seal(case: Case, item: Item) -> tuple[Case, DepartmentDecision, Outcome] | Refusal:
    """The case as it stands decided by its department, with that decision; or why there is none to be sealed."""
    department = department_to_seal(case)
    if department is None or department.outcome == "return":
        return Refusal(
            "no-department-decision", f"这件现在是{state_words[case.state]}，没有等着用印的部门决定，没有变化。"
        )
    outcome = department.outcome
    if outcome == "refuse" and (refusal := remedies_refusal(item)):
        return refusal
    if case.state in ("granted", "refused"):
        return case, department, outcome
    moved = case.moved("grant" if outcome == "grant" else "refuse")
    return moved if isinstance(moved, Refusal) else (moved, department, outcome)


def _only_the_stamp_was_wrong(case: Case, department: DepartmentDecision) -> bool:
    """The stamp on it was voided and nobody has worked on the case since: the department's word still stands."""
    voided = case.life.voided[-1] if case.life.voided else None
    since = (case.proposal.at if case.proposal else None, *(back.at for back in case.life.sent_back[-1:]))
    untouched = all(at is None or at <= department.recorded_at for at in since)
    return untouched and voided is not None and voided.document_no == department.document_no


def _cannot_authorise(
    command: AuthoriseSealUse, case: Case, department: DepartmentDecision, books: CaseBooks
) -> Refusal | None:
    if not stands_for_chief(command, case.department, books):
        return Refusal("not-the-chief", "在部门决定上用印由首席代表授权，没有授权，没有用印。请他来。")
    if command.actor == department.recorded_by:
        return Refusal("own-record", "部门决定是您记的，用印要另一人授权，没有授权，没有用印。")
    if case.proposal is not None and case.proposal.by == command.actor:
        return Refusal("own-proposal", "签名一是您本人，用印要另一人授权，没有授权，没有用印。")
    return None


department_use_cases = (
    UseCase(RecordDepartmentDecision, record_department_decision, "send_out"),
    UseCase(UnrecordDepartmentDecision, unrecord_department_decision, "receive"),
    UseCase(AuthoriseSealUse, authorise_seal_use, "seal", in_time=True),
)

"""一件的全部 everything a page shows of one case, read in one go; looking at it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk_app.cases.back_entry.checking import unchecked_sheet
from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import CaseClock, clocks_of
from clerk_app.cases.history import Entry, history_of
from clerk_app.cases.model import Case
from clerk_app.cases.receiving import replacement_of
from clerk_app.cases.routing.history import with_givings
from clerk_app.cases.routing.model import Assignment
from clerk_app.office.counter.case_act import CaseAct
from clerk_app.office.counter.case_acts import acts_of
from clerk_app.office.counter.case_papers import may_look
from clerk_app.office.counter.issuing import can_issue
from clerk_app.office.counter.sharing_acts import share_told
from clerk_app.office.line.attaching import AttachmentStanding, attachments_of
from clerk_app.office.office import Office
from clerk_app.office.registration.joint_desk import JointDesk, joint_desk
from clerk_app.sealing.model import CaseDocument, Certificate


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """办件卷 the case, its item, its clocks as they stand today, what happened, its papers, and what can be done with it."""

    case: Case
    item: Item | None
    today: date
    clocks: tuple[CaseClock, ...] = ()
    history: tuple[Entry, ...] = ()
    documents: tuple[CaseDocument, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    """Made elsewhere, recorded by their numbers."""
    can_issue: tuple[str, ...] = ()
    attachments: tuple[AttachmentStanding, ...] = ()
    readable: bool = False
    """Whether who sits here may open them."""
    acts: tuple[CaseAct, ...] = ()
    form: JointDesk | None = None
    """A company's: its code, and how far the departments are."""
    replaced_by: Case | None = None
    """换发 the case that does its result over now."""
    assignment: Assignment | None = None
    """分办 whose it is, where the hall gives such cases out."""
    held_from: tuple[tuple[str, str], ...] = ()
    """大厅已有 by line: from which case its paper came, by his word."""
    unchecked: str = ""
    """补录待核 the paper it was typed from, as long as no second person has compared the two."""


def case_file(office: Office, case_id: str) -> CaseFile | None:
    """None when no such case is here. Not for the screen's thread."""
    case = office.read(lambda books: books.case(case_id))
    if case is None:
        return None
    hall, today = office.hall, office.parts.clock.now().date()
    item = hall.items.get(case.item)
    given, shared = office.read(lambda books: (books.assignment(case_id), share_told(office, books, case)))
    clocks = clocks_of(case, item, hall.calendar, hall.off_work, today) if item else ()
    documents, certificates, issuable, replaced_by, waits = office.read(
        lambda books: (
            books.case_documents_of(case_id),
            books.certificates_of(case_id),
            can_issue(office, books, case_id),
            replacement_of(case, books),
            unchecked_sheet(case_id, books),
        )
    )
    return CaseFile(
        case=case,
        item=item,
        today=today,
        clocks=clocks,
        history=shared.within(with_givings(history_of(case, hall.roster.name_for), given, hall.roster)),
        held_from=shared.lines,
        documents=documents,
        certificates=certificates,
        can_issue=issuable,
        attachments=attachments_of(office, case_id),
        readable=may_look(office, case_id) is None,
        acts=acts_of(office, case_id),
        form=joint_desk(office, case_id) if item is not None and item.form else None,
        replaced_by=replaced_by,
        assignment=given,
        unchecked=waits.id if waits is not None else "",
    )

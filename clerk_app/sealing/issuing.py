"""出文 a paper was printed: the fact writes its row and the line of the seal register in one; there is no paper without its line.

A procedure paper bears the window's numbered intake seal, used by the clerk; a decision's class bears the department's
approval seal, used by who stands for its chief representative. Whatever is out of order is recorded, and flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from clerk_app.cases.model import Case
from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.duty.model import Seal
from clerk_app.duty.standing import standing_of
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.documents import class_of, department_word, paper_kind, paper_number, serial_kind
from clerk_app.sealing.model import CaseDocument, PaperClass, SealUse

document_subject = "document:{}".format
LONGEST_NAME, LONGEST_NUMBER = 40, 60


@dataclass(frozen=True, kw_only=True)
class IssueDocument(Command):
    """出文 `digest` is the SHA-256 of exactly what was printed; `seal` what was put on it; `letter` what a decision rests on."""

    kind: ClassVar[str] = "issue_document"
    fact: ClassVar[bool] = True
    document: str
    case: str
    paper: str
    digest: str
    pages: int
    copies: int
    document_no: str = ""
    number_kind: str = ""
    block: str = ""
    serial: int = 0
    seal: str = ""
    letter: str = ""
    electronic: bool = False
    """盖电子印章 its line in the register comes with the sealed file (`RecordSealUse.document`), not with the paper."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The paper and its line in the register: it waits for nobody."""
        return (document_subject(self.document), f"seal_use:{self.document}")

    @property
    def about(self) -> tuple[str, ...]:
        """The case it is about."""
        return (case_subject(self.case),)


def issue_document(command: IssueDocument, books: SealBooks) -> Refusal | None:
    """The first word on a paper stands; said again it is the same paper."""
    if books.case_document(command.document) is not None:
        return None
    sort = class_of(command.paper, books.procedure_papers)
    case, seal = books.case(command.case), books.roster.seals.get(command.seal)
    flags = (*_number_flags(command, case, books), *_seal_flags(command, case, sort, seal, books))
    books.put_case_document(
        CaseDocument(
            id=command.document,
            case=command.case,
            paper=command.paper[:LONGEST_NAME],
            sort=sort,
            document_no=command.document_no[:LONGEST_NUMBER],
            number_kind=command.number_kind[:LONGEST_NAME],
            serial=command.serial,
            digest=command.digest,
            pages=command.pages,
            copies=command.copies,
            seal=command.seal,
            by=command.actor,
            acting_for=command.acting_for or "",
            window=command.window,
            at=command.at,
            flags=flags,
        )
    )
    if sort != "none" and not command.electronic:
        books.put_seal_use(_line(command, sort, seal, flags))
    return None


def _line(command: IssueDocument, sort: PaperClass, seal: Seal | None, flags: tuple[str, ...]) -> SealUse:
    """用印登记 by hand: a procedure paper has no approver, a decision's class its chief representative."""
    decided = sort == "decision"
    return SealUse(
        id=command.document,
        seal=command.seal,
        seal_name=seal.name if seal else command.seal,
        certificate="",
        case=command.case,
        document_no=command.document_no[:LONGEST_NUMBER],
        title=command.paper[:LONGEST_NAME],
        pages=command.pages,
        copies=command.copies,
        digest_before=command.digest,
        digest_after=command.digest,
        approver=command.actor if decided else "",
        letter=command.letter if decided else "",
        user=command.actor,
        window=command.window,
        at=command.at,
        electronic=False,
        flags=flags,
        acting_for=(command.acting_for or "") if decided else "",
        document=command.document,
    )


def _number_flags(command: IssueDocument, case: Case | None, books: SealBooks) -> tuple[str, ...]:
    kind = paper_kind(command.paper)
    if kind is None or case is None:
        return ("没有这种文书",) if kind is None else ("没有这件办件",)
    if not kind.numbered:
        return ()
    year = command.at.year
    wanted = paper_number(department_word(books.roster, case.department), kind, year, command.serial)
    if command.document_no != wanted or command.number_kind != serial_kind(case.department, kind, year):
        return ("文号和号段对不上",)
    refused = books.spend_number(command.number_kind, command.block, command.serial, command.id)
    return () if refused is None else ("文号用过或者不是本机的",)


def _seal_flags(
    command: IssueDocument, case: Case | None, sort: PaperClass, seal: Seal | None, books: SealBooks
) -> tuple[str, ...]:
    if sort == "none":
        return ()
    if sort == "procedure":
        fits = seal is not None and seal.kind == "intake" and seal.window == command.window
        return () if fits else ("不是本窗口的收件章",)
    fits = seal is not None and case is not None and seal.kind == "approval" and seal.department == case.department
    flags = () if fits else ("不是本部门的审批专用章",)
    allowed = case is not None and stands_for_chief(command.actor, case.department, command.at, books)
    return flags if allowed else (*flags, "没有授权的用印")


def stands_for_chief(person: str, department: str, at: datetime, books: SealBooks) -> bool:
    """Whether who acts is the chief representative of this department at that moment, or stands for him."""
    post = books.roster.chief_posts.get(department)
    return post is not None and standing_of(books, person, post, at).side is not None


issuing_use_cases = (UseCase(IssueDocument, issue_document, "paper"),)

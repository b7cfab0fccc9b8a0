"""证照 a result made elsewhere is recorded by its number, its blank and the blanks spoiled on the way; none is ever drawn here.

What was used, spoiled or handed out can be counted against the stock of blanks; the register has its line like any paper's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases.model import Case
from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.model import Certificate, SealUse, SpoiledBlank
from clerk_app.sealing.permission import paper_stamp_flags

certificate_subject = "certificate:{}".format
MOST_SPOILED = 50


@dataclass(frozen=True, kw_only=True)
class RecordCertificate(Command):
    """记证照 made and stamped by hand: `seal` is the seal of its kind, `keeper` who pressed it (empty: the maker's own seal)."""

    kind: ClassVar[str] = "record_certificate"
    fact: ClassVar[bool] = True
    certificate: str
    case: str
    name: str
    certificate_no: str
    blank_no: str
    spoiled: tuple[SpoiledBlank, ...] = ()
    seal: str = ""
    keeper: str = ""
    digest: str = ""
    """SHA-256 of its scan, where one was made."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The certificate and its line in the register."""
        return (certificate_subject(self.certificate), f"seal_use:{self.certificate}")

    @property
    def about(self) -> tuple[str, ...]:
        """The case it is the result of."""
        return (case_subject(self.case),)


def record_certificate(command: RecordCertificate, books: SealBooks) -> Refusal | None:
    """The first word stands; what is out of order is recorded with it."""
    if books.certificate(command.certificate) is not None:
        return None
    case = books.case(command.case)
    flags = _flags(command, case, books)
    books.put_certificate(
        Certificate(
            id=command.certificate,
            case=command.case,
            name=command.name[:80],
            certificate_no=command.certificate_no.strip()[:60],
            blank_no=command.blank_no.strip()[:40],
            spoiled=command.spoiled[:MOST_SPOILED],
            seal=command.seal,
            by=command.actor,
            acting_for=command.acting_for or "",
            window=command.window,
            at=command.at,
            flags=flags,
        )
    )
    if command.seal:
        books.put_seal_use(_line(command, case, flags, books))
    return None


def _flags(command: RecordCertificate, case: Case | None, books: SealBooks) -> tuple[str, ...]:
    if case is None:
        return ("没有这件办件",)
    flags = []
    if case.decision is None or case.decision.outcome != "grant":
        flags.append("没有准予就制证")
    if command.seal:
        flags += paper_stamp_flags(books.roster.seals.get(command.seal), command.keeper, command.at, books)
    others = [one for one in books.certificates_of(command.case) if one.id != command.certificate]
    blanks = {one.blank_no for one in others} | {blank.blank_no for one in others for blank in one.spoiled}
    if command.blank_no and command.blank_no.strip() in blanks:
        flags.append("空白证号用过")
    return tuple(flags)


def _line(command: RecordCertificate, case: Case | None, flags: tuple[str, ...], books: SealBooks) -> SealUse:
    seal, decision = books.roster.seals.get(command.seal), case.decision if case else None
    return SealUse(
        id=command.certificate,
        seal=command.seal,
        seal_name=seal.name if seal else command.seal,
        certificate="",
        case=command.case,
        document_no=command.certificate_no.strip()[:60],
        title=command.name[:80],
        pages=1,
        copies=1,
        digest_before=command.digest,
        digest_after=command.digest,
        approver=decision.by if decision else "",
        letter=decision.letter if decision else "",
        user=command.actor,
        window=command.window,
        at=command.at,
        electronic=False,
        flags=flags,
        acting_for=decision.acting_for if decision else "",
        document=command.certificate,
        item=case.item if case else "",
        keeper=command.keeper,
        clock=command.clock,
        device=books.device,
    )


certificate_use_cases = (UseCase(RecordCertificate, record_certificate, "certificate"),)

"""用印 two commands: the use is a fact and always recorded; that the case is finished is a move, and rests on the fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases import model
from clerk_app.cases.model import Case
from clerk_app.cases.usecases import CaseCommand, put_case, unknown_case
from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.issuing import stands_for_chief
from clerk_app.sealing.model import SealUse


@dataclass(frozen=True, kw_only=True)
class RecordSealUse(Command):
    """用印登记 the seal was put on these bytes; `digest_before` is what was authorised, `digest_after` the sealed file."""

    kind: ClassVar[str] = "record_seal_use"
    fact: ClassVar[bool] = True
    seal_use: str
    seal: str
    certificate: str
    case: str
    document_no: str
    title: str
    pages: int
    copies: int
    digest_before: str
    digest_after: str
    electronic: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """The use itself."""
        return (f"seal_use:{self.seal_use}",)

    @property
    def about(self) -> tuple[str, ...]:
        """The case whose decision was sealed."""
        return (case_subject(self.case),)


@dataclass(frozen=True, kw_only=True)
class MarkSealed(CaseCommand):
    """记用印 the clocks of the case stop at the moment of the seal."""

    kind: ClassVar[str] = "mark_sealed"
    seal_use: str


def record_seal_use(command: RecordSealUse, books: SealBooks) -> Refusal | None:
    """Written whatever else is wrong; what is out of order stands in its flags."""
    case = books.case(command.case)
    seal = books.roster.seals.get(command.seal)
    decision = case.decision if case else None
    books.put_seal_use(
        SealUse(
            id=command.seal_use,
            seal=command.seal,
            seal_name=seal.name if seal else command.seal,
            certificate=command.certificate,
            case=command.case,
            document_no=command.document_no,
            title=command.title,
            pages=command.pages,
            copies=command.copies,
            digest_before=command.digest_before,
            digest_after=command.digest_after,
            approver=decision.by if decision else "",
            letter=decision.letter if decision else "",
            user=command.actor,
            window=command.window,
            at=command.at,
            electronic=command.electronic,
            flags=_flags(command, case, books, command.actor),
            acting_for=decision.acting_for if decision else "",
        )
    )
    return None


def _flags(use: RecordSealUse | SealUse, case: Case | None, books: SealBooks, user: str) -> tuple[str, ...]:
    if case is None or case.decision is None:
        return ("没有授权的用印",)
    flags = []
    if case.decision.digest != use.digest_before:
        flags.append("盖的不是授权的那份")
    if case.decision.document_no != use.document_no:
        flags.append("文号和授权的不同")
    if user != case.decision.by and not stands_for_chief(user, case.department, use.at, books):
        flags.append("不是授权的人盖的")
    return tuple(flags)


def looked_at_again(use: SealUse, case: Case, books: SealBooks) -> SealUse:
    """The same use beside a decision that counts only now."""
    decision = case.decision
    if decision is None:
        return use
    flags = _flags(use, case, books, use.user)
    return replace(use, approver=decision.by, acting_for=decision.acting_for, letter=decision.letter, flags=flags)


def mark_sealed(command: MarkSealed, books: SealBooks) -> Refusal | None:
    """Only on a use that is registered, and registered clean."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    use = books.seal_use(command.seal_use)
    if use is None or use.case != command.case or use.document:
        return Refusal("no-seal-use", "用印登记里没有这次用印，没有记办结。先登记用印再记。")
    if any(voided.seal_use == use.id for voided in case.life.voided):
        return Refusal("seal-use-voided", "这次用印已作废，没有记办结。重新授权、用印，再记。")
    if use.flags:
        return Refusal("seal-use-flagged", f"这次用印{use.flags[0]}，没有记办结。登记已在，首席代表和另一人来定。")
    return put_case(books, model.mark_sealed(case, use.id, use.at))


sealing_use_cases = (
    UseCase(RecordSealUse, record_seal_use, "seal"),
    UseCase(MarkSealed, mark_sealed, "mark_sealed"),
)

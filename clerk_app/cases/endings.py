"""撤回、终止、归档 how a case ends without a decision, and how it is laid away after delivery."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.handling import missing
from clerk_app.cases.life import Archived, Ending
from clerk_app.cases.model import Case
from clerk_app.cases.stamped import StampBooks, stamped
from clerk_app.cases.usecases import CaseCommand, put_case, unknown_case
from clerk_app.command import Refusal, UseCase

PROOF = "送达回证"


@dataclass(frozen=True, kw_only=True)
class WithdrawCase(CaseCommand):
    """撤回 the applicant does not want it any more, and says so on paper: the reason names that paper."""

    kind: ClassVar[str] = "withdraw_case"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TerminateCase(CaseCommand):
    """终止 the subject is gone, or the papers are false: said by the chief with his reason."""

    kind: ClassVar[str] = "terminate_case"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ArchiveCase(CaseCommand):
    """归档 with the list of what lies in the file; `owed_reason`: why a promised paper that never came is not waited for."""

    kind: ClassVar[str] = "archive_case"
    contents: tuple[str, ...]
    owed_reason: str = ""


def withdraw_case(command: WithdrawCase, books: StampBooks) -> Refusal | None:
    """Any time before the seal."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if not command.reason.strip():
        return missing("申请人的书面撤回（哪天的什么材料）", "没有撤回，件照常办")
    ended = _ended(case, command, "withdraw", command.reason)
    return stamped(case, books) or put_case(books, ended) if isinstance(ended, Case) else ended


def terminate_case(command: TerminateCase, books: StampBooks) -> Refusal | None:
    """Any time before the seal, by who stands for the chief."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if not stands_for_chief(command, case.department, books):
        return Refusal("not-the-chief", "终止由首席代表来办，没有终止，件照常办。请他来看。")
    if not command.reason.strip():
        return missing("终止的理由", "没有终止，件照常办")
    ended = _ended(case, command, "terminate", command.reason)
    return stamped(case, books) or put_case(books, ended) if isinstance(ended, Case) else ended


def _ended(case: Case, command: CaseCommand, event: Literal["withdraw", "terminate"], reason: str) -> Case | Refusal:
    moved = case.moved(event)
    if isinstance(moved, Refusal):
        return moved
    ending = Ending(
        how="withdrawn" if event == "withdraw" else "terminated",
        reason=reason.strip(),
        by=command.actor,
        at=command.at,
        acting_for=command.acting_for or "",
    )
    return replace(moved, life=replace(moved.life, ending=ending))


def file_list(case: Case) -> tuple[str, ...]:
    """卷内目录 what has to lie in the file: every paper taken in, the decision by its number, the signed proof of delivery."""
    papers = tuple(material.name for material in case.materials if material.brought_at is not None)
    decision = (case.decision.document_no,) if case.decision else ()
    return (*papers, *decision, PROOF)


def owed_papers(case: Case) -> tuple[str, ...]:
    """容缺未补 what was promised and never came."""
    return tuple(m.name for m in case.materials if m.tolerated_until and m.brought_at is None)


def archive_case(command: ArchiveCase, books: CaseBooks) -> Refusal | None:
    """The list is complete, or it is not archived; a promised paper that is missing is named in it with the reason."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    moved = case.moved("archive")
    if isinstance(moved, Refusal):
        return moved
    contents = tuple(dict.fromkeys(name.strip() for name in command.contents if name.strip()))
    if gone := [name for name in file_list(case) if name not in contents]:
        return Refusal("file-incomplete", f"卷内还缺{'、'.join(gone)}，没有归档。放进去再归。")
    if owed := "、".join(owed_papers(case)):
        if not command.owed_reason.strip():
            return Refusal(
                "file-incomplete", f"容缺的{owed}还没补来，没有归档。补齐再归；确实补不来的，写明为什么再归。"
            )
        contents = (*contents, f"容缺未补：{owed}（{command.owed_reason.strip()}）")
    archived = Archived(contents=contents, by=command.actor, at=command.at)
    return put_case(books, replace(moved, life=replace(moved.life, archived=archived)))


ending_use_cases = (
    UseCase(WithdrawCase, withdraw_case, "receive"),
    UseCase(TerminateCase, terminate_case, "decide"),
    UseCase(ArchiveCase, archive_case, "receive"),
)

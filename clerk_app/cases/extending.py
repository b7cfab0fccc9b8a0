"""延期 once, before the old date, no longer than the item lets it, by the paper of who has the rank (行政许可法 42).

Only the statutory clock is longer then: what was promised to the applicant stays promised.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.clocks import as_printed, recounted
from clerk_app.cases.handling import case_and_item, missing
from clerk_app.cases.life import Extension
from clerk_app.cases.model import Case, DueDates, in_review
from clerk_app.cases.usecases import CaseCommand, put_case
from clerk_app.command import Refusal, UseCase

rank_words: dict[str, str] = {
    "dept_head": "部门负责人",
    "government_head": "本级人民政府负责人",
    "foi_office_head": "信息公开工作机构负责人",
}


def rank_word(rank: str) -> str:
    """Who has to grant it, in words; a rank of the hall's own keeps its name."""
    return rank_words.get(rank, rank)


@dataclass(frozen=True, kw_only=True)
class AskExtension(CaseCommand):
    """请延期 so many more of the limit's own units, and why."""

    kind: ClassVar[str] = "ask_extension"
    days: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecordExtension(CaseCommand):
    """记延期 who granted it, in which rank, under which number; the ends as they are printed from now on."""

    kind: ClassVar[str] = "record_extension"
    approver: str
    rank: str
    document_no: str
    due: DueDates


def ask_extension(command: AskExtension, books: CaseBooks) -> Refusal | None:
    """What was asked and not granted yet is taken back by asking again."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    reviewed = _extending(case)
    if isinstance(reviewed, Refusal):
        return reviewed
    if refusal := _cannot_extend(command, reviewed, item, books) or _cannot_ask(command, item):
        return refusal
    asked = Extension(days=command.days, reason=command.reason.strip(), asked_by=command.actor, asked_at=command.at)
    return put_case(books, replace(reviewed, life=replace(reviewed.life, extension=asked)))


def _extending(case: Case) -> Case | Refusal:
    reviewed = in_review(case)
    return reviewed if isinstance(reviewed, Refusal) else reviewed.moved("extend")


def _cannot_extend(command: CaseCommand, case: Case, item: Item, books: CaseBooks) -> Refusal | None:
    if not item.statutory.extend or not item.statutory.extend_by:
        return Refusal("no-extension", f"{item.name}的期限依法不能延长，没有办，原来的期限不变。")
    if case.life.extension is not None and case.life.extension.granted:
        return Refusal("extended-already", "这件已经延过一次，只能延一次，没有办，期限不变。")
    now = as_printed(case, item, books.calendar, books.off_work, command.at.date())
    if now is not None and command.at.date() > now.statutory:
        return Refusal("extension-late", f"法定期限 {now.statutory:%Y-%m-%d} 已经过了，不能再延，没有办。")
    return None


def _cannot_ask(command: AskExtension, item: Item) -> Refusal | None:
    if not command.reason.strip():
        return missing("延期的理由", "没有提")
    if not 1 <= command.days <= item.statutory.extend:
        return Refusal("extension-length", f"最多延 {item.statutory.extend}，没有提。改了再提。")
    return None


def record_extension(command: RecordExtension, books: CaseBooks) -> Refusal | None:
    """Sent up by the chief; the paper that came back is recorded by who stands for him."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    moved = case.moved("extend")
    if isinstance(moved, Refusal):
        return moved
    if refusal := _cannot_extend(command, case, item, books):
        return refusal
    asked = case.life.extension
    if asked is None:
        return Refusal("nothing-asked", "没有人请延期，没有记，期限不变。先由窗口提出来。")
    if refusal := _cannot_record(command, case, item, books):
        return refusal
    extended = extended_case(moved, asked, command)
    counted = recounted(extended, item, books.calendar, books.off_work, command.at.date())
    if counted is not None and command.due.statutory < counted.statutory:
        return Refusal("due-too-early", "新的期限比数出来的还早，没有记，期限不变。刷新一下再办。")
    return put_case(books, replace(extended, due=command.due))


def _cannot_record(command: RecordExtension, case: Case, item: Item, books: CaseBooks) -> Refusal | None:
    if not stands_for_chief(command, case.department, books):
        return Refusal("not-the-chief", "延期由首席代表报上去、记回来，没有记，期限不变。请他来办。")
    if not command.approver.strip() or not command.document_no.strip():
        return missing("批准人和批准文号", "没有记，期限不变")
    if command.rank != item.statutory.extend_by:
        needed = rank_word(item.statutory.extend_by)
        return Refusal("extension-rank", f"延期要{needed}批准，{rank_word(command.rank)}批的不算，没有记，期限不变。")
    if case.due is not None and command.due.promised != case.due.promised:
        return Refusal("promise-moved", "延的是法定期限，承诺的日子不变，没有记。刷新一下再办。")
    return None


def extended_case(case: Case, asked: Extension, by: RecordExtension) -> Case:
    """The case with the paper of the rank; its printed ends are still the old ones."""
    granted = replace(
        asked,
        approver=by.approver.strip(),
        rank=by.rank,
        document_no=by.document_no.strip(),
        recorded_by=by.actor,
        recorded_at=by.at,
    )
    return replace(case, life=replace(case.life, extension=granted))


extending_use_cases = (
    UseCase(AskExtension, ask_extension, "extend"),
    UseCase(RecordExtension, record_extension, "extend"),
)

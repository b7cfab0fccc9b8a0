"""事后改动 what is done to a case out of its usual course: a field corrected, the case voided, or typed again from a slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, ClassVar

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Life
from clerk_app.cases.model import (
    Applicant,
    Case,
    CaseMaterial,
    DueDates,
    LateEntry,
    Void,
    case_kind,
    case_number,
)
from clerk_app.cases.receiving import secret
from clerk_app.cases.stamped import StampBooks, stamped
from clerk_app.cases.states import state_words
from clerk_app.cases.usecases import CaseCommand, unknown_case
from clerk_app.command import Conflict, Refusal, UseCase, case_subject
from clerk_app.patching import Patch, apply, clashes, reach

_names = tuple(one.name for one in fields(Applicant))
_late = ("phone", "agent")
"""What may still be corrected once a decision page may bear the name."""


@dataclass(frozen=True, kw_only=True)
class VoidCase(CaseCommand):
    """作废 the case counts for nothing any more; only before it is sealed (a wrong stamp is voided first, by two)."""

    kind: ClassVar[str] = "void_case"
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectCase(CaseCommand):
    """更正 fields of the applicant as a merge patch with their old values (`clerk_app.patching`)."""

    kind: ClassVar[str] = "correct_case"
    patch: dict[str, Any]
    touched: dict[str, Any]

    @property
    def edit(self) -> Patch:
        """改动."""
        return Patch(self.patch, self.touched)


@dataclass(frozen=True, kw_only=True)
class ReenterCase(CaseCommand):
    """补录 a case whose machine is gone, from the citizen's slip: its number, code, times and dates are the slip's.

    `case_no` is empty when it had not been accepted yet; `block` is the dead machine's, which this number came from;
    `second_limit`: the slip says so.
    """

    kind: ClassVar[str] = "reenter_case"
    item: str
    applicant: Applicant
    brought: tuple[str, ...]
    query_code: str
    received_at: datetime
    reason: str
    case_no: str = ""
    block: str = ""
    serial: int = 0
    accepted_at: datetime | None = None
    due: DueDates | None = None
    second_limit: bool = False


def case_void() -> Refusal:
    """Void beats whatever comes after it."""
    return Refusal("case-void", "这件已作废，这次改动没有进去，原样留着。要接着办，重新收一件。")


def void_case(command: VoidCase, books: StampBooks) -> Refusal | None:
    """The row stays for ever; it says so."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    moved = case.moved("void")
    if isinstance(moved, Refusal):
        return Refusal("not-to-void", f"这件现在是{state_words[case.state]}，没有再作废。送出的结果要走撤销。")
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写作废的原因，没有作废。写一句为什么再作废。")
    if refusal := stamped(case, books):
        return refusal
    mark = Void(by=command.actor, at=command.at, reason=command.reason.strip())
    books.put_case(replace(moved, void=mark))
    return None


def correct_case(command: CorrectCase, books: CaseBooks) -> Refusal | None:
    """Fields nobody else changed go in; one that was changed otherwise meanwhile is a conflict."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    if case.state == "void":
        return case_void()
    if refusal := _cannot_correct(command, case):
        return refusal
    before = applicant_fields(case)
    if found := clashes(command.edit, before):
        return field_conflict(len(found))
    applicant = Applicant(**apply(command.edit, before)["applicant"])
    if not applicant.name.strip():
        return Refusal("applicant-missing", "申请人不能空着，没有更正。填上申请人再存。")
    books.put_case(replace(case, applicant=applicant))
    return None


def applicant_fields(case: Case) -> dict[str, Any]:
    """What a correction is made over."""
    return {"applicant": asdict(case.applicant)}


def field_conflict(places: int) -> Conflict:
    """Both values are kept."""
    return Conflict("field-conflict", f"有 {places} 处和别的窗口改的不一样，两个说法都留着。请一处一处选定。")


def _cannot_correct(command: CorrectCase, case: Case) -> Refusal | None:
    changed = command.patch.get("applicant")
    plain = isinstance(changed, Mapping) and set(command.patch) == {"applicant"} and reach(command.edit)
    if not plain or not isinstance(changed, Mapping):
        return Refusal("correction-unreadable", "这次更正看不明白，没有改。重新打开这件再改。")
    if not all(name in _names and isinstance(value, str) for name, value in changed.items()):
        return Refusal("correction-unreadable", "这次更正看不明白，没有改。重新打开这件再改。")
    if case.state in ("delivered", "archived"):
        return Refusal("case-delivered", "结果已送达，办件不再改，没有更正。要改另走变更。")
    if case.state not in ("draft", "received", "correction", "accepted") and not all(name in _late for name in changed):
        return Refusal(
            "correction-late", f"这件现在是{state_words[case.state]}，申请人和证件号不再改，没有更正。先退回经办。"
        )
    return None


def reenter_case(command: ReenterCase, books: CaseBooks) -> Refusal | None:
    """Times and number of the slip stand; that it was typed later stands beside them."""
    item = books.item(command.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有事项 {command.item}，没有补录。换一个事项。")
    if books.case(command.case) is not None:
        return Refusal("case-exists", "这件已在账上，没有再补录。")
    if refusal := _cannot_reenter(command, item, books):
        return refusal
    if command.case_no:
        kind = case_kind(_accepted(command).year)
        if refusal := books.spend_lost_number(kind, command.block, command.serial, command.id):
            return refusal
    books.put_case(_reentered(command, item))
    books.take_hold(case_subject(command.case))
    return None


def _cannot_reenter(command: ReenterCase, item: Item, books: CaseBooks) -> Refusal | None:
    if item.paper_only:
        return secret(item)
    if item.external or command.window not in item.windows:
        return Refusal("item-elsewhere", f"{item.name}不在{command.window}号窗口办，没有补录。到办它的窗口补。")
    if not command.applicant.name.strip() or not command.reason.strip():
        return Refusal("applicant-missing", "申请人和补录原因都要填，没有补录。填上再存。")
    if command.received_at > command.at or (command.case_no and _accepted(command) > command.at):
        return Refusal("slip-in-future", "回执上的时间比现在还晚，没有补录。核对回执上的时间。")
    if not set(command.brought) <= {m.name for m in item.materials}:
        return Refusal("unknown-material", "有材料不在事项清单里，没有补录。照清单勾选。")
    if command.case_no and (command.due is None or not _fits_number(command, books)):
        return Refusal("case-number-wrong", "办件编号和回执时间、号段对不上，没有补录。核对回执上的编号。")
    return None


def _fits_number(command: ReenterCase, books: CaseBooks) -> bool:
    return command.case_no == case_number(books.hall_id, _accepted(command).date(), command.serial)


def _accepted(command: ReenterCase) -> datetime:
    return command.accepted_at or command.received_at


def _reentered(command: ReenterCase, item: Item) -> Case:
    brought = command.received_at
    return Case(
        id=command.case,
        ticket="",
        item=item.code,
        item_name=item.name,
        hall_version=command.hall_version,
        department=item.department,
        applicant=command.applicant,
        materials=tuple(
            CaseMaterial(name=m.name, essential=m.essential, brought_at=brought if m.name in command.brought else None)
            for m in item.materials
        ),
        state="accepted" if command.case_no else "received",
        received_at=command.received_at,
        window=command.window,
        handler=command.actor,
        acting_for=command.acting_for,
        query_code=command.query_code,
        case_no=command.case_no,
        serial=command.serial,
        accepted_at=_accepted(command) if command.case_no else None,
        due=command.due,
        late_entry=LateEntry(by=command.actor, at=command.at, reason=command.reason.strip()),
        life=Life(second_limit=command.second_limit and item.kind == "spot"),
    )


def _no_base(command: CorrectCase, books: CaseBooks) -> str:
    """Every field of an applicant is compared by itself: there is nothing beside them to tell."""
    return ""


afterwards_use_cases = (
    UseCase(VoidCase, void_case, "void_case"),
    UseCase(CorrectCase, correct_case, "correct", meanwhile=_no_base),
    UseCase(ReenterCase, reenter_case, "receive"),
)

"""收件受理 receiving and accepting: load, rule, record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates, case_kind, case_number
from clerk_app.command import Command, Refusal, UseCase, case_subject, ticket_subject


@dataclass(frozen=True, kw_only=True)
class CaseCommand(Command):
    """办件命令 an act on one case."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case."""
        return (case_subject(self.case),)


@dataclass(frozen=True, kw_only=True)
class ReceiveCase(CaseCommand):
    """收件 papers were taken in from a serving ticket. `brought` are names from the item's list."""

    kind: ClassVar[str] = "receive_case"
    ticket: str
    item: str
    applicant: Applicant
    brought: tuple[str, ...]
    query_code: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case; the ticket it rests on must not change hands meanwhile."""
        return (case_subject(self.case), ticket_subject(self.ticket))


@dataclass(frozen=True, kw_only=True)
class TickMaterial(CaseCommand):
    """收材料 one more paper brought (or handed back) before acceptance."""

    kind: ClassVar[str] = "tick_material"
    material: str
    brought: bool


@dataclass(frozen=True, kw_only=True)
class AcceptCase(CaseCommand):
    """受理 the case is accepted under a number of this device's block; due dates as counted at the window that day."""

    kind: ClassVar[str] = "accept_case"
    block: str
    serial: int
    case_no: str
    due: DueDates


@dataclass(frozen=True, kw_only=True)
class RecordReveal(CaseCommand):
    """显示证件号 masked numbers of a case were shown in full: the journal row is the record (个人信息保护法 51)."""

    kind: ClassVar[str] = "record_reveal"
    fact: ClassVar[bool] = True

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of the case changes."""
        return (f"reveal:{self.case}",)


def receive_case(command: ReceiveCase, books: CaseBooks) -> Refusal | None:
    """From a ticket that is being served at this very window."""
    ticket = books.ticket(command.ticket)
    if ticket is None or ticket.state != "serving" or ticket.window != command.window:
        return Refusal("ticket-not-serving", "收件要从本窗口正在办的号票来，什么都没改。先叫号、等人到窗。")
    item = books.item(command.item)
    if item is None:
        return Refusal("unknown-item", f"目录里没有事项 {command.item}，没有收件。换一个事项。")
    if refusal := _cannot_receive(command, item) or skill_refusal(command, item, books):
        return refusal
    if books.case(command.case) is not None:
        return Refusal("case-exists", "这件已收过，没有再收。")
    books.put_case(_new_case(command, item))
    books.take_hold(case_subject(command.case))
    return None


def _cannot_receive(command: ReceiveCase, item: Item) -> Refusal | None:
    if item.external:
        return Refusal("item-external", f"{item.name}由部门自己的系统办，这里不收件。到部门系统里办，号票照常办结。")
    if command.window not in item.windows:
        return Refusal(
            "item-elsewhere", f"{item.name}不在{command.window}号窗口办，没有收件。转到{_windows(item.windows)}窗口。"
        )
    if not command.applicant.name.strip():
        return Refusal("applicant-missing", "还没填申请人，没有收件。填上申请人再收。")
    listed = {m.name for m in item.materials}
    if extra := [name for name in command.brought if name not in listed]:
        return Refusal("unknown-material", f"事项清单里没有“{extra[0]}”，没有收件。清单外的材料不能要。")
    return None


def _new_case(command: ReceiveCase, item: Item) -> Case:
    materials = tuple(
        CaseMaterial(name=m.name, essential=m.essential, brought_at=command.at if m.name in command.brought else None)
        for m in item.materials
    )
    return Case(
        id=command.case,
        ticket=command.ticket,
        item=item.code,
        item_name=item.name,
        hall_version=command.hall_version,
        department=item.department,
        applicant=command.applicant,
        materials=materials,
        state="received",
        received_at=command.at,
        window=command.window,
        handler=command.actor,
        acting_for=command.acting_for,
        query_code=command.query_code,
    )


def skill_refusal(command: Command, item: Item, books: CaseBooks) -> Refusal | None:
    """Some items are taken in only by who is qualified (婚姻登记条例: 婚姻登记员)."""
    person = books.roster.people.get(command.actor)
    lacking = [skill for skill in item.skills if person is None or skill not in person.skills]
    if not lacking:
        return None
    name = books.roster.name_of(command.actor)
    return Refusal(
        "skill-missing", f"{item.name}要{lacking[0]}来办，{name} 没有这个资格，这一步没有办。请有资格的人来办。"
    )


def _windows(numbers: tuple[int, ...]) -> str:
    return "、".join(f"{n}号" for n in numbers)


def tick_material(command: TickMaterial, books: CaseBooks) -> Refusal | None:
    """One line of the list."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    return put_case(books, case.tick(command.material, command.at if command.brought else None))


def accept_case(command: AcceptCase, books: CaseBooks) -> Refusal | None:
    """Rule first, then the number: a refused acceptance spends none."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is not None and (refusal := skill_refusal(command, item, books)):
        return refusal
    accepted = case.accept(command.case_no, command.serial, command.at, command.due)
    if isinstance(accepted, Refusal):
        return accepted
    if command.case_no != case_number(books.hall_id, command.at.date(), command.serial):
        return Refusal("case-number-wrong", "办件编号和号段对不上，没有受理。件还在收件里，找管理员看号段。")
    if refusal := books.spend_number(case_kind(command.at.year), command.block, command.serial, command.id):
        return refusal
    books.put_case(accepted)
    return None


def record_reveal(command: RecordReveal, books: CaseBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


def put_case(books: CaseBooks, result: Case | Refusal) -> Refusal | None:
    """Write the new state, or pass the refusal on."""
    if isinstance(result, Refusal):
        return result
    books.put_case(result)
    return None


def unknown_case() -> Refusal:
    """No such case here."""
    return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")


case_use_cases = (
    UseCase(ReceiveCase, receive_case, "receive"),
    UseCase(TickMaterial, tick_material, "receive"),
    UseCase(AcceptCase, accept_case, "accept"),
    UseCase(RecordReveal, record_reveal, "unmask"),
)

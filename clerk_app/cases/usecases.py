"""收件受理 receiving and accepting: load, rule, record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol

from clerk_app.cases.accepting import accept
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.coming_back import came_for
from clerk_app.cases.deeming import put_back
from clerk_app.cases.electronic import awaited_refusal
from clerk_app.cases.life import Assisted
from clerk_app.cases.model import Applicant, BroughtAs, Case, DueDates, case_kind, case_number
from clerk_app.cases.receiving import Promise, may_begin, received, relisted, replaced_refusal, skill_refusal
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
    """收件 papers were taken in from a serving ticket. `brought` are names from the item's list.

    `second_limit`: taken in while a line was cut or another system was down; `received_at` with `late_reason`: taken in
    on paper before, and typed now.
    """

    kind: ClassVar[str] = "receive_case"
    ticket: str
    item: str
    applicant: Applicant
    brought: tuple[str, ...]
    query_code: str
    brought_as: Mapping[str, BroughtAs] = field(default_factory=dict)
    tolerated: tuple[Promise, ...] = ()
    second_limit: bool = False
    green: str = ""
    replaces: str = ""
    assisted: Assisted | None = None
    received_at: datetime | None = None
    late_reason: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case; the ticket it rests on must not change hands meanwhile (none: it came from outside)."""
        return (case_subject(self.case), *((ticket_subject(self.ticket),) if self.ticket else ()))

    @property
    def about(self) -> tuple[str, ...]:
        """What it replaces stands still meanwhile."""
        return (*self.subjects, case_subject(self.replaces)) if self.replaces else self.subjects


@dataclass(frozen=True, kw_only=True)
class TickMaterial(CaseCommand):
    """收材料 one more paper brought (or handed back) before acceptance."""

    kind: ClassVar[str] = "tick_material"
    material: str
    brought: bool
    brought_as: BroughtAs = ""


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


@dataclass(frozen=True, kw_only=True)
class LeaveWithoutResult(CaseCommand):
    """人先走 the citizen leaves before the result is there: from now on he has our paper, and comes or calls again."""

    kind: ClassVar[str] = "leave_without_result"
    fact: ClassVar[bool] = True

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of the case changes."""
        return (f"left:{self.case}",)


def receive_case(command: ReceiveCase, books: CaseBooks) -> Refusal | None:
    """From a ticket that is being served at this very window, or from its draft."""
    item = may_begin(command, books)
    if isinstance(item, Refusal):
        return item
    if refusal := skill_refusal(command, item, books) or replaced_refusal(command, books):
        return refusal
    if refusal := awaited_refusal(command.case, command.brought, command.brought_as, books):
        return refusal
    again = came_for(command.ticket, command.case, books)
    taken = received(command, item, books.case(command.case), came_for=again)
    if isinstance(taken, Refusal):
        return taken
    books.put_case(taken)
    books.take_hold(case_subject(command.case))
    return None


def tick_material(command: TickMaterial, books: CaseBooks) -> Refusal | None:
    """One line of the list, as the catalogue in force has it."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    ticked = (command.material,) if command.brought else ()
    if refusal := awaited_refusal(case.id, ticked, {command.material: command.brought_as}, books):
        return refusal
    item = books.item(case.item)
    if item is not None:
        case = put_back(case, item, books.calendar, command.at)
        case = relisted(case, item, command.hall_version) if case.accepted_at is None else case
    return put_case(books, case.tick(command.material, command.at if command.brought else None, command.brought_as))


def accept_case(command: AcceptCase, books: CaseBooks) -> Refusal | None:
    """Rule first, then the number: a refused acceptance spends none."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    if refusal := skill_refusal(command, item, books):
        return refusal
    accepted = accept(command, case, item, books)
    if isinstance(accepted, Refusal):
        return accepted
    if refusal := spend_case_number(command, books):
        return refusal
    books.put_case(accepted)
    return None


class NumberSpent(Protocol):
    """编号的一步 what is looked at of a command that spends a case number."""

    @property
    def id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def block(self) -> str: ...
    @property
    def serial(self) -> int: ...
    @property
    def case_no(self) -> str: ...


def spend_case_number(command: NumberSpent, books: CaseBooks) -> Refusal | None:
    """办件编号 of this device's block, bearing the day of the act."""
    if command.case_no != case_number(books.hall_id, command.at.date(), command.serial):
        return Refusal("case-number-wrong", "办件编号和号段对不上，没有受理。件还在收件里，找管理员看号段。")
    return books.spend_number(case_kind(command.at.year), command.block, command.serial, command.id)


def record_reveal(command: RecordReveal, books: CaseBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


def leave_without_result(command: LeaveWithoutResult, books: CaseBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


def put_case(books: CaseBooks, result: Case | Refusal) -> Refusal | None:
    """Write the new state, or pass the refusal on."""
    if isinstance(result, Refusal):
        return result
    books.put_case(result)
    return None


def item_gone(case: Case) -> Refusal:
    """The catalogue in force no longer has the item."""
    return Refusal(
        "item-gone", f"事项目录换了新版，里面没有“{case.item_name}”了，这一步没有办。件原样留着，请首席代表定怎么答复。"
    )


def unknown_case() -> Refusal:
    """No such case here."""
    return Refusal("unknown-case", "没有这件办件，什么都没改。核对编号，或到中心查一下。")


case_use_cases = (
    UseCase(ReceiveCase, receive_case, "receive"),
    UseCase(TickMaterial, tick_material, "receive"),
    UseCase(AcceptCase, accept_case, "accept"),
    UseCase(RecordReveal, record_reveal, "unmask"),
    UseCase(LeaveWithoutResult, leave_without_result, "receive"),
)

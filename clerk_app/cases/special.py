"""特别程序 the closed list that stops both clocks (行政许可法 45): asked by the clerk, confirmed by the chief, ended by its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.clocks import recounted
from clerk_app.cases.handling import case_and_item, missing
from clerk_app.cases.life import SPECIAL, Procedure, SpecialProcedure, procedure_words
from clerk_app.cases.model import Case, DueDates, in_review
from clerk_app.cases.usecases import CaseCommand, put_case, unknown_case
from clerk_app.command import Refusal, UseCase
from clerk_app.workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class AskSpecialProcedure(CaseCommand):
    """提特别程序 which of the list, until when it is planned, and why."""

    kind: ClassVar[str] = "ask_special_procedure"
    procedure: Procedure
    planned_end: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConfirmSpecialProcedure(CaseCommand):
    """准特别程序 from today both clocks rest."""

    kind: ClassVar[str] = "confirm_special_procedure"


@dataclass(frozen=True, kw_only=True)
class EndSpecialProcedure(CaseCommand):
    """特别程序结束 what came of it and on which day; the ends as they are printed from now on."""

    kind: ClassVar[str] = "end_special_procedure"
    result: str
    ended_on: date
    due: DueDates


def ask_special_procedure(command: AskSpecialProcedure, books: CaseBooks) -> Refusal | None:
    """One that waits unconfirmed is taken back by asking again."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    reviewed = in_review(case)
    if isinstance(reviewed, Refusal):
        return reviewed
    suspended = reviewed.moved("suspend")
    if isinstance(suspended, Refusal):
        return suspended
    if refusal := _cannot_ask(command, item, books.calendar):
        return refusal
    asked = SpecialProcedure(
        procedure=command.procedure,
        reason=command.reason.strip(),
        planned_end=command.planned_end,
        asked_by=command.actor,
        asked_at=command.at,
    )
    return put_case(books, _with(reviewed, (*_confirmed(reviewed), asked)))


def _cannot_ask(command: AskSpecialProcedure, item: Item, calendar: Calendar) -> Refusal | None:
    word = procedure_words[command.procedure]
    if command.procedure not in SPECIAL and not item.consult_workdays:
        return Refusal("not-special", f"{item.name}不能因为{word}停期限，没有提。只有信息公开申请可以。")
    if not command.reason.strip():
        return missing(f"为什么要{word}", "没有提")
    today = command.at.date()
    if command.planned_end <= today:
        return Refusal("planned-end", "预计结束的日子要在今天以后，没有提。改了日子再提。")
    if command.procedure not in SPECIAL:
        longest = calendar.due(today, item.consult_workdays).due
        if command.planned_end > longest:
            most = f"{item.consult_workdays} 个工作日"
            return Refusal("planned-end", f"{word}最多 {most} 不计期限，到 {longest:%Y-%m-%d}，没有提。改了日子再提。")
    return None


def confirm_special_procedure(command: ConfirmSpecialProcedure, books: CaseBooks) -> Refusal | None:
    """By who stands for the chief, and did not ask for it himself."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    moved = case.moved("suspend")
    if isinstance(moved, Refusal):
        return moved
    asked = case.life.procedure
    if asked is None or asked.confirmed_at is not None:
        return Refusal("nothing-asked", "没有等着确认的特别程序，期限照走。先由窗口提出来。")
    if not stands_for_chief(command, case.department, books):
        return Refusal("not-the-chief", "特别程序由首席代表确认，没有确认，期限照走。请他来看。")
    if asked.asked_by == command.actor:
        return Refusal("own-request", "特别程序是您自己提的，要另一人确认，没有确认，期限照走。")
    if asked.planned_end < command.at.date():
        return Refusal("planned-end", "预计结束的日子已经过了，没有确认，期限照走。请窗口改了日子再提。")
    confirmed = replace(asked, confirmed_by=command.actor, confirmed_at=command.at)
    return put_case(books, _with(moved, (*_confirmed(case), confirmed)))


def end_special_procedure(command: EndSpecialProcedure, books: CaseBooks) -> Refusal | None:
    """The new ends are never earlier than what is left of the limits gives."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    if refusal := _cannot_end(command, case):
        return refusal
    ended = ended_case(case, command.result.strip(), command.ended_on, command.actor)
    if isinstance(ended, Refusal):
        return ended
    counted = recounted(ended, item, books.calendar, books.off_work, command.at.date())
    if counted is not None and too_early(command.due, counted):
        return Refusal("due-too-early", "新的期限比数出来的还早，没有记，期限还停着。刷新一下再办。")
    return put_case(books, replace(ended, due=command.due))


def _cannot_end(command: EndSpecialProcedure, case: Case) -> Refusal | None:
    if not command.result.strip():
        return missing("特别程序的结果", "没有结束，期限还停着")
    begun = next((p.confirmed_at for p in case.life.procedures if p.running), None)
    if begun is not None and not _day_of(begun) <= command.ended_on <= command.at.date():
        return Refusal("ended-on", f"结束日期要在 {begun:%Y-%m-%d} 以后、今天以前，没有结束，期限还停着。核对日期。")
    return None


def _day_of(moment: datetime) -> date:
    return moment.date()


def ended_case(case: Case, result: str, on: date, by: str) -> Case | Refusal:
    """The case as it goes on when its pause ends on this day; its printed ends are still the old ones."""
    moved = case.moved("resume")
    if isinstance(moved, Refusal):
        return moved
    running = next((p for p in case.life.procedures if p.running), None)
    if running is None:
        return Refusal("nothing-asked", "没有正在走的特别程序，什么都没改。刷新一下再看。")
    over = replace(running, ended_on=on, ended_by=by, result=result)
    return _with(moved, tuple(over if p is running else p for p in case.life.procedures))


def too_early(said: DueDates, counted: DueDates) -> bool:
    """Whether a date that is to be printed takes something away."""
    return said.promised < counted.promised or said.statutory < counted.statutory


def _confirmed(case: Case) -> tuple[SpecialProcedure, ...]:
    return tuple(p for p in case.life.procedures if p.confirmed_at is not None)


def _with(case: Case, procedures: tuple[SpecialProcedure, ...]) -> Case:
    return replace(case, life=replace(case.life, procedures=procedures))


special_use_cases = (
    UseCase(AskSpecialProcedure, ask_special_procedure, "special_procedure"),
    UseCase(ConfirmSpecialProcedure, confirm_special_procedure, "special_procedure"),
    UseCase(EndSpecialProcedure, end_special_procedure, "special_procedure"),
)

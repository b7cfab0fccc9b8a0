"""催领 whoever does not come is told that his result lies here; how long it lies, and when to tell him again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from clerk_app.cases.usecases import unknown_case
from clerk_app.command import Command, Refusal, UseCase, case_subject
from clerk_app.receipts.handing.books import HandingBooks
from clerk_app.receipts.handing.model import RemindedBy, Reminder, Result, result_subject
from clerk_app.receipts.handing.rules import HandingRules
from clerk_app.workdays import Calendar, workdays_between

LONGEST = 120
Age = Literal["fresh", "remind", "unclaimed"]


@dataclass(frozen=True, kw_only=True)
class RemindResult(Command):
    """记催领 somebody was told; `said` is what he answered."""

    kind: ClassVar[str] = "remind_result"
    case: str
    how: RemindedBy
    said: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """Where the paper is."""
        return (result_subject(self.case),)

    @property
    def about(self) -> tuple[str, ...]:
        """Its case."""
        return (result_subject(self.case), case_subject(self.case))


def remind_result(command: RemindResult, books: HandingBooks) -> Refusal | None:
    """What lies on a shelf; that somebody called is kept whoever has the case in hand."""
    result = books.result(command.case)
    if result is None:
        return unknown_case()
    if result.state != "shelved":
        return Refusal("not-on-shelf", f"{result.case_no} 不在架上了，没有记催领。刷新一下再看。")
    if len(command.said) > LONGEST:
        return Refusal("too-long", f"写得太长，没有记。不超过 {LONGEST} 个字。")
    reminder = Reminder(how=command.how, said=command.said.strip(), by=command.actor, at=command.at)
    books.put_result(result.moved(command.at, reminders=(*result.reminders, reminder)))
    return None


def days_here(result: Result, today: date, calendar: Calendar) -> int:
    """在架几个工作日 since it was taken in, or came back."""
    return workdays_between(calendar, result.since.date(), today) if result.since else 0


def age_of(result: Result, today: date, calendar: Calendar, rules: HandingRules) -> Age:
    """Whether somebody should be told (again), or it is to be dealt with as unclaimed."""
    days = days_here(result, today, calendar)
    if days >= rules.unclaimed_after:
        return "unclaimed"
    told_here = [reminder.at.date() for reminder in result.reminders if result.since and reminder.at >= result.since]
    since = told_here[-1] if told_here else None
    told = workdays_between(calendar, since, today) if since else days
    return "remind" if told >= (rules.remind_every if since else rules.remind_after) else "fresh"


reminding_use_cases = (UseCase(RemindResult, remind_result, "deliver"),)

"""受理规矩 one acceptance date: in time, from the last piece after a correction, or from the day of receipt when nobody answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import deemed_on
from clerk_app.cases.deeming import confirm, deem, put_back
from clerk_app.cases.limits import dues_of
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.partners import partners_asked
from clerk_app.cases.receiving import newly_asked, relisted
from clerk_app.cases.states import RUNNING
from clerk_app.command import Refusal
from clerk_app.workdays import Calendar


class Numbered(Protocol):
    """受理的一步 what the rule looks at of a command that accepts."""

    @property
    def case_no(self) -> str: ...
    @property
    def serial(self) -> int: ...
    @property
    def due(self) -> DueDates: ...
    @property
    def at(self) -> datetime: ...
    @property
    def hall_version(self) -> str: ...


def accept(command: Numbered, case: Case, item: Item, books: CaseBooks) -> Case | Refusal:
    """受理, or the number alone when silence has accepted the case already (视为受理)."""
    now = put_back(case, item, books.calendar, command.at)
    last = deemed_on(now, item, books.calendar)
    if last is not None and command.at.date() > last:
        deemed = deem(now, item, books.calendar, books.off_work, command.at, provisional=False)
        return deemed if isinstance(deemed, Refusal) else numbered(command, deemed)
    if now.life.deemed is not None and not now.case_no and now.state in (*RUNNING, "suspended"):
        return numbered(command, confirm(now))
    listed = relisted(now, item, command.hall_version)
    if asked := newly_asked(now, listed):
        return Refusal(
            "item-version-changed",
            f"事项目录换了新版，“{item.name}”现在还要{'、'.join(asked)}，没有受理。件还在收件里，照新清单补上再受理。",
        )
    accepted = listed.accept(command.case_no, command.serial, command.at, command.due)
    if isinstance(accepted, Refusal):
        return accepted
    partners = partners_asked(item, command.at, books.calendar)
    return replace(accepted, life=replace(accepted.life, partners=partners))


def due_then(case: Case, item: Item, calendar: Calendar, off_work: time, at: datetime) -> DueDates:
    """办结期限 as an acceptance at this moment prints it: back-dated when silence has accepted it already."""
    last = deemed_on(case, item, calendar)
    if case.life.deemed is not None and case.due is not None:
        return case.due
    if last is not None and at.date() > last:
        deemed = deem(case, item, calendar, off_work, at, provisional=False)
        if not isinstance(deemed, Refusal) and deemed.due is not None:
            return deemed.due
    return dues_of(case, item, at, calendar, off_work)


def numbered(command: Numbered, case: Case) -> Case:
    """编号 a case that was deemed accepted gets its number with its late notice; its dates stay."""
    return replace(case, case_no=command.case_no, serial=command.serial)

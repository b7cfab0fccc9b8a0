"""视为受理 silence accepts: nobody answered within the intake limit, so the case counts as accepted from the day of receipt.

The centre finds it (行政许可法 32(4); 不动产登记暂行条例 17). While the machine that holds the case is silent it is
provisional: an answer that machine gave within the limit, heard later, puts the case back where it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import deemed_on, dues_from, intake_due
from clerk_app.cases.life import Deemed
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.partners import partners_asked
from clerk_app.command import Refusal
from clerk_app.workdays import Calendar


def deem(
    case: Case, item: Item, calendar: Calendar, off_work: time, at: datetime, *, provisional: bool
) -> Case | Refusal:
    """视为受理 with back-dated ends; refused while somebody may still answer, or has."""
    last = deemed_on(case, item, calendar)
    if last is None:
        return Refusal("not-deemed", "这件已答复过，或者这个事项不因为没答复就算受理，什么都没改。照件上的状态接着办。")
    if at.date() <= last:
        return Refusal("not-deemed", f"答复期限到 {last:%Y-%m-%d} 才满，没有算视为受理。期限内还可以答复。")
    moved = case.moved("deem")
    if isinstance(moved, Refusal):
        return moved
    deemed = Deemed(on=case.received_at.date(), at=at, provisional=provisional)
    partners = partners_asked(item, at, calendar)
    life = replace(case.life, deemed=deemed, partners=partners)
    taken = replace(moved, accepted_at=case.received_at, life=life)
    return replace(taken, due=_dues(taken, item, calendar, off_work, at))


def _dues(case: Case, item: Item, calendar: Calendar, off_work: time, at: datetime) -> DueDates | None:
    found = dues_from(case, item, calendar, off_work, at.date())
    if found is None:
        return None
    (promised, statutory), certain = found
    return DueDates(
        promised=promised.due,
        statutory=max(statutory.due, promised.due),
        provisional=promised.provisional or statutory.provisional or not certain,
        reason="没在答复期限内答复，视为受理，从收件之日起算。",
    )


def confirm(case: Case) -> Case:
    """坐实 the holding machine was heard of and had not answered in time: the deeming is no longer provisional."""
    deemed = case.life.deemed
    if deemed is None or not deemed.provisional:
        return case
    return replace(case, life=replace(case.life, deemed=replace(deemed, provisional=False)))


def put_back(case: Case, item: Item, calendar: Calendar, at: datetime) -> Case:
    """撤销视为受理 before an act done at `at` is judged: what was done within the limit finds the case as it was then."""
    deemed = case.life.deemed
    if deemed is None or not deemed.provisional or case.state != "accepted" or case.case_no:
        return case
    if at.date() > intake_due(case, item, calendar).due:
        return case
    life = replace(case.life, deemed=None, partners=())
    return replace(case, state="received", accepted_at=None, due=None, life=life)

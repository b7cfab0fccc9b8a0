"""时限钟 every clock of a case as it stands at a moment, counted from the case's own values: nothing is stored that can be counted.

Start day not counted; a limit that ends on a day off ends on the next working day (民事诉讼法 85 by analogy); only the
closed list of special procedures pauses (行政许可法 45): days after its confirmation up to the day of its result do not
count. Statutory and promised stop at the seal. A date that was printed binds when a later calendar would give a later one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.life import SpecialProcedure
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.states import RUNNING
from clerk_app.workdays import Calendar, Due

DELIVERY = Limit(n=10)
"""送达 working days from the decision (行政许可法 44)."""

ClockKind = Literal["intake", "statutory", "promised", "special", "correction", "delivery"]
clock_words: dict[ClockKind, str] = {
    "intake": "答复期限",
    "statutory": "法定期限",
    "promised": "承诺办结",
    "special": "特别程序预计结束",
    "correction": "补正期限",
    "delivery": "送达期限",
}


@dataclass(frozen=True, kw_only=True)
class CaseClock:
    """一只钟 from when, until when, whether it runs, rests or has stopped, and by which count; `due` None: nothing limits it."""

    kind: ClockKind
    start: date
    due: date | None
    running: bool
    paused: bool = False
    stopped_at: datetime | None = None
    provisional: bool = False
    why: str = ""


def clocks_of(case: Case, item: Item, calendar: Calendar, off_work: time, today: date) -> tuple[CaseClock, ...]:
    """All that have begun, in the order they began; `today` only tells how long a running pause has lasted."""
    made = (
        _intake(case, item, calendar),
        _correction(case),
        *_deciding(case, item, calendar, off_work, today),
        _special(case),
        _delivery(case, calendar),
    )
    return tuple(clock for clock in made if clock is not None)


def binding(clocks: tuple[CaseClock, ...]) -> CaseClock | None:
    """现在要紧的 the one that runs and ends first; a case whose clocks all rest has none."""
    running = [clock for clock in clocks if clock.running and clock.due is not None and clock.kind != "special"]
    return min(running, key=lambda clock: clock.due or date.max, default=None)


def listed(case: Case, item: Item | None, calendar: Calendar, off_work: time) -> Case:
    """The case with the day it stands under in lists: of the clock that binds, of a special procedure its planned end."""
    if item is None:
        return replace(case, due_on=case.due.promised if case.due and case.state in RUNNING else None)
    clocks = clocks_of(case, item, calendar, off_work, case.received_at.date())
    found = binding(clocks) or next((clock for clock in clocks if clock.running), None)
    return replace(case, due_on=found.due if found else None)


def deemed_on(case: Case, item: Item, calendar: Calendar) -> date | None:
    """视为受理之日 the last day somebody may answer; None for what silence does not accept or is answered already."""
    rule = item.correction_rule
    if case.state != "received" or not rule.deemed or case.life.completed_on or case.life.notices:
        return None
    return intake_due(case, item, calendar).due


def intake_due(case: Case, item: Item, calendar: Calendar) -> Due:
    """答复期限 of a receipt: on the spot where the law says so, day off or not, else its working days."""
    return _answer_due(case.received_at.date(), item, calendar)


def _answer_due(start: date, item: Item, calendar: Calendar) -> Due:
    if item.correction_rule.at_once:
        return Due(start, provisional=False)
    return calendar.due(start, item.correction_rule.intake_days)


def _intake(case: Case, item: Item, calendar: Calendar) -> CaseClock | None:
    """What is complete after a correction is to be accepted (32(5)): until it is, the clock counts from the last piece."""
    if case.state in ("draft", "advised"):
        return None
    start = case.life.completed_on or case.received_at.date()
    due = _answer_due(start, item, calendar)
    answered = _answered_at(case)
    return CaseClock(
        kind="intake",
        start=start,
        due=due.due,
        running=case.state == "received" and answered is None,
        stopped_at=answered,
        provisional=due.provisional,
    )


def _answered_at(case: Case) -> datetime | None:
    if case.life.notices and case.life.completed_on is None:
        return case.life.notices[0].at
    if case.life.deemed is not None:
        return case.life.deemed.at
    if case.life.ending is not None and case.accepted_at is None:
        return case.life.ending.at
    return case.accepted_at


def _correction(case: Case) -> CaseClock | None:
    if not case.life.notices:
        return None
    notice = case.life.notices[-1]
    return CaseClock(
        kind="correction",
        start=notice.at.date(),
        due=notice.bring_by,
        running=case.state == "correction",
    )


def start_of(case: Case, item: Item) -> tuple[date, bool] | None:
    """起算日 the day the statutory and promised clocks count from, and whether it is certain; None before acceptance."""
    day = case.accepted_on
    return None if day is None else begins(item, day)


def begins(item: Item, day: date) -> tuple[date, bool]:
    """起算日 of what is accepted on this day: the day itself, or when the next batch closes."""
    if not item.from_batch:
        return day, True
    close = next((close for close in sorted(item.batch_closes) if close >= day), None)
    return (close, True) if close else (day, False)


def dues_from(
    case: Case, item: Item, calendar: Calendar, off_work: time, today: date
) -> tuple[tuple[Due, Due], bool] | None:
    """承诺、法定 both ends as counted now, with what was paused and granted; and whether their start is certain."""
    begun = start_of(case, item)
    if begun is None:
        return None
    start, certain = begun
    promised_limit = cut_limit(item) if case.life.second_limit else item.promised
    granted = case.life.extension.days if case.life.extension and case.life.extension.granted else 0
    late = case.accepted_at is not None and case.accepted_at.time() > off_work
    rests = _rests(case, item, calendar, today)
    promised = _end(start, promised_limit, 0, rests, calendar, late=late)
    statutory = _end(start, item.statutory, granted, rests, calendar, late=late)
    return (promised, statutory), certain


def ends_of(item: Item, start: date, calendar: Calendar, *, late: bool, second: bool = False) -> tuple[Due, Due]:
    """承诺、法定 of what begins on this day and has not rested yet: what an acceptance prints."""
    promised = _end(start, cut_limit(item) if second else item.promised, 0, (), calendar, late=late)
    return promised, _end(start, item.statutory, 0, (), calendar, late=late)


def cut_limit(item: Item) -> Limit:
    """第二时限 of what was taken in while a line was cut."""
    return item.second_limit or item.statutory


def _deciding(case: Case, item: Item, calendar: Calendar, off_work: time, today: date) -> tuple[CaseClock, ...]:
    found = dues_from(case, item, calendar, off_work, today)
    begun = start_of(case, item)
    if found is None or begun is None:
        return ()
    (promised, statutory), certain = found
    # A pause that still runs moves the end every day; once it is over the new date is printed, and binds again.
    printed = None if case.state == "suspended" else case.due
    return (
        _decision_clock("promised", case, begun[0], promised, printed.promised if printed else None, certain=certain),
        _decision_clock(
            "statutory", case, begun[0], statutory, printed.statutory if printed else None, certain=certain
        ),
    )


def _decision_clock(
    kind: ClockKind, case: Case, start: date, due: Due, printed: date | None, *, certain: bool
) -> CaseClock:
    last = min(due.due, printed) if printed else due.due
    return CaseClock(
        kind=kind,
        start=start,
        due=last,
        running=case.state in RUNNING,
        paused=case.state == "suspended",
        stopped_at=_stopped_at(case) if case.state not in RUNNING else None,
        provisional=due.provisional or not certain,
        why="、".join(dict.fromkeys(name for _, name in due.skipped)),
    )


def _stopped_at(case: Case) -> datetime | None:
    """Sealed, or ended another way."""
    if case.sealed_at is not None:
        return case.sealed_at
    if case.void is not None:
        return case.void.at
    return case.life.ending.at if case.life.ending else None


def _special(case: Case) -> CaseClock | None:
    if case.state != "suspended":
        return None
    running = next((p for p in reversed(case.life.procedures) if p.running), None)
    if running is None or running.confirmed_at is None:
        return None
    return CaseClock(kind="special", start=running.confirmed_at.date(), due=running.planned_end, running=True)


def _delivery(case: Case, calendar: Calendar) -> CaseClock | None:
    if case.sealed_at is None:
        return None
    start = decided_on(case) or case.sealed_at.date()
    due = calendar.due(start, DELIVERY.n)
    handed = case.handed_over
    return CaseClock(
        kind="delivery",
        start=start,
        due=due.due,
        running=case.state == "sealed",
        stopped_at=handed.moment if handed else None,
        provisional=due.provisional,
    )


Rests = tuple[tuple[date, date], ...]
"""停走 after this day, up to and with that day, the clocks rest."""


def decided_on(case: Case) -> date | None:
    """作出决定之日: the department's own day where it decided."""
    if case.life.department is not None and case.decision is not None and not case.decision.letter:
        return case.life.department.decided_on
    return case.decision.at.date() if case.decision else None


def _rests(case: Case, item: Item, calendar: Calendar, today: date) -> Rests:
    """Of a pause that still runs, up to today, or to the day the case ended in it."""
    stopped = None if case.state == "suspended" else _stopped_at(case)
    until = min(today, stopped.date()) if stopped else today
    spans = (_rest(p, until, item, calendar) for p in case.life.procedures)
    return tuple(span for span in spans if span is not None)


def _rest(procedure: SpecialProcedure, until: date, item: Item, calendar: Calendar) -> tuple[date, date] | None:
    if procedure.confirmed_at is None:
        return None
    begin = procedure.confirmed_at.date()
    end = max(begin, procedure.ended_on or until)
    if procedure.procedure == "third_party":
        end = min(end, calendar.due(begin, item.consult_workdays).due)
    return begin, end


def _end(start: date, limit: Limit, granted: int, rests: Rests, calendar: Calendar, *, late: bool) -> Due:
    n, unit = limit.n + granted, limit.unit
    if n == 0:
        n, unit = (1 if late else 0), "workday"
    if unit == "workday":
        return _counted(calendar, start, n + _rested_workdays(start, n, rests, calendar), unit)
    plain = _counted(calendar, start, n, unit)
    return _rested_days(plain, rests, calendar) if rests else plain


def _rested_workdays(start: date, n: int, rests: Rests, calendar: Calendar) -> int:
    """A pause that began when the limit was over already gives nothing back."""
    rested = 0
    for begin, end in rests:
        if begin > _counted(calendar, start, n + rested, "workday").due:
            break
        rested += _resting_workdays(calendar, begin, end)
    return rested


def _rested_days(plain: Due, rests: Rests, calendar: Calendar) -> Due:
    """Of days and months: the last day itself moves, and only then steps over days off."""
    last, due = plain.due - timedelta(days=len(plain.skipped)), plain
    for begin, end in rests:
        if begin > due.due:
            break
        last += end - begin
        due = calendar.due(last, 0)
    return replace(due, provisional=due.provisional or plain.provisional)


def _resting_workdays(calendar: Calendar, begin: date, end: date) -> int:
    return sum(calendar.is_workday(begin + timedelta(days=n)) for n in range(1, (end - begin).days + 1))


@lru_cache(maxsize=65536)
def _remembered(count: Callable[..., Due], start: date, n: int, unit: str) -> Due:
    return count(start, n, unit)


def _counted(calendar: Calendar, start: date, n: int, unit: str) -> Due:
    """Tens of thousands of open cases begin on a few hundred days."""
    return _remembered(calendar.due, start, n, unit)


def as_printed(case: Case, item: Item, calendar: Calendar, off_work: time, today: date) -> DueDates | None:
    """办结期限 as it would be printed now; the statutory day is never shown earlier than the promised one."""
    clocks = {clock.kind: clock for clock in clocks_of(case, item, calendar, off_work, today)}
    promised, statutory = clocks.get("promised"), clocks.get("statutory")
    if promised is None or statutory is None or promised.due is None or statutory.due is None:
        return None
    return DueDates(
        promised=promised.due,
        statutory=max(statutory.due, promised.due),
        provisional=promised.provisional or statutory.provisional,
        reason=case.due.reason if case.due else "",
    )


def recounted(case: Case, item: Item, calendar: Calendar, off_work: time, today: date) -> DueDates | None:
    """办结期限 as counted anew, whatever was printed before: what the end of a pause and an extension print."""
    found = dues_from(case, item, calendar, off_work, today)
    if found is None:
        return None
    (promised, statutory), certain = found
    return DueDates(
        promised=promised.due,
        statutory=max(statutory.due, promised.due),
        provisional=promised.provisional or statutory.provisional or not certain,
        reason=case.due.reason if case.due else "",
    )

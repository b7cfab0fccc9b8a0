"""监察卡 which warnings and cards a case has earned, counted from its own days: the same answer at both ends, asked at any time.

A rule fires on a day of its own (`since`), which follows from the limit alone. A card stands when the case was still unsealed
on that day; what is typed afterwards changes nothing, because the clocks stop at the seal (审批完成时间以用印为准) and at no button.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID, uuid5

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import CaseClock, binding, clocks_of
from clerk_app.cases.model import Case
from clerk_app.oversight.supervision import SupervisionRules
from clerk_app.workdays import Calendar, workdays_between

CardKind = Literal["yellow", "red", "severe"]
FindingKind = Literal["remind", "yellow", "red", "severe"]
card_words: dict[FindingKind, str] = {
    "remind": "提醒",
    "yellow": "黄牌",
    "red": "红牌",
    "severe": "红牌（超法定）",
}
CardRule = Literal[
    "remind", "due_soon", "overdue", "urged", "percent_yellow", "percent_red", "statutory",
    "step_intake", "step_delivery", "step_partner", "by_hand",
]  # fmt: skip
_ours = UUID("0b6b0f52-7c0e-5a7a-8f5c-5b8f0c6a9d21")
_day = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class CardFinding:
    """预警或牌 one rule that fired for one case: which limit (`due`), since which day, and why in words.

    `left` is told with a warning: working days that remain. `finish_by` is the day an overdue case is urged to be done by.
    """

    case: str
    kind: FindingKind
    rule: CardRule
    due: date
    since: date
    reason: str
    left: int = 0
    finish_by: date | None = None
    department: str = ""

    @property
    def id(self) -> str:
        """Of its case, rule and day: found a hundred times it is one card."""
        return str(uuid5(_ours, f"{self.case}:{self.rule}:{self.department}:{self.due.isoformat()}"))

    @property
    def overdue(self) -> bool:
        """Whether a day was missed; only then is it shown in red."""
        return self.since > self.due


def cards_of(
    case: Case, item: Item | None, rules: SupervisionRules, calendar: Calendar, off_work: time, now: datetime
) -> tuple[CardFinding, ...]:
    """Every card the case has earned up to now, and a warning while there is none; nothing for one that is left alone."""
    if item is None or left_alone(case, item):
        return ()
    today = now.date()
    clocks = clocks_of(case, item, calendar, off_work, today)
    by_kind = {clock.kind: clock for clock in clocks}
    ended = _ended_on(case)
    seen = today if ended is None else min(ended, today)
    found: list[CardFinding] = []
    if promised := by_kind.get("promised"):
        found += (one for one in _of_promise(case, item, promised, rules, calendar) if one.since <= seen)
    statutory = by_kind.get("statutory")
    if statutory is not None and statutory.due is not None and rules.severe_when == "overdue_statutory":
        last = max(statutory.due, promised.due if promised and promised.due else statutory.due)
        if last < seen:
            reason = f"过了法定期限 {month_day(last)}"
            found.append(_finding(case, "severe", "statutory", last, last + _day, reason))
    if rules.step_overdue_counts:
        found += _late_steps(case, by_kind.get("intake"), by_kind.get("delivery"), today)
    warned = _warning(case, binding(clocks), rules, calendar, today)
    if warned is not None and not any(one.due == warned.due or one.overdue for one in found):
        found.append(warned)
    return tuple(found)


def left_alone(case: Case, item: Item) -> bool:
    """不发牌 what was taken in with the line cut, what rests, what another system carries, what may yet prove answered."""
    deemed = case.life.deemed
    waits = deemed is not None and deemed.provisional
    return item.external or case.life.second_limit or case.state in ("draft", "suspended") or waits


def _finding(case: Case, kind: FindingKind, rule: CardRule, due: date, since: date, reason: str) -> CardFinding:
    return CardFinding(case=case.id, kind=kind, rule=rule, due=due, since=since, reason=reason)


def _ended_on(case: Case) -> date | None:
    """The seal's day; of a case that ended without one, the day it ended."""
    if case.sealed_at is not None:
        return case.sealed_at.date()
    ending = case.life.ending
    if ending is not None:
        return ending.at.date()
    return case.void.at.date() if case.void else None


def _of_promise(
    case: Case, item: Item, clock: CaseClock, rules: SupervisionRules, calendar: Calendar
) -> Iterator[CardFinding]:
    due = clock.due
    if due is None:
        return
    urged = calendar.due(due + _day, rules.urge_workdays).due
    if rules.yellow_when == "due_within_workdays":
        since = _days_before(calendar, due, rules.yellow_workdays)
        if since > clock.start:  # a limit no longer than the warning would be a card from its first day on
            left = "今天到期" if since == due else f"只剩 {rules.yellow_workdays} 个工作日"
            yield _finding(case, "yellow", "due_soon", due, since, f"承诺 {month_day(due)}办结，{left}")
    elif rules.yellow_when == "overdue_promised":
        by = urged if rules.red_when == "urged_and_not_done" else None
        reason = f"过了承诺办结日 {month_day(due)}" + (f"，{month_day(by)}前办结" if by else "")
        yield CardFinding(
            case=case.id, kind="yellow", rule="overdue", due=due, since=due + _day, reason=reason, finish_by=by
        )
    elif rules.yellow_when == "percent_of_limit":
        yield from _at_percent(case, item, clock, rules.yellow_percent, calendar, "yellow")
    if rules.red_when == "overdue_promised":
        yield _finding(case, "red", "overdue", due, due + _day, f"过了承诺办结日 {month_day(due)}")
    elif rules.red_when == "urged_and_not_done":
        reason = f"承诺 {month_day(due)}办结，催办到 {month_day(urged)}还没办结"
        yield _finding(case, "red", "urged", due, urged + _day, reason)
    elif rules.red_when == "percent_of_limit":
        yield from _at_percent(case, item, clock, rules.red_percent, calendar, "red")


def _at_percent(
    case: Case, item: Item, clock: CaseClock, percent: int, calendar: Calendar, kind: CardKind
) -> Iterator[CardFinding]:
    """The first day on which so much of the limit is used; of the whole limit or more, the first day beyond it."""
    if clock.due is None:
        return
    by_workdays = item.promised.unit == "workday"
    total = workdays_between(calendar, clock.start, clock.due) if by_workdays else (clock.due - clock.start).days
    used = percent * total // 100 + 1 if percent >= 100 else -(-percent * total // 100)
    since = calendar.due(clock.start, used).due if by_workdays else clock.start + used * _day
    if used > 0:
        rule: CardRule = "percent_red" if kind == "red" else "percent_yellow"
        said = f"时限用去 {percent}%" if percent < 100 else f"时限用过 {percent}%"
        yield _finding(case, kind, rule, clock.due, since, f"{said}，承诺 {month_day(clock.due)}办结")


def _late_steps(case: Case, intake: CaseClock | None, delivery: CaseClock | None, today: date) -> list[CardFinding]:
    """环节超期 a step that took too long in a case that may still be in time; always a yellow one."""
    found = []
    if intake is not None and intake.due is not None:
        seen = today if intake.running or case.life.deemed else _day_of(intake.stopped_at)
        if seen is not None and seen > intake.due:
            tail = "，已视为受理" if case.life.deemed else ""
            reason = f"收件后没在 {month_day(intake.due)}前答复{tail}"
            found.append(_finding(case, "yellow", "step_intake", intake.due, intake.due + _day, reason))
    if delivery is not None and delivery.due is not None:
        seen = today if delivery.running else _day_of(delivery.stopped_at)
        if seen is not None and seen > delivery.due:
            reason = f"{month_day(delivery.due)}前该送达，过了才送或还没送"
            found.append(_finding(case, "yellow", "step_delivery", delivery.due, delivery.due + _day, reason))
    ended = _ended_on(case)
    for partner in case.life.partners:
        seen = _day_of(partner.at) or ended or today
        if seen > partner.due:
            reason = f"协办部门没在 {month_day(partner.due)}前答复"
            late = CardFinding(
                case=case.id, kind="yellow", rule="step_partner", due=partner.due, since=partner.due + _day,
                reason=reason, department=partner.department,
            )  # fmt: skip
            found.append(late)
    return found


def _warning(
    case: Case, clock: CaseClock | None, rules: SupervisionRules, calendar: Calendar, today: date
) -> CardFinding | None:
    """提醒 of the clock that binds: a few working days left, or one, or today; not on the day it began."""
    if clock is None or clock.due is None or clock.kind == "correction" or not clock.start < today <= clock.due:
        return None
    left = workdays_between(calendar, today, clock.due)
    if left > rules.remind_before_workdays:
        return None
    what = {"intake": "该答复", "delivery": "该送达"}.get(clock.kind, "办结")
    reason = f"{month_day(clock.due)}{what}，" + (f"还剩 {left} 个工作日" if left else "就是今天")
    return CardFinding(case=case.id, kind="remind", rule="remind", due=clock.due, since=today, reason=reason, left=left)


def _days_before(calendar: Calendar, due: date, workdays: int) -> date:
    """The first day on which no more than so many working days are left."""
    day, left = due, 0
    while True:
        left += calendar.is_workday(day)
        if left > workdays:
            return day
        day -= _day


def _day_of(at: datetime | None) -> date | None:
    return at.date() if at else None


def unfounded(rule: str, since: date, case: Case, still: Iterable[str], card: str) -> bool:
    """不该发 a card the centre found before it heard what had been done in time: sealed, answered, extended, paused with the line cut."""
    if card in still:
        return False
    return case.life.second_limit or any(day < since for day in _stops(case, rule))


def _stops(case: Case, rule: str) -> tuple[date, ...]:
    """The days on which the clock of this rule stopped, rested or was given more."""
    life, ended = case.life, _ended_on(case)
    moments: list[datetime | None] = []
    if rule == "step_delivery":
        moments = [case.handed_over.moment if case.handed_over else None]
    elif rule == "step_partner":
        moments = [partner.at for partner in life.partners]
    elif rule == "step_intake":
        moments = [case.accepted_at if life.deemed is None else None, *(notice.at for notice in life.notices[:1])]
    else:
        moments = [one.confirmed_at for one in life.procedures]
        moments.append(life.extension.recorded_at if life.extension else None)
    days = [moment.date() for moment in moments if moment is not None]
    return (*days, ended) if ended is not None and rule != "step_delivery" else tuple(days)


def month_day(day: date) -> str:
    """12月4日."""
    return f"{day.month}月{day.day}日"

"""时限 from an item's limits to two dates (行政许可法 42, 82; 民事诉讼法 85 by analogy)."""

from __future__ import annotations

from datetime import date, datetime, time

from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.clocks import begins, cut_limit, ends_of
from clerk_app.cases.model import Case, DueDates
from clerk_app.workdays import Calendar, Due


def due_dates(
    item: Item,
    accepted_at: datetime,
    calendar: Calendar,
    off_work: time,
    *,
    on: date | None = None,
    second: bool = False,
) -> DueDates:
    """办结期限 of an acceptance at this moment, counted by `clocks`: there is one count.

    An on-the-spot case taken after hours or on a day off is due on the next working day; the statutory day is never
    earlier than the promised one is shown. `on`: the day it counts from when that is another one (补齐日); `second`:
    taken in while a line was cut, so that the item's second limit is promised.
    """
    start, certain = begins(item, on or accepted_at.date())
    promised, statutory = ends_of(item, start, calendar, late=accepted_at.time() > off_work, second=second)
    limit = cut_limit(item) if second else item.promised
    why = _reason(limit, promised, at_once=promised.due == accepted_at.date())
    return DueDates(
        promised=promised.due,
        statutory=max(statutory.due, promised.due),
        provisional=promised.provisional or statutory.provisional or not certain,
        reason=f"断线期间收的，按第二时限办。{why}" if second else why,
    )


def dues_of(case: Case, item: Item, at: datetime, calendar: Calendar, off_work: time) -> DueDates:
    """办结期限 of this case if it is accepted at this moment: counted from the day of the last piece after a correction."""
    return due_dates(item, at, calendar, off_work, on=case.life.completed_on, second=case.life.second_limit)


def _reason(limit: Limit, due: Due, *, at_once: bool) -> str:
    """当日不计；两个周末不计 … in words, for the page and the paper."""
    if limit.n == 0:
        return "当场办结。" if at_once else "下班后或放假日收的，下一个工作日办结。"
    if limit.unit != "workday":
        ended = "，最后一天放假，顺延到放假后第一个工作日" if due.skipped else ""
        return f"当日不计，按{'自然日' if limit.unit == 'day' else '月'}算{ended}。"
    names: dict[str, int] = {}
    for _, name in due.skipped:
        names[name] = names.get(name, 0) + 1
    parts = ["当日不计"] + [f"{name} {days} 天不计" for name, days in names.items()]
    return "，".join(parts) + "。"

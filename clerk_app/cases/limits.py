"""时限 from an item's limits to two dates (行政许可法 42, 82; 民事诉讼法 85 by analogy)."""

from __future__ import annotations

from datetime import datetime, time

from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.model import DueDates
from clerk_app.workdays import Calendar, Due


def due_dates(item: Item, accepted_at: datetime, calendar: Calendar, off_work: time) -> DueDates:
    """办结期限 of an acceptance at this moment.

    An on-the-spot case taken after hours or on a day off is due on the next working day; the statutory day is never
    earlier than the promised one is shown.
    """
    promised = _due(item.promised, accepted_at, calendar, off_work)
    statutory = _due(item.statutory, accepted_at, calendar, off_work)
    return DueDates(
        promised=promised.due,
        statutory=max(statutory.due, promised.due),
        provisional=promised.provisional or statutory.provisional,
        reason=_reason(item.promised, promised, at_once=promised.due == accepted_at.date()),
    )


def _due(limit: Limit, accepted_at: datetime, calendar: Calendar, off_work: time) -> Due:
    late = limit.n == 0 and accepted_at.time() > off_work
    return calendar.due(accepted_at.date(), 1 if late else limit.n, "workday" if late else limit.unit)


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

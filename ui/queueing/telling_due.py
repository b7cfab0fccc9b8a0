"""期限怎么说 the date that binds in words: what is left, the ruler, and after the seal that the clock stands still."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from clerk_app.cases.model import Case, DueDates
from clerk_app.receipts.words import day_words
from clerk_app.workdays import Calendar, workdays_between
from ui.queueing.view import DueView
from ui.widgets.ruler import DayKind, RulerView

LONGEST_RULER = 42


def tell_due(case: Case, due: DueDates, today: date, calendar: Calendar) -> DueView:
    """By when; after the seal: that the clock stands still, and how it did."""
    if case.sealed_at is not None:
        return _stopped(due, case.sealed_at, calendar)
    left = workdays_between(calendar, today, due.promised)
    late = due.promised < today
    lamp, word = ("overdue", "超期") if late else ("soon", "今天到期") if due.promised == today else ("ok", "按时")
    return DueView(
        date=f"{due.promised.month}月{due.promised.day}日 {_weekday(due.promised)}",
        left="今天办结" if due.promised == today else f"超了 {-left} 个工作日" if late else f"还剩 {left} 个工作日",
        lamp=lamp,  # type: ignore[arg-type]
        lamp_word=word,
        why=due.reason if case.accepted_at else f"现在受理的话：{due.reason}",
        statutory=f"法定 {due.statutory.month}月{due.statutory.day}日",
        provisional=due.provisional,
        ruler=_ruler(calendar, today, due),
    )


def _stopped(due: DueDates, sealed: datetime, calendar: Calendar) -> DueView:
    day = sealed.date()
    early = workdays_between(calendar, day, due.promised)
    kept = (
        "按期办结"
        if day == due.promised
        else f"提前 {early} 个工作日"
        if day < due.promised
        else f"超了 {-early} 个工作日"
    )
    return DueView(
        title="办结期限",
        date=f"{due.promised.month}月{due.promised.day}日 {_weekday(due.promised)}",
        left=f"已用印 {sealed:%H:%M}，期限停表",
        lamp="done",
        lamp_word="停表",
        why=f"{day.month}月{day.day}日用印，{kept}。",
        statutory=f"法定 {due.statutory.month}月{due.statutory.day}日",
        provisional=due.provisional,
    )


def _weekday(day: date) -> str:
    return "星期" + "一二三四五六日"[day.weekday()]


def _ruler(calendar: Calendar, today: date, due: DueDates) -> RulerView:
    last = min(max(due.statutory, due.promised), today + timedelta(days=LONGEST_RULER))
    days: list[DayKind] = ["today"]
    for n in range(1, max(0, (last - today).days) + 1):
        day = today + timedelta(days=n)
        days.append("off" if not calendar.is_workday(day) else "work" if day <= due.promised else "spare")
    place = (due.promised - today).days
    return RulerView(
        tuple(days),
        right=f"法定 {due.statutory.month}月{due.statutory.day}日",
        mark=f"承诺 {due.promised.month}月{due.promised.day}日" if place > 0 else "",
        mark_at=place if 0 < place < len(days) else -1,
        spoken=f"承诺 {day_words(due.promised)}，法定 {day_words(due.statutory)}",
    )

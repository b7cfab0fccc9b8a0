"""期限怎么说 the date that binds in words: what is left, the ruler, and after the seal that the clock stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from clerk_app.cases.clocks import CaseClock, ClockKind, clock_words
from clerk_app.cases.model import Case, DueDates
from clerk_app.receipts.words import day_words
from clerk_app.workdays import Calendar, workdays_between
from ui.queueing.view import NO_DAYS, DueView
from ui.widgets.ruler import DayKind, RulerView

LONGEST_RULER = 42


ENDED_WORDS = "这件已了结，没有期限了"


def tell_clocks(
    case: Case, clocks: tuple[CaseClock, ...], due: DueDates | None, today: date, calendar: Calendar
) -> DueView | None:
    """期限 of the clock that binds now: to answer, to be corrected, to be decided, or none because all rest."""
    by_kind = {clock.kind: clock for clock in clocks}
    if case.state == "suspended" and "special" in by_kind:
        return _rests(by_kind["special"], calendar, today)
    if case.state == "correction" and "correction" in by_kind:
        return _waits(by_kind["correction"], calendar, today)
    if case.life.ending is not None:
        return DueView(title="办结期限", date="没有期限", left=ENDED_WORDS, lamp="done", lamp_word="了结")
    if due is None:
        return None
    told = tell_due(case, _counted(due, by_kind), today, calendar)
    others = tuple(_other(clock, calendar, today) for clock in clocks if _beside(clock))
    return replace(told, others=others)


def _counted(due: DueDates, clocks: dict[ClockKind, CaseClock]) -> DueDates:
    """The dates as they bind now: of what was printed and what is counted, the earlier."""
    promised, statutory = clocks.get("promised"), clocks.get("statutory")
    if promised is None or statutory is None or promised.due is None or statutory.due is None:
        return due
    return replace(
        due,
        promised=promised.due,
        statutory=max(statutory.due, promised.due),
        provisional=promised.provisional or statutory.provisional,
    )


def _beside(clock: CaseClock) -> bool:
    """What runs beside the decision's own clock: the answer while nobody answered, the delivery after the seal."""
    return clock.running and clock.due is not None and clock.kind in ("intake", "delivery")


def _other(clock: CaseClock, calendar: Calendar, today: date) -> str:
    left = workdays_between(calendar, today, clock.due) if clock.due else 0
    last = f"{clock.due.month}月{clock.due.day}日" if clock.due else ""
    rest = "今天" if left == 0 else f"还剩 {left} 个工作日" if left > 0 else f"超了 {-left} 个工作日"
    return f"{clock_words[clock.kind]} {last}，{rest}"


def _waits(clock: CaseClock, calendar: Calendar, today: date) -> DueView:
    """等补正: nothing of ours runs; he has until his day."""
    if clock.due is None:
        return DueView(
            title="补正期限", date="没有定日子", left="补来了接着办", lamp="waiting", lamp_word="等补正", why=_ASKED
        )
    left = workdays_between(calendar, today, clock.due)
    late = clock.due < today
    return DueView(
        title="补正期限",
        date=_day(clock.due),
        left="今天是最后一天" if clock.due == today else "日子过了，还可以补" if late else f"还有 {left} 个工作日",
        lamp="waiting",
        lamp_word="等补正",
        why=_ASKED,
        ruler=_days(calendar, today, clock.due),
    )


def _rests(clock: CaseClock, calendar: Calendar, today: date) -> DueView:
    """特别程序: both clocks rest until its result."""
    return DueView(
        title="特别程序预计结束",
        date=_day(clock.due) if clock.due else "没有定日子",
        left="期限停走，出了结果接着算",
        lamp="paused",
        lamp_word="停表",
        why="特别程序的时间不计入期限。",
        ruler=_days(calendar, today, clock.due) if clock.due else NO_DAYS,
    )


_ASKED = "已告知，答复期限停表；补齐那天起算。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日 {_weekday(day)}"


def _days(calendar: Calendar, today: date, last: date) -> RulerView:
    """The days until he has to come, hollow: they are not ours to use up."""
    until = min(last, today + timedelta(days=LONGEST_RULER))
    days: list[DayKind] = ["today"]
    for n in range(1, max(0, (until - today).days) + 1):
        days.append("paused" if calendar.is_workday(today + timedelta(days=n)) else "off")
    return RulerView(tuple(days), right=f"到 {last.month}月{last.day}日", spoken=f"到 {day_words(last)}")


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

"""期限怎么说 the date that binds in words: what is left, the ruler, and after the seal that the clock stands still."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from clerk_app.cases.clocks import CaseClock, ClockKind, clock_words
from clerk_app.cases.model import Case, DueDates
from clerk_app.receipts.words import day_words
from clerk_app.workdays import Calendar, workdays_between
from ui.language import tr
from ui.queueing.view import NO_DAYS, DueView
from ui.weekdays import LONG_WEEKDAYS
from ui.widgets.ruler import DayKind, RulerView

LONGEST_RULER = 42


ENDED_WORDS = tr("这件已了结，没有期限了")


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
        return DueView(title=tr("办结期限"), date=tr("没有期限"), left=ENDED_WORDS, lamp="done", lamp_word=tr("了结"))
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
    last = tr("{month}月{day}日", month=clock.due.month, day=clock.due.day) if clock.due else ""
    rest = (
        tr("今天")
        if left == 0
        else tr("还剩 {left} 个工作日", left=left)
        if left > 0
        else tr("超了 {value} 个工作日", value=-left)
    )
    return tr("{clock_words} {last}，{rest}", clock_words=clock_words[clock.kind], last=last, rest=rest)


def _waits(clock: CaseClock, calendar: Calendar, today: date) -> DueView:
    """等补正: nothing of ours runs; he has until his day."""
    if clock.due is None:
        return DueView(
            title=tr("补正期限"),
            date=tr("没有定日子"),
            left=tr("补来了接着办"),
            lamp="waiting",
            lamp_word=tr("等补正"),
            why=_ASKED,
        )
    left = workdays_between(calendar, today, clock.due)
    late = clock.due < today
    return DueView(
        title=tr("补正期限"),
        date=_day(clock.due),
        left=tr("今天是最后一天")
        if clock.due == today
        else tr("日子过了，还可以补")
        if late
        else tr("还有 {left} 个工作日", left=left),
        lamp="waiting",
        lamp_word=tr("等补正"),
        why=_ASKED,
        ruler=_days(calendar, today, clock.due),
    )


def _rests(clock: CaseClock, calendar: Calendar, today: date) -> DueView:
    """特别程序: both clocks rest until its result."""
    return DueView(
        title=tr("特别程序预计结束"),
        date=_day(clock.due) if clock.due else tr("没有定日子"),
        left=tr("期限停走，出了结果接着算"),
        lamp="paused",
        lamp_word=tr("停表"),
        why=tr("特别程序的时间不计入期限。"),
        ruler=_days(calendar, today, clock.due) if clock.due else NO_DAYS,
    )


_ASKED = tr("已告知，答复期限停表；补齐那天起算。")


def _day(day: date) -> str:
    return tr("{month}月{day}日 {weekday}", month=day.month, day=day.day, weekday=_weekday(day))


def _days(calendar: Calendar, today: date, last: date) -> RulerView:
    """The days until he has to come, hollow: they are not ours to use up."""
    until = min(last, today + timedelta(days=LONGEST_RULER))
    days: list[DayKind] = ["today"]
    for n in range(1, max(0, (until - today).days) + 1):
        days.append("paused" if calendar.is_workday(today + timedelta(days=n)) else "off")
    return RulerView(
        tuple(days),
        right=tr("到 {month}月{day}日", month=last.month, day=last.day),
        spoken=tr("到 {day_words}", day_words=day_words(last)),
    )


def tell_due(case: Case, due: DueDates, today: date, calendar: Calendar) -> DueView:
    """By when; after the seal: that the clock stands still, and how it did."""
    if case.sealed_at is not None:
        return _stopped(due, case.sealed_at, calendar)
    left = workdays_between(calendar, today, due.promised)
    late = due.promised < today
    lamp, word = (
        ("overdue", tr("超期")) if late else ("soon", tr("今天到期")) if due.promised == today else ("ok", tr("按时"))
    )
    return DueView(
        date=tr(
            "{month}月{day}日 {weekday}", month=due.promised.month, day=due.promised.day, weekday=_weekday(due.promised)
        ),
        left=tr("今天办结")
        if due.promised == today
        else tr("超了 {value} 个工作日", value=-left)
        if late
        else tr("还剩 {left} 个工作日", left=left),
        lamp=lamp,  # type: ignore[arg-type]
        lamp_word=word,
        why=due.reason if case.accepted_at else tr("现在受理的话：{reason}", reason=due.reason),
        statutory=tr("法定 {month}月{day}日", month=due.statutory.month, day=due.statutory.day),
        provisional=due.provisional,
        ruler=_ruler(calendar, today, due),
    )


def _stopped(due: DueDates, sealed: datetime, calendar: Calendar) -> DueView:
    day = sealed.date()
    early = workdays_between(calendar, day, due.promised)
    kept = (
        tr("按期办结")
        if day == due.promised
        else tr("提前 {early} 个工作日", early=early)
        if day < due.promised
        else tr("超了 {value} 个工作日", value=-early)
    )
    return DueView(
        title=tr("办结期限"),
        date=tr(
            "{month}月{day}日 {weekday}", month=due.promised.month, day=due.promised.day, weekday=_weekday(due.promised)
        ),
        left=tr("已用印 {sealed:%H:%M}，期限停表", sealed=sealed),
        lamp="done",
        lamp_word=tr("停表"),
        why=tr("{month}月{day}日用印，{kept}。", month=day.month, day=day.day, kept=kept),
        statutory=tr("法定 {month}月{day}日", month=due.statutory.month, day=due.statutory.day),
        provisional=due.provisional,
    )


def _weekday(day: date) -> str:
    return LONG_WEEKDAYS[day.weekday()]


def _ruler(calendar: Calendar, today: date, due: DueDates) -> RulerView:
    last = min(max(due.statutory, due.promised), today + timedelta(days=LONGEST_RULER))
    days: list[DayKind] = ["today"]
    for n in range(1, max(0, (last - today).days) + 1):
        day = today + timedelta(days=n)
        days.append("off" if not calendar.is_workday(day) else "work" if day <= due.promised else "spare")
    place = (due.promised - today).days
    return RulerView(
        tuple(days),
        right=tr("法定 {month}月{day}日", month=due.statutory.month, day=due.statutory.day),
        mark=tr("承诺 {month}月{day}日", month=due.promised.month, day=due.promised.day) if place > 0 else "",
        mark_at=place if 0 < place < len(days) else -1,
        spoken=tr(
            "承诺 {day_words}，法定 {day_words_2}",
            day_words=day_words(due.promised),
            day_words_2=day_words(due.statutory),
        ),
    )

"""快慢 how long one takes in a line today, when those who wait are served at this pace, and how many would not be by closing. Pure.

Minutes are whole spans, never the minutes of a clock: seventy-five minutes are seventy-five. Too little known: no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil, floor

from clerk_app.queueing.model import Ticket
from clerk_app.workdays import Calendar

FEWEST = 5
"""With fewer served nothing is said."""
FURTHEST = 400
Hours = Sequence[tuple[time, time]]


@dataclass(frozen=True)
class Pace:
    """办一个要多久 the middle one of those served, and what eight of ten did not exceed."""

    median: timedelta
    p80: timedelta
    served: int


@dataclass(frozen=True)
class Outlook:
    """办到几点 when the last who waits now would be served, and how many would not be when the hall closes."""

    ends: datetime
    unserved: int


def service_times(tickets: Iterable[Ticket]) -> tuple[timedelta, ...]:
    """From standing at the window to the end, of those that were finished."""
    return tuple(
        one.ended_at - one.served_at
        for one in tickets
        if one.state == "finished" and one.served_at and one.ended_at and one.ended_at > one.served_at
    )


def pace_of(services: Sequence[timedelta], earlier: Sequence[timedelta] = ()) -> Pace | None:
    """Of today; with few served today, together with an earlier day's. None: too few to say."""
    known = services if len(services) >= FEWEST else (*services, *earlier)
    if len(known) < FEWEST:
        return None
    return Pace(middle(known), nearest(known, 80), len(known))


def middle(values: Iterable[timedelta]) -> timedelta:
    """The one in the middle, or half-way between the two; raises IndexError for none."""
    ranked = sorted(values)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def nearest(values: Iterable[timedelta], part: int) -> timedelta:
    """The smallest that so many of a hundred do not exceed (nearest rank); raises IndexError for none."""
    ranked = sorted(values)
    return ranked[-(-len(ranked) * part // 100) - 1]


def open_spans(now: datetime, hours: Hours) -> tuple[tuple[datetime, datetime], ...]:
    """今天还开多久 what is left of today's office hours."""
    spans = (
        (max(now, datetime.combine(now.date(), opens, now.tzinfo)), datetime.combine(now.date(), closes, now.tzinfo))
        for opens, closes in hours
    )
    return tuple((start, end) for start, end in spans if start < end)


def time_left(now: datetime, hours: Hours) -> timedelta:
    """Until closing, without lunch."""
    return sum((end - start for start, end in open_spans(now, hours)), timedelta())


def ends_at(now: datetime, work: timedelta, hours: Hours) -> datetime:
    """When so much work is done, lunch stepped over; what is left at closing goes on after it."""
    at = now
    for start, end in open_spans(now, hours):
        if work <= end - start:
            return start + work
        work, at = work - (end - start), end
    return at + work


def outlook(waiting: int, hands: float, pace: Pace | None, now: datetime, hours: Hours) -> Outlook | None:
    """None where nobody serves the line, or its pace is not known."""
    if pace is None or hands <= 0:
        return None
    can = floor(time_left(now, hours) * hands / pace.median + 1e-9)
    return Outlook(ends_at(now, waiting * pace.median / hands, hours), max(0, waiting - can))


def wait_range(pace: Pace | None, ahead: int, hands: float) -> tuple[int, int] | None:
    """新取号要等多久 from–to minutes for one behind so many; None: not known. Rounded outwards, so that it can be kept."""
    if pace is None or hands <= 0 or ahead <= 0:
        return None
    low, high = (part.total_seconds() / 60 * ahead / hands for part in (pace.median, pace.p80))
    step = 1 if high <= 10 else 5 if high <= 60 else 10
    least = floor(low / step) * step
    return least, max(ceil(high / step), least // step + 1) * step


def next_opening(now: datetime, hours: Hours, calendar: Calendar) -> datetime | None:
    """下一个开门的时候 the beginning of the next working day; None for a hall without hours."""
    if not hours:
        return None
    day = now.date()
    for _ in range(FURTHEST):
        day += timedelta(days=1)
        if calendar.is_workday(day):
            return datetime.combine(day, hours[0][0], now.tzinfo)
    return None


def closing(day: date, now: datetime, hours: Hours) -> datetime | None:
    """下班 of a day."""
    return datetime.combine(day, hours[-1][1], now.tzinfo) if hours else None

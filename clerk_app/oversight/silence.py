"""机器没有消息 how long a machine was not heard of while the hall was open: nights, lunch and days off do not count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

SILENT = timedelta(minutes=20)


def open_time_since(heard: datetime, now: datetime, hours: Iterable[tuple[time, time]]) -> timedelta:
    """Of today's office hours, how much has passed since then."""
    total = timedelta()
    for opens, closes in hours:
        begin = max(heard, datetime.combine(now.date(), opens, now.tzinfo))
        end = min(now, datetime.combine(now.date(), closes, now.tzinfo))
        total += max(timedelta(), end - begin)
    return total


def is_silent(heard: datetime, now: datetime, hours: Iterable[tuple[time, time]], *, workday: bool) -> bool:
    """Whether somebody should go and look."""
    return workday and open_time_since(heard, now, hours) > SILENT

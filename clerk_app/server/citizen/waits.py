"""等多久 one plain range for a ticket that waits, from the day's own served tickets of its line. No range is better than a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor

from sqlalchemy import Connection, func, select

from clerk_app.server.citizen.rows import Found, rows

FEWEST = 5
"""With fewer served today nothing is said."""
LATELY = timedelta(minutes=30)
"""A window that called this line within it counts as one that serves it."""
HIGH = 0.8


@dataclass(frozen=True)
class Wait:
    """大约还要 from–to minutes, as it was counted at a moment."""

    least: int
    most: int
    made_at: datetime


def estimate(services: Sequence[timedelta], ahead: int, windows: int) -> tuple[int, int] | None:
    """Minutes: median to 80th percentile of a service, times who is ahead, shared by the windows; None when too little is known."""
    known = sorted(service.total_seconds() / 60 for service in services if service > timedelta(0))
    if len(known) < FEWEST or windows <= 0 or ahead <= 0:
        return None
    low, high = (_at(known, part) * ahead / windows for part in (0.5, HIGH))
    step = 5 if high <= 60 else 10
    least = floor(low / step) * step
    return least, max(ceil(high / step), least // step + 1) * step


def _at(ordered: Sequence[float], part: float) -> float:
    """The quantile, between the two nearest."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def read_wait(connection: Connection, found: Found) -> Wait | None:
    """For a ticket that waits."""
    row, fed, r = found.row, found.fed, rows.c
    if row.state != "waiting" or found.ahead <= 0:
        return None
    mine = (r.hall == fed.hall, r.line == row.line)
    served = select(r.served, r.ended).where(*mine, r.state == "finished", r.served.is_not(None), r.ended.is_not(None))
    services = [one.ended - one.served for one in connection.execute(served)]
    lately = (r.called > fed.made_at - LATELY, r.window.is_not(None))
    windows = select(func.count(func.distinct(r.window))).where(*mine, *lately)
    between = estimate(services, found.ahead, connection.execute(windows).scalar_one())
    return None if between is None else Wait(*between, made_at=fed.made_at)

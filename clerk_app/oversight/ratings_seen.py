"""看评价 what of the day's ratings a person may see: those who answer for the hall all of it, a clerk his own after day close.

To a clerk a rating has no ticket and no time: only how many of each level (GB/T 39734: raters are not to be known).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.oversight.model import Rating


@dataclass(frozen=True, kw_only=True)
class Rated:
    """被评的一次 a rating with the clerk who served and the number he called."""

    rating: Rating
    clerk: str
    number: str


@dataclass(frozen=True, kw_only=True)
class RatingSeen:
    """看到的评价 to a clerk `number` is empty and `at` None."""

    level: int
    window: int
    number: str = ""
    at: datetime | None = None


def ratings_visible_to(
    person: str, rated: Iterable[Rated], *, closed: bool, answers_for_hall: bool
) -> tuple[RatingSeen, ...]:
    """In the order of time for who answers for the hall, and his own visits as a clerk sees them; else by level, unnamed."""
    mine = [one for one in rated if one.clerk == person or answers_for_hall]
    named = [
        RatingSeen(level=one.rating.level, window=one.rating.window, number=one.number, at=one.rating.at)
        for one in sorted(mine, key=lambda one: one.rating.at)
        if one.clerk != person
    ]
    own = [
        RatingSeen(level=one.rating.level, window=one.rating.window)
        for one in sorted(mine, key=lambda one: one.rating.level)
        if one.clerk == person and closed
    ]
    return (*named, *own)

"""算过 what one process has counted today of each hall's cases and cards, and as what they stood then: day and case unchanged, same answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

AT_ONCE = 200
"""In one look: a hall with thousands of cases near their day is counted in a few looks, none of which holds a request up."""


@dataclass
class Counted:
    """算过 in memory: forgotten with the process, which costs a few looks."""

    day: date
    stood: dict[str, Any] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def changed(self, seen: Iterable[tuple[str, Any]]) -> list[str]:
        """Keys that stand otherwise than when they were counted, at most so many; those that had to wait come last."""
        fresh = [key for key, stands in seen if self.stood.get(key) != stands]
        return sorted(fresh, key=lambda key: key in self.waiting)[:AT_ONCE]


def counted_on(book: dict[str, Counted], hall: str, day: date) -> Counted:
    """The hall's of this day; with a new day everything is counted anew."""
    known = book.get(hall)
    if known is None or known.day != day:
        known = book[hall] = Counted(day)
    return known

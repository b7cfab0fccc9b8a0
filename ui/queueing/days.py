"""写日子 a day as a clerk types it: 12-4, 12.4, 12月4日, 1204, 2026-12-04; the year that fits is found, the next one that comes."""

from __future__ import annotations

import re
from datetime import date

from ui.widgets.field import fold

_PARTS = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
_RUN = re.compile(r"(\d{4})?(\d{2})(\d{2})")


def read_day(words: str, today: date) -> date | None:
    """The day meant; without a year it is the next such day from today on. None for what is no day."""
    text = fold(words).replace(" ", "")
    found = _PARTS.fullmatch(text) or _RUN.fullmatch(text)
    if found is None:
        return None
    year, month, day = found[1], int(found[2]), int(found[3])
    if year:
        return _day(int(year), month, day)
    return next(
        (one for one in (_day(today.year + ahead, month, day) for ahead in range(5)) if one and one >= today), None
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""读值 what a kept value means: a text, a day, an amount, a whole number; None or empty for what cannot be read so."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

_AMOUNT = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def narrow(text: str) -> str:
    """A code, number or date in its narrow form: NFKC, no spaces; the same text when there is nothing to fold."""
    parts = text.split() if text.isascii() else unicodedata.normalize("NFKC", text).split()
    if len(parts) == 1 and parts[0] == text:
        return text
    return "".join(parts)


def text_of(value: Any) -> str:
    """A text without space around it."""
    return value.strip() if isinstance(value, str) else ""


def day_of(value: Any) -> date | None:
    """2026-06-15, and only so."""
    # Fixed places first: this is asked of thousands of values, and fromisoformat would also take 20260615.
    if not isinstance(value, str) or len(value) != 10 or value[4] != "-" or value[7] != "-":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def is_amount(value: Any) -> bool:
    """Whether an amount is readable there."""
    return _AMOUNT.fullmatch(value) is not None if isinstance(value, str) else amount_of(value) is not None


def amount_of(value: Any) -> Decimal | None:
    """Digits with a point at most: no NaN, no infinity, no exponent. A JSON whole number is one, a broken one is not."""
    if isinstance(value, str):
        return Decimal(value) if _AMOUNT.fullmatch(value) else None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return Decimal(value)
    return None


def whole_of(value: Any) -> int | None:
    """A whole number, also typed as a text."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9 else None


def years_after(day: date, years: int) -> date:
    """The same day so many years on; where there is none (29 February), the last day of that month (民法典 202).

    A day beyond the calendar is its last day.
    """
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and not _leap(year) else day.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

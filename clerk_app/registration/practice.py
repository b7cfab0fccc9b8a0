"""演练样表 the worked example as of another day: every day in it moves along, but what a person's own papers say stays."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

WRITTEN_FOR = date(2026, 11, 20)
"""The day the example in the product's files was filed."""
_own = frozenset({"birth_date", "id_valid_until", "id_no"})
_day = re.compile(r"\d{4}-\d{2}-\d{2}")
_month = re.compile(r"\d{4}-\d{2}")


def practised(document: Any, day: date) -> Any:
    """The example as if it were filed on this day."""
    if isinstance(document, dict):
        return {key: value if key in _own else practised(value, day) for key, value in document.items()}
    if isinstance(document, list):
        return [practised(value, day) for value in document]
    if isinstance(document, str) and _day.fullmatch(document):
        return (date.fromisoformat(document) + (day - WRITTEN_FOR)).isoformat()
    if isinstance(document, str) and _month.fullmatch(document):
        moved = date.fromisoformat(f"{document}-15") + timedelta(days=(day - WRITTEN_FOR).days)
        return max(f"{moved:%Y-%m}", f"{day:%Y-%m}")
    return document

"""评价窗所见 what the citizen's screen shows: the number and the hall, nothing of the case, nothing of a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RatingView:
    """评价 one question about one ticket; `thanks` after it was answered."""

    window: str = ""
    hall: str = ""
    ticket: str = ""
    seconds: int = 30
    thanks: bool = False

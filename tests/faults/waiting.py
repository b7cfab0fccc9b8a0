"""Waiting for a condition instead of for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(question: Callable[[], T], patience: float = 60.0, every: float = 0.02) -> T:
    """The first answer that is true; AssertionError with the last one when patience ends."""
    end = time.monotonic() + patience
    while not (answer := question()):
        assert time.monotonic() < end, f"not within {patience} s, last answer {answer!r}"
        time.sleep(every)
    return answer

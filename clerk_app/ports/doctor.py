"""体检接口 what one look at the machine found, and the looks themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

State = Literal["good", "warn", "bad", "unknown"]
PATIENCE = 8.0
"""Seconds one look may take before it counts as unknown."""


@dataclass(frozen=True)
class Finding:
    """一项 what was looked at, how it is, one sentence, and what to do about it; never personal data."""

    name: str
    state: State
    said: str
    remedy: str = ""


@dataclass(frozen=True)
class Check:
    """一查 one look; it changes nothing, and may take as long as its patience."""

    name: str
    look: Callable[[], Finding]
    patience: float = PATIENCE


class Doctor(Protocol):
    """体检 the looks at this machine."""

    def checks(self) -> tuple[Check, ...]:
        """Fresh ones, in the order they are told."""
        ...

    def log_lines(self, most: int) -> tuple[str, ...]:
        """The last lines of the program's own log, newest first; raises OSError."""
        ...

    def save(self, file: Path, lines: Sequence[str]) -> None:
        """A text file for the support desk, whole or not at all; raises OSError."""
        ...

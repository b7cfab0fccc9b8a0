"""看哪里 what the looks need to know of a desk: its folder, what its desk file says, its keys and its seals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from clerk_app.ports import SecretBox
from clerk_app.ports.seal import SealCard
from clerk_app.ports.updates import Updates
from clerk_app.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Place:
    """看哪里 `settings` None: `trouble` says why the desk file cannot be read. `box` None: the keyring of this folder."""

    folder: Path
    settings: Settings | None
    trouble: str = ""
    box: SecretBox | None = None
    updates: Updates | None = None
    """None where programs are not replaced."""
    card: Callable[[str], SealCard | None] = lambda seal: None


class Once(Generic[T]):
    """只做一次 several looks share one question; who comes second waits for the first."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._answer: list[T] = []

    def __call__(self) -> T:
        with self._lock:
            if not self._answer:
                self._answer.append(self._ask())
            return self._answer[0]

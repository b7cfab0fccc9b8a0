"""事件 what pages may want to know; a Qt-free register of listeners (the screen bridges it to one queued signal)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RowsChanged:
    """账变了 these subjects have a new state."""

    subjects: tuple[str, ...]


@dataclass(frozen=True)
class PaperChanged:
    """纸变了 a print job moved on."""


@dataclass(frozen=True)
class HallChanged:
    """大厅变了 another hall version is in force."""


@dataclass(frozen=True, kw_only=True)
class LineState:
    """线路状态 whether the centre answers, since when (hall time), and how many commands wait or were not taken.

    `heads_at` is when both ends' journals were last seen to end in the same hash.
    """

    connected: bool
    since: datetime | None = None
    waiting: int = 0
    troubled: int = 0
    catching_up: bool = False
    heads_at: datetime | None = None


@dataclass(frozen=True)
class PrinterState:
    """打印机状态 what the lane last learned."""

    ready: bool
    said: str


Event = RowsChanged | PaperChanged | HallChanged | LineState | PrinterState


class Bell:
    """铃 listeners of the office; `ring` calls them on the ringing thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[int, Callable[[Event], None]] = {}
        self._next = 0

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Listen; the answer ends it."""
        with self._lock:
            self._next += 1
            key = self._next
            self._listeners[key] = listener

        def leave() -> None:
            with self._lock:
                self._listeners.pop(key, None)

        return leave

    def ring(self, event: Event) -> None:
        """Tell everyone."""
        with self._lock:
            listeners = tuple(self._listeners.values())
        for listener in listeners:
            listener(event)

"""停顿 how long the screen's thread did not come back to its events: a beat on it that came late."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Slot

log = logging.getLogger("desk")

BEAT_MS, LIMIT_MS = 100, 100
Place = tuple[str, int, str]
"""File, line and function."""


@dataclass(frozen=True)
class Stall:
    """停顿 on which page, for how long, how much of it the thread was at work itself, and what was seen of its stack."""

    page: str
    ms: int
    busy_ms: int
    seen: tuple[tuple[Place, ...], ...] = ()


def write_down(stall: Stall) -> None:
    """One line, with nothing of a person in it."""
    log.warning("stall on %s: %d ms", stall.page or "-", stall.ms)


class StallWatch(QObject):
    """停顿 `page` names the page in front; `tell` hears of each stall over `limit_ms`, on the screen's thread."""

    def __init__(
        self,
        page: Callable[[], str],
        tell: Callable[[Stall], None] = write_down,
        *,
        beat_ms: int = BEAT_MS,
        limit_ms: int = LIMIT_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page, self._tell, self._beat_ms, self._limit_ms = page, tell, beat_ms, limit_ms
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(beat_ms)
        self._timer.timeout.connect(self._beat)
        self._at, self._worked, self._front = 0.0, 0.0, ""
        self._looks: Callable[[], tuple[tuple[Place, ...], ...]] = tuple

    def start(self, looks: Callable[[], tuple[tuple[Place, ...], ...]] = tuple) -> None:
        """Begin; `looks` answers what was seen of this thread's stack since it was asked last."""
        self._looks = looks
        self._note()
        self._timer.start()

    def close(self) -> None:
        """End."""
        self._timer.stop()

    def _note(self) -> None:
        self._at, self._worked, self._front = time.monotonic(), time.thread_time(), self._page()

    @Slot()
    def _beat(self) -> None:
        late = (time.monotonic() - self._at) * 1000 - self._beat_ms
        busy = (time.thread_time() - self._worked) * 1000
        seen = self._looks()
        if late > self._limit_ms:
            self._tell(Stall(self._front, round(late), round(min(busy, late)), seen))
        self._note()

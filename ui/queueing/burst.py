"""一串键 keys pressed where no text is written: one of a hand, or a whole line of a scan gun or card reader, told by its speed."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent

from ui.queueing.card_reader import FASTEST_HAND, pressed_at


class Burst(QObject):
    """一串键 `began` before the first key, `hand(text)` when no more followed it in time, `line(text)` when Enter ended a burst."""

    began = Signal()
    hand = Signal(str)
    line = Signal(str)

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now, self._keys, self._last = now, "", 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(round(FASTEST_HAND * 1000) + 20)
        self._rest.timeout.connect(self._over)

    def key(self, event: QKeyEvent) -> int:
        """One more key; answers how many there are in this burst."""
        at = pressed_at(event, self._now)
        if at - self._last > FASTEST_HAND:
            self._keys = ""
            self.began.emit()
        self._last = at
        self._keys += event.text()
        self._rest.start()
        return len(self._keys)

    def enter(self, event: QKeyEvent) -> bool:
        """Enter was pressed; whether it ended a burst, whose line is told."""
        keys, quick = self._keys, pressed_at(event, self._now) - self._last <= FASTEST_HAND
        self._keys = ""
        self._rest.stop()
        if not quick or len(keys) < 2:
            return False
        self.line.emit(keys)
        return True

    @Slot()
    def _over(self) -> None:
        keys, self._keys = self._keys, ""
        if keys:
            self.hand.emit(keys)

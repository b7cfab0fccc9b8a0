"""读大厅 one reading of the hall for every view of it: beside the store's lane, and not more often than people can look."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.office.events import LineState
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.oversight.hall_reading import HallNow, HallReader
from ui.background import Background
from ui.errors import tell
from ui.hall.telling_now import UNKNOWN

PAUSE_MS = 1000
"""A busy hall changes several times a second, and a day's tickets take a tenth of one to read."""


@dataclass(frozen=True, kw_only=True)
class HallLine:
    """大厅看的线路 how the line is, and which windows the centre just said to be off it."""

    state: Callable[[], LineState]
    silent: Callable[[], Collection[int]] = tuple

    def cut_since(self) -> datetime | None:
        """Since when the line is cut (`UNKNOWN`: it is not known); None while it is up."""
        state = self.state()
        return None if state.connected else state.since or UNKNOWN


class HallReading(QObject):
    """读大厅 `landed(HallNow)`; an older answer is not told."""

    landed = Signal(object)

    def __init__(self, office: Office, background: Background, line: HallLine, parent: QObject) -> None:
        super().__init__(parent)
        self.line = line
        self._office, self._background = office, background
        self._reader = HallReader(office)
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._after_pause)
        self._wanted = False

    @Slot()
    def refresh(self) -> None:
        """Something changed: read, at the latest in a second."""
        if self._pause.isActive():
            self._wanted = True
        else:
            self.read_now()

    @Slot()
    def read_now(self) -> None:
        """A person did something, or looks: read at once."""
        if self._office.session is None:
            return
        self._asked += 1
        asked, self._wanted = self._asked, False
        self._pause.start()
        self._background.run_net(
            lambda: self._reader.read(self.line.silent()), lambda now: self._tell(asked, now), self._failed
        )

    @Slot()
    def _after_pause(self) -> None:
        if self._wanted:
            self.read_now()

    def _tell(self, asked: int, now: HallNow) -> None:
        if asked == self._asked and self._office.session is not None:
            self.landed.emit(now)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SignedOut):
            tell(error, self._background.trouble.emit)

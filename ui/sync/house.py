"""离线与同步 the two views of one page: what waits, and the day's proof."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.sync.day_page import DayPage
from ui.sync.page import SyncPage
from ui.widgets.segments import Segments

WAITING, DAY = "waiting", "day"


class SyncHouse(QWidget):
    """离线与同步 `shown(key)` when a person turns to the other view."""

    shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("syncHouse")
        self.setAccessibleName("离线与同步")
        self.segments = Segments(((WAITING, "等着的"), (DAY, "日结")), self)
        self.waiting, self.day = SyncPage(), DayPage()
        self._pages = QStackedWidget(self)
        for page in (self.waiting, self.day):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.segments)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.segments.chosen.connect(self.show_view)

    @Slot(str)
    def show_view(self, key: str) -> None:
        """Turn to this view."""
        self.segments.choose(key)
        self._pages.setCurrentWidget(self.day if key == DAY else self.waiting)
        self.shown.emit(key)

    def view(self) -> str:
        """Which one is in front."""
        return DAY if self._pages.currentWidget() is self.day else WAITING

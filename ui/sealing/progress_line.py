"""进度条 done of total as a thin bar over its pane's width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets import paint

TALL = 6


class ProgressLine(QWidget):
    """进度条 of a batch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._measure()

    def show_part(self, done: int, total: int) -> None:
        """So much is done."""
        self._part = min(1.0, done / total) if total else 0.0
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def _measure(self) -> None:
        self.setFixedHeight(theme.current().px(TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme.current(), QRectF(self.rect())
        paint.box(painter, rect, rect.height() / 2, ground=look.colour("line"))
        if self._part > 0:
            done = QRectF(0, 0, max(rect.height(), rect.width() * self._part), rect.height())
            paint.box(painter, done, rect.height() / 2, ground=look.colour("fill"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

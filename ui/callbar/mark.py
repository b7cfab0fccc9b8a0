"""条首 what stands before the words: the window's own number, or the shape of what is going on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, theme
from ui.callbar.view import BarState
from ui.widgets import paint

BADGE, SHAPE = 36, 18


class Mark(QWidget):
    """条首 the badge when idle, ✓ ‖ ⊘ otherwise; with a ticket in hand its number stands there instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: BarState = "idle"
        self._window = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def render_mark(self, state: BarState, window: str) -> None:
        """Show this."""
        self._state, self._window = state, window
        self.setVisible(state not in ("calling", "serving"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(BADGE if self._state == "idle" else SHAPE)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = theme.current(), QPainter(self), QRectF(self.rect())
        if self._state == "idle":
            paint.box(painter, rect, 4, ground=look.colour("fill"))
            pixels = look.px(22 if len(self._window) < 3 else 16)
            paint.words(
                painter, rect, self._window, fonts.make(pixels, serif=True), look.colour("on_fill"), paint.CENTRE
            )
        elif self._state == "paused":
            wide, high = rect.width() * 0.16, rect.height() * 0.7
            for left in (0.24, 0.6):  # bolder than the icon: it is read from across the room
                painter.fillRect(
                    QRectF(rect.width() * left, (rect.height() - high) / 2, wide, high), look.colour("warn")
                )
        else:
            kind = "done" if self._state == "undo" else "cut"
            paint.lamp(painter, QPointF(rect.center()), kind, rect.width() * 0.9)

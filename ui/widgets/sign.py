"""图形 an icon standing alone beside its word, in a tone of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme


class Sign(QWidget):
    """图形 one icon, drawn at paint time; its word stands beside it, so it says nothing itself."""

    def __init__(self, icon: str, side: int = 18, tone: str = "ink2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._side, self._tone = icon, side, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: str = "") -> None:
        """Another icon, in another tone if given."""
        self._icon, self._tone = icon, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._side)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            look = theme.current()
            icons.draw(QPainter(self), self._icon, QRectF(self.rect()), look.colour(self._tone))

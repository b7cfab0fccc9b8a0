"""拖手 the dots at the bar's left end: dragged it moves the bar, pressed twice it folds it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import tr

WORDS = tr("拖动叫号条；按两下变窄、变宽")


class Handle(QWidget):
    """拖手 `dragged(by)` while it moves, `dropped` when let go, `folded` on a double press."""

    dragged = Signal(QPoint)
    dropped = Signal()
    folded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handle")
        self.setAccessibleName(WORDS)
        self.setToolTip(WORDS)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._from: QPoint | None = None

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(27), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._moved_by_the_system():
            self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            here = event.globalPosition().toPoint()
            by, self._from = here - self._from, here
            self.dragged.emit(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            self.dropped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = None
            self.folded.emit()

    def _moved_by_the_system(self) -> bool:
        """Under Wayland no program may put its own window anywhere."""
        if not QGuiApplication.platformName().startswith("wayland"):
            return False
        window = self.window().windowHandle()
        return window is not None and window.startSystemMove()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("scroll"))
        middle, gap = self.height() / 2, look.px(5)
        for column in (0, 1):
            for row in (-1.5, -0.5, 0.5, 1.5):
                painter.drawEllipse(
                    QPointF(look.px(11) + column * gap, middle + row * gap), look.scale * 1.4, look.scale * 1.4
                )

"""演练带 a thin striped band over every page of the training hall; accent, never red."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.language import tr

TALL = 4
PITCH = 16


class PracticeBand(QWidget):
    """演练带 shown only when nothing on the page is real."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practiceBand")
        self.setFixedHeight(TALL)
        self.setAccessibleName(tr("演练：人物都是虚构的，办的事不进真实大厅"))
        self.setToolTip(tr("演练：人物都是虚构的，办的事不进真实大厅"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.colour("aline"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("accent"))
        painter.setBrush(look.colour("accent"))
        for x in range(-PITCH, self.width() + PITCH, PITCH):
            points = ((x, TALL), (x + TALL, 0), (x + TALL + PITCH / 2, 0), (x + PITCH / 2, TALL))
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))

"""评价卡 one of five equal cards: a face, its words, its key; painted, so that it grows with the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import fonts, theme
from ui.language import tr
from ui.widgets import paint

# How far the mouth bends, of the head's radius; drawn in one colour, so that no card stands out.
BENDS = {1: 0.46, 2: 0.26, 3: 0.0, 4: -0.26, 5: -0.46}


class RatingCard(QAbstractButton):
    """评价卡 none is filled, none is preselected; `clicked` is the answer."""

    def __init__(self, level: int, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level, self._words = level, words
        self._over = False
        self.scale = 1.0
        self.setObjectName(f"level{level}")
        self.setAccessibleName(tr("{words}，按 {level}", words=words, level=level))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, scale = theme.current(), self.scale
        rect = QRectF(self.rect())
        loud = self.hasFocus() or self.isDown()
        paint.box(
            painter,
            rect,
            10 * scale,
            ground=look.colour("hover" if self._over or self.isDown() else "surface"),
            edge=look.colour("accent" if loud else "edge"),
            width=(3 if loud else 1.5) * scale,
        )
        self._paint_face(painter, QPointF(rect.center().x(), rect.top() + 115 * scale), 57 * scale)
        head = fonts.make(round(30 * scale), bold=True)
        self._line(painter, 220, head, self._words, "ink")
        self._line(painter, 267, fonts.make(round(22 * scale)), str(self.level), "ink2")

    def _line(self, painter: QPainter, middle: float, font: QFont, words: str, tone: str) -> None:
        place = QRectF(0, middle * self.scale - 30 * self.scale, self.width(), 60 * self.scale)
        paint.words(painter, place, words, font, theme.current().colour(tone), paint.CENTRE)

    def _paint_face(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        ink = theme.current().colour("ink")
        pen = QPen(ink, 3 * self.scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
        bend = BENDS[self.level] * radius
        mouth = QPainterPath(QPointF(centre.x() - radius * 0.42, centre.y() + radius * 0.34 - bend * 0.4))
        control = QPointF(centre.x(), centre.y() + radius * 0.34 + bend * 1.3)
        mouth.quadTo(control, QPointF(centre.x() + radius * 0.42, centre.y() + radius * 0.34 - bend * 0.4))
        painter.drawPath(mouth)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for side in (-0.3, 0.3):
            eye = QPointF(centre.x() + side * radius, centre.y() - radius * 0.22)
            painter.drawEllipse(eye, radius * 0.08, radius * 0.08)

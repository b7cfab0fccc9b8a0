"""步骤线 the line of steps a case walks: done, now, still to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import tr
from ui.widgets import paint


@dataclass(frozen=True)
class Step:
    """步骤 one step: its word, where it stands, and a short note (10:33, 现在)."""

    word: str
    state: Literal["done", "now", "todo"] = "todo"
    note: str = ""


class StepLine(QWidget):
    """步骤线 ✓收件─◉受理─○审查…; the last reached piece of the line is in accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def render(self, steps: tuple[Step, ...]) -> None:  # type: ignore[override]
        """Show these steps."""
        if steps != self._steps:
            self._steps = steps
            states = {"done": tr("已过"), "now": tr("现在"), "todo": tr("未到")}
            self.setAccessibleName(tr("，").join(f"{step.word}{states[step.state]}" for step in steps))
            self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(90) * max(1, len(self._steps)), look.px(44))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(64) * max(1, len(self._steps)), look.px(44))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        pitch = self.width() / len(self._steps)
        for place, step in enumerate(self._steps):
            centre = QPointF(round(place * pitch) + look.px(9), look.px(11))
            if place + 1 < len(self._steps):
                end = round((place + 1) * pitch) + look.px(9)
                self._paint_piece(painter, centre, end, step.state == "done")
            self._paint_mark(painter, centre, step.state)
            self._paint_word(painter, round(place * pitch), pitch, step)

    def _paint_piece(self, painter: QPainter, centre: QPointF, end: float, done: bool) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("accent" if done else "line"), 2))
        gap = look.px(11)
        painter.drawLine(QPointF(centre.x() + gap, centre.y()), QPointF(end - gap, centre.y()))

    def _paint_mark(self, painter: QPainter, centre: QPointF, state: str) -> None:
        look = theme.current()
        radius = look.px(8)
        if state == "done":
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(look.colour("fill"))
            painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
            painter.setPen(QPen(look.colour("on_fill"), look.px(2) * 0.85))
            corner = QPointF(centre.x() - radius * 0.1, centre.y() + radius * 0.35)
            painter.drawLine(QPointF(centre.x() - radius * 0.42, centre.y() + radius * 0.02), corner)
            painter.drawLine(corner, QPointF(centre.x() + radius * 0.45, centre.y() - radius * 0.32))
            return
        now = state == "now"
        painter.setPen(QPen(look.colour("accent" if now else "edge"), 2 if now else 1.5))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        if now:
            painter.setPen(QPen(look.colour("accent"), 0))
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(centre, radius * 0.45, radius * 0.45)

    def _paint_word(self, painter: QPainter, x: float, room: float, step: Step) -> None:
        look = theme.current()
        bold = step.state == "now"
        font = look.font("dense", bold=bold)
        tone = {"done": "ink", "now": "accent", "todo": "ink2"}[step.state]
        top, height = look.px(23), look.px(20)
        width = paint.width_of(step.word, font)
        paint.words(painter, QRectF(x, top, room, height), step.word, font, look.colour(tone))
        left = room - width - look.px(10)
        note = look.font("note")
        if step.note and paint.width_of(step.note, note) <= left:
            rect = QRectF(x + width + look.px(6), top, left, height)
            paint.words(painter, rect, step.note, note, look.colour("ink3"))

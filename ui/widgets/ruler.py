"""期限尺 the ruler of a due date: a cell a day, so that the number of days can be counted by eye."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import tr
from ui.widgets import paint

DayKind = Literal["today", "work", "off", "spare", "past", "over", "paused"]


@dataclass(frozen=True)
class RulerView:
    """期限尺 the days in order and the three words on it; `mark_at` is the promised day's place."""

    days: tuple[DayKind, ...]
    left: str = tr("今天")
    right: str = ""
    mark: str = ""
    mark_at: int = -1
    spoken: str = ""


class Ruler(QWidget):
    """期限尺 today, the working days left, days off as dots, spare days to the law's limit hollow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = RulerView(())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def render(self, view: RulerView) -> None:  # type: ignore[override]
        """Show these days."""
        if view != self._view:
            self._view = view
            self.updateGeometry()  # the word under it asks for a line of its own
            self.setAccessibleName(view.spoken or tr("，").join(part for part in (view.mark, view.right) if part))
            self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(252), look.px(54 if self._view.mark else 36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(180), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if not view.days:
            return
        painter = QPainter(self)
        look = theme.current()
        note = look.font("note")
        row = QRectF(0, 0, self.width(), look.px(18))
        left = paint.width_of(view.left, note)
        paint.words(painter, row, view.left, note, look.colour("ink"))
        if view.right and left + paint.width_of(view.right, note) + 8 < self.width():
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint.words(painter, row, view.right, note, look.colour("ink2"), flags)
        pitch = min(float(look.px(16)), self.width() / len(view.days))
        for place, kind in enumerate(view.days):
            self._paint_day(painter, place, pitch, kind)
        self._paint_mark(painter, pitch)

    def _paint_day(self, painter: QPainter, place: int, pitch: float, kind: DayKind) -> None:
        look = theme.current()
        side = max(1.0, min(look.px(9), pitch - (2 if pitch > 5 else 0.5)))
        tall = float(look.px(9))
        x, y = round(place * pitch), look.px(22)
        rect = QRectF(x, y, round(side), tall)
        tones: dict[str, QColor] = {
            "today": look.colour("ink"),
            "work": look.colour("fill"),
            "past": look.colour("scroll"),
            "over": look.colour("red"),
        }
        if kind in tones:
            painter.fillRect(rect, tones[kind])
        elif kind in ("spare", "paused"):
            painter.fillRect(rect, look.colour("asoft" if kind == "spare" else "sunken"))
            painter.setPen(look.colour("aline" if kind == "spare" else "edge"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        elif pitch > 4:
            dot = max(2.0, look.px(2))
            spot = QRectF(x + (round(side) - dot) / 2, y + (tall - dot) / 2, dot, dot)
            painter.fillRect(spot, look.colour("ink3"))

    def _paint_mark(self, painter: QPainter, pitch: float) -> None:
        view = self._view
        if not view.mark or view.mark_at < 0:
            return
        look = theme.current()
        font = look.font("note")
        width = paint.width_of(view.mark, font)
        centre = (view.mark_at + 0.35) * pitch
        x = min(max(0.0, centre - width / 2), max(0.0, self.width() - width - 1))
        rect = QRectF(x, look.px(34), width + 2, look.px(18))
        paint.words(painter, rect, view.mark, font, look.colour("accent"))

"""柱图 a small painted chart: filled bars and, beside them, outlined ones; read without colour, and spoken in one sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import tr
from ui.oversight.report_view import BarView, ChartView
from ui.widgets import paint

LEAST_NAME = 34
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Bars(QWidget):
    """柱图 as tall as its pane gives it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = ChartView()
        self.setObjectName("reportBars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def render(self, view: ChartView) -> None:  # type: ignore[override]
        """Show this chart."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(view.spoken())
            self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(320), look.px(180))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(200), look.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, view = QPainter(self), theme.current(), self._view
        if not view.bars:
            return
        note = look.font("note")
        line = look.px(18)
        self._paint_legend(painter, QRectF(0, 0, self.width(), line))
        plot = QRectF(0, line * 2.4, self.width(), max(1.0, self.height() - line * 3.6))
        painter.fillRect(QRectF(plot.left(), round(plot.bottom()), plot.width(), 1), look.colour("edge"))
        top = max(max(bar.value, bar.beside or 0.0) for bar in view.bars) or 1.0
        step = plot.width() / len(view.bars)
        every = max(1, -(-look.px(LEAST_NAME) // max(1, int(step))))
        for place, bar in enumerate(view.bars):
            slot = QRectF(plot.left() + place * step, plot.top(), step, plot.height())
            self._paint_bar(painter, slot, bar, top)
            if place % every == 0:
                under = QRectF(slot.left() - step, plot.bottom() + 2, step * 3, line)
                paint.words(painter, under, bar.name, note, look.colour("ink2"), paint.CENTRE)

    def _paint_bar(self, painter: QPainter, slot: QRectF, bar: BarView, top: float) -> None:
        look = theme.current()
        values = [bar.value] if bar.beside is None else [bar.value, bar.beside]
        wide = min(slot.width() * 0.76 / len(values), look.px(28))
        left = slot.center().x() - wide * len(values) / 2
        for place, value in enumerate(values):
            tall = round(value / top * slot.height())
            rect = QRectF(round(left + place * wide), slot.bottom() - tall, round(wide), tall)
            if tall and place == 0:
                painter.fillRect(rect, look.colour("fill"))
            elif tall:
                paint.box(painter, rect, 0, ground=look.colour("asoft"), edge=look.colour("accent"))
            font = look.font("note")
            if value and paint.width_of(f"{value:g}", font) <= wide:
                above = QRectF(rect.left(), rect.top() - look.px(18), rect.width(), look.px(18))
                paint.words(painter, above, f"{value:g}", font, look.colour("ink"), paint.CENTRE)

    def _paint_legend(self, painter: QPainter, rect: QRectF) -> None:
        look, view = theme.current(), self._view
        font, side, left = look.font("note"), look.px(10), rect.left()
        for words, filled in ((view.filled, True), (view.outlined, False)):
            if not words:
                continue
            square = QRectF(left, rect.center().y() - side / 2, side, side)
            if filled:
                painter.fillRect(square, look.colour("fill"))
            else:
                paint.box(painter, square, 0, ground=look.colour("asoft"), edge=look.colour("accent"))
            room = QRectF(left + side + look.px(6), rect.top(), rect.width(), rect.height())
            paint.words(painter, room, words, font, look.colour("ink2"))
            left = room.left() + paint.width_of(words, font) + look.px(16)
        unit = tr("单位：{unit}", unit=view.unit) if view.unit else ""
        paint.words(painter, rect, unit, font, look.colour("ink3"), RIGHT)

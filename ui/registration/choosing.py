"""挑选 the drop-down and the tick box of forms, painted like the desk's other controls; the wheel never changes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from ui import theme
from ui.widgets import paint
from ui.widgets.row_delegate import tick_box

LINE, BOX = 32, 18
INDENT = 12  # where the words of a line edit begin; text size leaves its frame and padding alone


def _height() -> int:
    """As high as a line edit: its frame does not grow with the text."""
    return theme.current().px(LINE) + 2


class Combo(QComboBox):
    """下拉 a drop-down that shows its words elided, its finding by its edge, and never asks for more room.

    `picked(place)`: taken from the open list, not walked over with the arrows.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding = self._was_open = False
        self.activated.connect(self._on_activated)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_finding(self, finding: bool) -> None:
        """Whether something is to be mended here."""
        if finding != self._finding:
            self._finding = finding
            self.update()

    def showPopup(self) -> None:
        self._was_open = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._was_open = False
        super().keyPressEvent(event)

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        if self._was_open:
            self._was_open = False
            self.picked.emit(place)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(120), _height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(80), _height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page must not change a value."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        rect = QRectF(self.rect())
        loud = self.hasFocus() or self._finding
        edge = "accent" if self.hasFocus() else "warn" if self._finding else "edge" if self.isEnabled() else "line"
        ground = "wsoft" if self._finding else "input" if self.isEnabled() else "sunken"
        paint.box(painter, rect, 4, ground=look.colour(ground), edge=look.colour(edge), width=2 if loud else 1)
        font = look.font("body")
        inside = rect.adjusted(INDENT, 0, -look.px(28), 0)
        tone = look.colour("ink" if self.isEnabled() else "ink2")
        paint.words(painter, inside, paint.elided(self.currentText(), font, inside.width()), font, tone)
        self.setToolTip(self.currentText() if paint.width_of(self.currentText(), font) > inside.width() else "")
        painter.setPen(QPen(look.colour("ink2"), look.px(1.6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y, half = rect.right() - look.px(16), rect.center().y() - look.px(1), look.px(4)
        tip = QPointF(x, y + half * 0.9)
        painter.drawPolyline([QPointF(x - half, y - half * 0.2), tip, QPointF(x + half, y - half * 0.2)])


class TickBox(QCheckBox):
    """勾 a tick box with its words; Space ticks it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = paint.width_of(self.text(), look.font("body"))
        return QSize(round(words) + look.px(BOX + 8 + 20), _height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(BOX + 14), _height())

    def hitButton(self, pos: object) -> bool:
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        rect = QRectF(self.rect())
        side = look.px(BOX)
        box = QRectF(look.px(6), round(rect.center().y() - side / 2), side, side)
        tick_box(painter, box, self.isChecked())
        font = look.font("body")
        words = QRectF(box.right() + look.px(8), 0, rect.width() - box.right() - look.px(8), rect.height())
        tone = look.colour("ink" if self.isEnabled() else "ink2")
        shown = paint.elided(self.text(), font, words.width())
        paint.words(painter, words, shown, font, tone)
        if self.hasFocus():
            width = box.right() + look.px(15) + paint.width_of(shown, font)
            ring = QRectF(0, rect.top() + 2, min(width, rect.width()), rect.height() - 4)
            paint.box(painter, ring, 4, edge=look.colour("accent"), width=2)

"""要改的清单 each point with its tag, where it stands, its sentence in full and its ground; ↑↓ walk, Enter goes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.language import said, tr
from ui.registration.view import PointRow, point_tags, point_words
from ui.widgets import paint
from ui.widgets.row_model import Column, Row, RowModel
from ui.widgets.tag import TagView, paint_tag, tag_size

EDGE, TOP, LINE = 16, 10, 20
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
Index = QModelIndex | QPersistentModelIndex


def tag_of(row: PointRow) -> TagView:
    """须改, 没填, 请核对, 告知; what was answered for is 已确认."""
    if row.tag is not None:
        return row.tag
    return TagView(tr("已确认"), "ok") if row.confirmed else TagView(point_words[row.kind], point_tags[row.kind])


def under(row: PointRow) -> str:
    """The last line: the ground, or why it may stay."""
    return tr("已确认：{confirmed}", confirmed=row.confirmed) if row.confirmed else row.basis


class PointDelegate(QStyledItemDelegate):
    """清单画笔 as tall as the sentence needs."""

    def __init__(self, view: PointList) -> None:
        super().__init__(view)
        self._view = view
        self._tall: dict[tuple[str, int, float], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = self._view.row_at(index.row()), self._view.viewport().width()
        return QSize(width, self._height(row, width))

    def _height(self, row: PointRow, width: int) -> int:
        look = theme.current()
        key = (f"{row.sentence}|{under(row)}", width, look.scale)
        if key not in self._tall:
            words = _tall(row.sentence, width)
            low = look.px(LINE - 2) if under(row) else 0
            self._tall[key] = look.px(TOP) * 2 + look.px(24) + words + low
        return self._tall[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look = self._view.row_at(index.row()), theme.current()
        rect = QRectF(_rect(option))
        painter.save()
        here = index.row() == self._view.currentIndex().row()
        if here:
            painter.fillRect(rect, look.colour("asoft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("line"))
        inside = rect.adjusted(EDGE, look.px(TOP), -EDGE, -look.px(TOP))
        tag = tag_of(row)
        middle = inside.top() + look.px(11)
        paint_tag(painter, inside.left(), middle, tag)
        left = inside.left() + tag_size(tag.text)[0] + look.px(8)
        where = QRectF(left, inside.top(), inside.right() - left, look.px(22))
        font = look.font("dense")
        paint.words(painter, where, paint.elided(row.where, font, where.width()), font, look.colour("ink2"))
        words = QRectF(inside.left(), inside.top() + look.px(25), inside.width(), inside.height() - look.px(25))
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink"))
        painter.drawText(words, WRAP, said(row.sentence))
        if low := under(row):
            spot = QRectF(inside.left(), inside.bottom() - look.px(LINE - 4), inside.width(), look.px(LINE - 2))
            note = look.font("note")
            paint.words(painter, spot, paint.elided(low, note, spot.width()), note, look.colour("ink2"))
        if here and self._view.hasFocus():
            paint.box(painter, rect.adjusted(0, 0, 0, -1), 0, edge=look.colour("accent"), width=2)
        painter.restore()


class PointList(QListView):
    """要改的清单 `row_chosen(id)` when the hand moves over it, `row_opened(id)` by Enter or a press."""

    row_chosen = Signal(str)
    row_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PointRow, ...] = ()
        self._model = RowModel((Column(""),))
        self._rendering = False
        self.setModel(self._model)
        self._brush = PointDelegate(self)
        self.setItemDelegate(self._brush)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)

    def render(self, rows: tuple[PointRow, ...]) -> None:  # type: ignore[override]
        """Become these; the chosen one stays chosen while it is there."""
        if rows == self._rows:
            return
        chosen, bar = self.chosen(), self.verticalScrollBar()
        place = bar.value()
        self._rendering = True
        self._rows = rows
        self._model.replace(tuple(Row(row.id, (row.sentence,), spoken=_spoken(row)) for row in rows))
        if chosen is not None and (at := self._model.place_of(chosen.id)) >= 0:
            self.setCurrentIndex(self._model.index(at, 0))
        self._rendering = False
        self.scheduleDelayedItemsLayout()
        bar.setValue(place)
        self.viewport().update()

    def rows(self) -> tuple[PointRow, ...]:
        """What is listed, in order."""
        return self._rows

    def row_at(self, place: int) -> PointRow:
        """One of them."""
        return self._rows[place] if place < len(self._rows) else NOBODY

    def chosen(self) -> PointRow | None:
        """The one the hand is on."""
        place = self.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def choose(self, row_id: str) -> None:
        """Put the mark on one; unknown ids change nothing."""
        if (place := self._model.place_of(row_id)) >= 0 and place != self.currentIndex().row():
            self._rendering = True
            self.setCurrentIndex(self._model.index(place, 0))
            self._rendering = False
            self.scrollTo(self.currentIndex())
            self.row_chosen.emit(row_id)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._rendering and current.isValid() and current.row() < len(self._rows):
            self.row_chosen.emit(self._rows[current.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        chosen = self.chosen()
        if bare and chosen is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_opened.emit(chosen.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.row() < len(self._rows):
            self.row_opened.emit(self._rows[index.row()].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


NOBODY = PointRow(id="", kind="info", pointer="", sentence="", where="")


def _rect(option: QStyleOptionViewItem) -> QRect:
    return QRect(option.rect)


def _tall(text: str, width: int) -> int:
    box = QRectF(0, 0, max(40, width - 2 * EDGE), 10_000)
    return round(QFontMetricsF(theme.current().font("body")).boundingRect(box, WRAP, text).height()) + 2


def _spoken(row: PointRow) -> str:
    return tr("，").join(part for part in (tag_of(row).text, row.where, row.sentence, under(row)) if part)

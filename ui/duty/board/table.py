"""看板表 the board's table: rows by post, zones as heads between them, the ink line of now over all of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.duty.board.painter import COLUMNS, TRACK, BoardBrush, BoardHead, paint_now, track_rect
from ui.duty.board.view import BoardView, PostRowView
from ui.widgets.row_delegate import content_rect
from ui.widgets.row_model import Cell, Index, Row, RowModel
from ui.widgets.row_table import RowTable, look_px

ROW = 36
FIRST_DIGIT = Qt.Key.Key_0


class _Posts(RowModel):
    """岗位行 heads of zones cannot be chosen: the arrows step over them."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and index.row() < len(self.rows) and self.rows[index.row()].id.startswith("zone:"):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class BoardTable(RowTable):
    """看板表 ↑↓ posts, ←→ days (`day_stepped`), a digit picks who stands in (`digit`)."""

    day_stepped = Signal(int)
    digit = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, row_height=ROW, parent=parent)
        self._rows = _Posts(COLUMNS)
        self._ids: list[str] = []
        self._brush: BoardBrush = BoardBrush(self, self._ids)
        self._head = BoardHead(self)
        self.setHorizontalHeader(self._head)
        self._head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(self._rows)
        self.setItemDelegate(self._brush)
        self._measure()

    def show_board(self, view: BoardView) -> None:
        """Become this day, in place: the hand and the scroll stay."""
        self._ids[:] = [row.id for row in view.rows]
        changed = self._brush.views != {row.id: row for row in view.rows}
        self._brush.views = {row.id: row for row in view.rows}
        self.render(tuple(_row(row) for row in view.rows))
        if (self._head.marks, self._head.now) != (view.marks, view.now) or changed:
            self._head.marks, self._head.now = view.marks, view.now
            self._head.viewport().update()
            self.viewport().update()

    def now_place(self) -> tuple[float, str] | None:
        """The ink line's place and time, if it is drawn."""
        return self._head.now

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if bare and event.key() in steps:
            self.day_stepped.emit(steps[Qt.Key(event.key())])
        elif bare and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.digit.emit(event.key() - FIRST_DIGIT)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():  # a smaller window does not hide the row under the hand
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._head.now is None or not self._ids:
            return
        left, wide = self.columnViewportPosition(TRACK), self.columnWidth(TRACK)
        column = content_rect(QRectF(left, 0, wide, look_px(ROW)), TRACK, len(COLUMNS))
        last = self.rowViewportPosition(len(self._ids) - 1) + look_px(ROW)
        with QPainter(self.viewport()) as painter:
            paint_now(painter, track_rect(column), self._head.now[0], min(last, self.viewport().height()))


def _row(view: PostRowView) -> Row:
    if view.zone:
        return Row(view.id, (view.post,), view.spoken)
    todo = Cell(view.todo, tags=(view.tag,) if view.tag else ())
    return Row(view.id, (view.number, view.post, Cell(view.a, note=view.b), "", todo), view.spoken)

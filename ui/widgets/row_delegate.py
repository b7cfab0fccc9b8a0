"""行表画笔 one delegate paints ground, mark, hairline, text, tags, lamps and tick boxes of every table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui import theme
from ui.widgets import paint
from ui.widgets.row_model import Cell, CellRole, Column, Index
from ui.widgets.tag import TagView, paint_tag, tag_size

EDGE = 16  # the pane's padding, which text size leaves alone: heads, cells and pane titles share it
BOX, KEPT = 18, 58
"""What of a name stays beside its tags."""


def content_rect(rect: QRectF, column: int, columns: int) -> QRectF:
    """Where a cell's or a head's content stands: the pane's padding at both outer edges."""
    look = theme.current()
    left = EDGE if column == 0 else 0
    right = EDGE if column == columns - 1 else look.px(8)
    return rect.adjusted(left, 0, -right, 0)


def tick_box(painter: QPainter, rect: QRectF, checked: bool) -> None:
    """The tick box of rows and lists."""
    look = theme.current()
    if not checked:
        paint.box(painter, rect, 4, ground=look.colour("input"), edge=look.colour("edge"), width=1.5)
        return
    paint.box(painter, rect, 4, ground=look.colour("fill"))
    pen = QPen(look.colour("on_fill"), look.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    side = rect.width()
    points = [QPointF(rect.x() + side * x, rect.y() + side * y) for x, y in ((0.26, 0.52), (0.43, 0.69), (0.75, 0.33))]
    painter.drawPolyline(points)


class RowDelegate(QStyledItemDelegate):
    """行表画笔 paints a row's cells; `marks` shows the chosen row, `hovered` follows the mouse."""

    def __init__(self, table: QTableView, columns: tuple[Column, ...], *, marks: bool) -> None:
        super().__init__(table)
        self._table, self._columns, self._marks = table, columns, marks
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(self._rect(option))
        self._paint_ground(painter, rect, index)
        cell = index.data(CellRole)
        if isinstance(cell, Cell):
            inside = content_rect(rect, index.column(), len(self._columns))
            self._paint_cell(painter, inside, cell, self._columns[index.column()])
        painter.restore()

    @staticmethod
    def _rect(option: QStyleOptionViewItem) -> QRect:
        return QRect(option.rect)

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        look = theme.current()
        current = index.row() == self._table.currentIndex().row()
        if current and self._marks:
            painter.fillRect(rect, look.colour("asoft"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, look.colour("hover"))
        if index.row() + 1 < self._table.model().rowCount():
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("line"))
        if current and self._marks and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        if current and self._table.hasFocus():
            self._paint_focus(painter, rect, index.column())

    def _paint_focus(self, painter: QPainter, rect: QRectF, column: int) -> None:
        tone = theme.current().colour("accent")
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), tone)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), tone)
        if column == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), tone)
        if column == len(self._columns) - 1:
            painter.fillRect(QRectF(rect.right() - 2, rect.top(), 2, rect.height()), tone)

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: Cell, column: Column) -> None:
        look = theme.current()
        middle = rect.center().y()
        if cell.checked is not None:
            side = look.px(BOX)
            tick_box(painter, QRectF(rect.left(), round(middle - side / 2), side, side), cell.checked)
        if cell.lamp:
            left = rect.left() + (look.px(BOX) + look.px(10) if cell.checked is not None else 0)
            paint.lamp(painter, QPointF(left + look.px(6), middle), cell.lamp, look.px(13))
        self._paint_words(painter, _after_signs(rect, cell), cell, column)

    def _paint_words(self, painter: QPainter, rect: QRectF, cell: Cell, column: Column) -> None:
        look = theme.current()
        fitted = fit_words(rect.width(), cell, column)
        tone = look.colour(cell.tone or column.tone or "ink")
        middle = rect.center().y()
        line = QFontMetricsF(fitted.font).height()
        if cell.note:
            low = look.font("note")
            whole = line + QFontMetricsF(low).height()
            middle = rect.center().y() - whole / 2 + line / 2
            under = QRectF(rect.left(), middle + line / 2 - 2, rect.width(), whole - line + 2)
            paint.words(painter, under, fitted.note, low, look.colour("ink2"))
        spot = QRectF(rect.left(), middle - line / 2, rect.width(), line)
        if column.align == "right":
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint.words(painter, spot, fitted.text, fitted.font, tone, flags)
            return
        paint.words(painter, spot, fitted.text, fitted.font, tone)
        x = rect.left() + (paint.width_of(fitted.text, fitted.font) + look.px(6) if fitted.text else 0)
        for tag in fit_tags(cell.tags, rect.right() - x):
            x += paint_tag(painter, x, middle, tag, max(0.0, rect.right() - x)) + look.px(6)

    def columns(self) -> tuple[Column, ...]:
        """What it paints, from the left."""
        return self._columns

    def cut(self, index: Index) -> tuple[tuple[str, str], ...]:
        """What of a cell has no room at its column's width: the whole words, and what is shown of them."""
        cell = index.data(CellRole)
        if not isinstance(cell, Cell):
            return ()
        box = QRectF(self._table.visualRect(index))
        rect = _after_signs(content_rect(box, index.column(), len(self._columns)), cell)
        fitted = fit_words(rect.width(), cell, self._columns[index.column()])
        pairs = [(cell.text, fitted.text), (cell.note, fitted.note)]
        taken = paint.width_of(fitted.text, fitted.font) + (theme.current().px(6) if fitted.text else 0)
        shown = fit_tags(cell.tags, rect.width() - taken)
        room = rect.width() - taken - sum(tag_size(tag.text)[0] + theme.current().px(6) for tag in shown[:-1])
        whole = [tag for tag in shown if tag is not shown[-1] or tag_size(tag.text)[0] <= room + 1]
        pairs += [(tag.text, tag.text if tag in whole else "") for tag in cell.tags]
        return tuple((whole, shown) for whole, shown in pairs if whole != shown)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """What is cut is said whole under the mouse."""
        whole = "\n".join(words for words, _ in self.cut(index)) if event.type() == QEvent.Type.ToolTip else ""
        if whole:
            QToolTip.showText(event.globalPos(), whole, view)
            return True
        return super().helpEvent(event, view, option, index)


@dataclass(frozen=True)
class Fitted:
    """放得下的字 what of a cell's words is shown, and the font of its first line."""

    text: str
    note: str
    font: QFont


def fit_words(width: float, cell: Cell, column: Column) -> Fitted:
    """A cell's words at this width: tags stand first, names give up their end, numbers their middle."""
    look = theme.current()
    font = look.font("body", bold=cell.bold or column.bold)
    tags = sum(tag_size(tag.text)[0] + look.px(6) for tag in cell.tags)
    least = min(paint.width_of(cell.text, font), look.px(KEPT)) if tags else 0
    text = paint.elided(cell.text, font, max(least, width - tags))
    return Fitted(text, paint.elided(cell.note, look.font("note"), width) if cell.note else "", font)


def fit_tags(tags: tuple[TagView, ...], room: float) -> tuple[TagView, ...]:
    """As many as there is room for; how many more there are stands in the last, the tooltip says which."""
    gap = theme.current().px(6)
    for count in range(len(tags), 1, -1):
        shown = tags if count == len(tags) else (*tags[:count], TagView(f"+{len(tags) - count}"))
        if sum(tag_size(tag.text)[0] + gap for tag in shown) - gap <= room + 1:
            return shown
    return tags[:1] if len(tags) == 1 else (*tags[:1], TagView(f"+{len(tags) - 1}")) if tags else ()


def _after_signs(rect: QRectF, cell: Cell) -> QRectF:
    look = theme.current()
    box = look.px(BOX) + look.px(10) if cell.checked is not None else 0
    return rect.adjusted(box + (look.px(22) if cell.lamp else 0), 0, 0, 0)


class RowHead(QHeaderView):
    """表头 heads painted by the same rule as cells, so that both lean on the same edges."""

    def __init__(self, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 (Qt's name)
        look = theme.current()
        ground = QRectF(rect)
        painter.fillRect(ground, look.colour("sunken"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line"))
        column = self._columns[logicalIndex]
        inside = content_rect(ground, logicalIndex, len(self._columns))
        side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter
        paint.words(painter, inside, column.title, look.font("note"), look.colour("ink2"), flags)

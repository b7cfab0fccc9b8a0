"""流式排列 buttons in a row that goes on in the next one where there is no room, so that a page never grows wider than its window."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class _Asked(NamedTuple):
    """What one of them asks for."""

    item: QLayoutItem
    size: QSize
    least: int


class FlowLayout(QLayout):
    """流式排列 as wide as its widest button at the least, as wide as all of them at best."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._asked: list[_Asked] | None = None
        self._heights: dict[int, int] = {}
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget) -> None:
        """Behind the others. Qt's own would make an item that Python does not keep: it went while its button stood."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def insertWidget(self, place: int, widget: QWidget) -> None:
        """Before the button that stands at this place now, for the eye and for Tab."""
        self.addChildWidget(widget)
        beside = self._items[place].widget() if place < len(self._items) else None
        if beside is not None and beside.window() is widget.window():
            # Behind it, then that behind this: what stands before it in Qt's ring may be their own parent.
            QWidget.setTabOrder(beside, widget)
            QWidget.setTabOrder(widget, beside)
        self._items.insert(place, QWidgetItem(widget))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        taken = self._items.pop(index)
        self.invalidate()
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        """Something in it changed; what it asked for is not known any more."""
        self._asked = None
        self._heights.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            rows = self._rows(width)
            self._heights[width] = sum(_tall(row) for row in rows) + self._gap * max(0, len(rows) - 1)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        shown = self._shown()
        return QSize(sum(one.size.width() for one in shown) + self._gap * max(0, len(shown) - 1), _tall(shown))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return QSize(max((one.least for one in shown), default=0), _tall(shown))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for row in self._rows(rect.width()):
            tall = _tall(row)
            left = rect.left()
            for one in row:
                one.item.setGeometry(QRect(QPoint(left, top + (tall - one.size.height()) // 2), one.size))
                left += one.size.width() + self._gap
            top += tall + self._gap

    def _shown(self) -> list[_Asked]:
        """What each that is shown asks for: a page's layout wants to know it again and again while it is at work."""
        if self._asked is None:
            shown = (item for item in self._items if not item.isEmpty())
            self._asked = [_Asked(item, item.sizeHint(), item.minimumSize().width()) for item in shown]
        return self._asked

    def _rows(self, width: int) -> list[list[_Asked]]:
        rows: list[list[_Asked]] = []
        room = 0
        for one in self._shown():
            wide = one.size.width()
            if not rows or room < wide:
                rows.append([])
                room = width
            rows[-1].append(one)
            room -= wide + self._gap
        return rows


def _tall(asked: list[_Asked]) -> int:
    return max((one.size.height() for one in asked), default=0)

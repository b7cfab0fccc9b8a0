"""流式排列 buttons in a row that goes on in the next one where there is no room, so that a page never grows wider than its window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class FlowLayout(QLayout):
    """流式排列 as wide as its widest button at the least, as wide as all of them at best."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
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
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return sum(_tall(row) for row in rows) + self._gap * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(wide, _tall(shown))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), _tall(shown))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for row in self._rows(rect.width()):
            tall = _tall(row)
            left = rect.left()
            for item in row:
                size = item.sizeHint()
                item.setGeometry(QRect(QPoint(left, top + (tall - size.height()) // 2), size))
                left += size.width() + self._gap
            top += tall + self._gap

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        room = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not rows or room < wide:
                rows.append([])
                room = width
            rows[-1].append(item)
            room -= wide + self._gap
        return rows


def _tall(items: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)

"""查填栏 a field one may type a code or a name into: what fits stands under it, ↓ and Enter take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.registration.aids import Found
from ui.registration.cells import LineCell
from ui.registration.view import CellView
from ui.widgets.row_model import Column, Row
from ui.widgets.row_table import RowTable

MOST, WIDE = 8, 360
Search = Callable[[str, str], Found]


class FoundList(QFrame):
    """查到的 what fits, over the page, without taking the hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setObjectName("foundList")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self.table = RowTable((Column("", 72), Column("")), head=False, fit_rows=True, parent=self)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.table)
        self.hide()

    def show_under(self, line: QWidget, found: Found) -> None:
        """Show these under a line."""
        self.table.render(tuple(Row(code, (code, words)) for code, words in found[:MOST]))
        if not found:
            self.hide()
            return
        self.table.select(found[0][0])
        parent = cast("QWidget", self.parent())
        below = line.mapTo(parent, QPoint(0, line.height() + 2))
        width = max(line.width(), theme.current().px(WIDE))
        self.setGeometry(min(below.x(), max(0, parent.width() - width)), below.y(), width, self.table.height() + 2)
        self.raise_()
        self.show()

    def move_by(self, step: int) -> None:
        """↑ and ↓."""
        rows = [row.id for row in self.table.rows()]
        at = rows.index(self.table.selected_id()) + step if self.table.selected_id() in rows else 0
        if 0 <= at < len(rows):
            self.table.select(rows[at])


class SearchCell(LineCell):
    """查填栏 the code is kept; whatever else is typed is kept too, and said by the check."""

    def __init__(self, view: CellView, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self.line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self._search = search
        self._list: FoundList | None = None
        self.edited.connect(self._on_asked)

    def found(self) -> FoundList:
        """The list, made when it is first wanted: it stands over the whole page."""
        if self._list is None:
            self._list = FoundList(self.window())
            self._list.table.clicked.connect(self._on_pressed)
        return self._list

    @Slot(str)
    def _on_asked(self, text: str) -> None:
        if self.view is not None:
            self.found().show_under(self.line, self._search(self.view.search, text) if text.strip() else ())

    @Slot(QModelIndex)
    def _on_pressed(self, index: QModelIndex) -> None:
        self._take(self.found().table.rows()[index.row()].id)

    def _take(self, code: str) -> None:
        self.found().hide()
        if self.view is not None:
            self.set_text(code)
            self.changed.emit(self.view.pointer, code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and self._list is not None and self._list.isVisible():
            if event.type() == QEvent.Type.KeyPress and self._on_list_key(cast("QKeyEvent", event)):
                return True
            if event.type() == QEvent.Type.FocusOut:
                self._list.hide()
        return super().eventFilter(watched, event)

    def _on_list_key(self, event: QKeyEvent) -> bool:
        """Enter takes what is marked and goes on; while the input method composes, every key is its own."""
        key, found = event.key(), self.found()
        if self.composing():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            found.move_by(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            found.hide()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take(found.table.selected_id())
            self.entered.emit()
            return True
        return False

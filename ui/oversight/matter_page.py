"""事由页 one view of 首问与投诉: the list on the left, what the chosen one needs on the right, a new one by one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from ui import theme
from ui.oversight.duty_page import LIST, RAIL, TaskPane
from ui.oversight.duty_view import TaskRowView
from ui.oversight.matter_view import NEW, MatterView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

NARROW_LIST = 280


class MatterPage(QWidget):
    """事由页 `row_chosen(id)`, `act(name, typed)`, `new_wanted()`."""

    row_chosen = Signal(str)
    act = Signal(str, list)
    new_wanted = Signal()

    def __init__(self, name: str, words: str, age: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        columns = (Column("事"), Column("窗口", 48, tone="ink2"), Column(age, 84, "right", tone="ink2"))
        self._list = Pane(words, padding=0, parent=self)
        self._table = RowTable(columns, row_height=54, parent=self)  # first: the hand goes to it
        self._new = KeyButton("", Key.NEW, parent=self)
        self._new.setObjectName("matterNew")
        self._new.set_height(30)
        self._new.chosen.connect(self.new_wanted)
        self._list.add_to_head(self._new)
        self._table.setObjectName("matterTable")
        self._table.setAccessibleName(f"{words}，上下键挑")
        self._table.row_chosen.connect(self._on_row)
        self._empty = EmptyCard(self)
        self.detail = TaskPane(self)
        self.detail.setAccessibleName(f"{words}细目")
        self.detail.act.connect(self.act)
        self._shown = ""
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        holder = QWidget(self._list)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.addWidget(holder)
        row.addWidget(self._list)
        row.addWidget(self.detail, 1)

    def render(self, view: MatterView) -> None:  # type: ignore[override]
        """Show these; the hand's place stays, and a new form takes it."""
        self._list.set_title(view.title)
        self._new.set_text(view.new_word)
        self._new.setVisible(bool(view.new_word))
        self._table.render(tuple(_row(row) for row in view.rows))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.detail.setVisible(view.detail is not None or bool(view.rows))
        self.detail.render(view.detail)
        shown = view.detail.id if view.detail is not None else ""
        if shown and shown != NEW:
            self._table.select(shown)
        if shown == NEW and self._shown != NEW and self.detail.fields():
            self.detail.fields()[0].line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shown = shown
        self._share()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._table.rows():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    @Slot(str)
    def _on_row(self, key: str) -> None:
        self.row_chosen.emit(key)

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        alone = self.detail.isHidden()
        wide = 16777215 if alone else look.px(NARROW_LIST if narrow else LIST)
        self._list.setMinimumWidth(0 if alone else wide)
        self._list.setMaximumWidth(wide)


def _row(row: TaskRowView) -> Row:
    return Row(row.id, (Cell(row.kind, note=row.words, lamp=row.lamp, bold=True), row.window, row.age))

"""没填的 the list on the right: every place that is still empty, in the words its field says too; Enter jumps there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from ui.registration.view import MissingRow
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair, Text

ALL_THERE = EmptyView("该填的都填了", "填好就能回到办件。", icon="check", tone="ok")


class MissingPane(Pane):
    """没填的 `jump_wanted(pointer)` by a press or Enter."""

    jump_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("missingPane")
        self.setAccessibleName("没填的地方")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(2)
        self._count = Text("", "body", strong=True)
        self._count.setObjectName("missingCount")
        self._how = Text("Ctrl+H 依次跳到那一格", "note")
        head.addWidget(self._count)
        head.addWidget(self._how)
        self.body.addLayout(head)
        self.body.addWidget(Hair())
        self._table = RowTable((Column(""),), row_height=54, head=False, parent=self)
        self._table.setObjectName("missingTable")
        self._table.setAccessibleName("没填的地方，Enter 跳过去")
        self._table.clicked.connect(self._on_clicked)
        self._table.row_opened.connect(self.jump_wanted)
        self._none = EmptyCard(self)
        self._none.render(ALL_THERE)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._none)
        self.body.addWidget(holder, 1)

    def show_missing(self, rows: tuple[MissingRow, ...]) -> None:
        """Show these, in the order of the form."""
        self._count.say(f"还有 {len(rows)} 处没填" if rows else "没有要补填的")
        self._how.setVisible(bool(rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._table.render(tuple(Row(row.pointer, (Cell(row.sentence, note=row.where),)) for row in rows))

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def words(self) -> str:
        """How many it says."""
        return self._count.text()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.jump_wanted.emit(self._table.rows()[index.row()].id)

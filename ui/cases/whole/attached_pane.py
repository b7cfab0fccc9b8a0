"""附件 the files of the case on its page: Enter on a line reads it, Ctrl+M the first."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.cases.whole.view import AttachedRow
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("附件")), Column(tr("谁交来的"), 176, tone="ink2"), Column("", 244, "right", tone="ink2"))
ROW_HEIGHT = 36


class AttachedPane(Pane):
    """附件 `opened(id)`, which is empty for the first; who may not read them sees that they are there."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("附件"), padding=0, parent=parent)
        self._readable = False
        self.look = KeyButton(tr("看附件"), Key.PAPERS, "quiet", parent=self)
        self.look.setObjectName("lookAtAttachments")
        self.look.chosen.connect(self._on_first)
        self.table = RowTable(COLUMNS, row_height=ROW_HEIGHT, fit_rows=True, parent=self)
        self.table.setObjectName("caseAttachments")
        self.table.row_opened.connect(self._on_opened)
        self.add_to_head(self.look)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table)

    def show_rows(self, rows: tuple[AttachedRow, ...], *, readable: bool) -> None:
        """These; nothing where there are none."""
        self._readable = readable
        self.table.render(tuple(Row(row.id, (Cell(row.name, bold=True), row.who, row.state)) for row in rows))
        self.table.setAccessibleName(tr("附件，Enter 打开看") if readable else tr("附件"))
        self.look.setVisible(readable)
        self.setVisible(bool(rows))

    @Slot(str)
    def _on_opened(self, attachment: str) -> None:
        if self._readable:
            self.opened.emit(attachment)

    @Slot()
    def _on_first(self) -> None:
        self.opened.emit(self.table.selected_id() if self.table.hasFocus() else "")

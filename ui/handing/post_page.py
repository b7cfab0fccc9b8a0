"""邮寄 what is to be posted and what is on its way, and the one at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QWidget

from ui.handing.view import CHOOSE_POST, NO_POST
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.focus import tab_through
from ui.widgets.form_pane import FormPane
from ui.widgets.form_view import ListView
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("寄给谁")), Column(tr("情况"), 96), Column("", 76, "right"))


class PostPage(ListAndDetail):
    """邮寄 `left()` by Esc, `list_wanted()` where nothing is at hand."""

    left = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("邮寄"), RowTable(COLUMNS, row_height=54), wide=440, narrow=360, parent=parent)
        self.setObjectName("postPage")
        self.setAccessibleName(tr("邮寄"))
        self.name_table("postTable", tr("要寄的和在路上的，上下键挑"))
        self.detail = FormPane("postDetail", tr("要寄的一件"), CHOOSE_POST, self)
        self.stand_beside(self.detail)
        self.list_button = KeyButton(tr("打今天的清单"), Key.PRINT, "quiet", parent=self)
        self.list_button.setObjectName("postList")
        self.list_button.chosen.connect(self.list_wanted)
        self.list_pane.add_to_head(self.list_button)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.take_form)
        tab_through(self.list_button, self._table)
        self.render(ListView(empty=NO_POST))

    def render(self, view: ListView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    @Slot()
    def take_form(self) -> None:
        """The next scan lands in the first empty line."""
        if not self.detail.take_form():
            self.take_hand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

"""备用件 the kits and where each is, and the one at hand or the form of a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.back_entry.view import CHOOSE_KIT, KitsView
from ui.language import tr
from ui.widgets.form_pane import FormPane
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("编号")), Column(tr("在哪"), 96), Column(tr("用了"), 64, "right"))


class KitsPage(ListAndDetail):
    """备用件 `left()` by Esc."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("备用件"), RowTable(COLUMNS, row_height=54), wide=440, narrow=360, parent=parent)
        self.setObjectName("kitsPage")
        self.setAccessibleName(tr("备用件"))
        self.name_table("kitsTable", tr("印过的备用件，上下键挑"))
        self.detail = FormPane("kitDetail", tr("手上的一套"), CHOOSE_KIT, self)
        self.stand_beside(self.detail)
        self.render(KitsView())

    def render(self, view: KitsView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

"""在架 everything on the shelves, the longest there first, by filter; and the one at hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QWidget

from ui.handing.telling_shelves import ALL, FILTERS
from ui.handing.view import CHOOSE, NOTHING_HERE
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.focus import tab_through
from ui.widgets.form_pane import FormPane
from ui.widgets.form_view import ListView
from ui.widgets.key_button import key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments

COLUMNS = (Column(tr("架"), 64), Column(tr("谁的")), Column(tr("放了"), 64, "right"))


class ShelvesPage(ListAndDetail):
    """在架 `filtered(key)`, `left()` by Esc."""

    filtered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("在架"), RowTable(COLUMNS, row_height=54), wide=440, narrow=360, parent=parent)
        self.setObjectName("shelvesPage")
        self.setAccessibleName(tr("在架"))
        self.name_table("shelvesTable", tr("在架的，上下键挑"))
        self.filters = Segments(FILTERS, self)
        self.filters.setAccessibleName(tr("看哪些，{find_here}", find_here=Key.FIND_HERE))
        self.filters.chosen.connect(self.filtered)
        self.put_above(self.filters)
        self.detail = FormPane("shelfDetail", tr("架上的一件"), CHOOSE, self)
        self.stand_beside(self.detail)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self._to_filters)
        tab_through(*self.filters.all(), self._table)
        self.render(ListView(empty=NOTHING_HERE, filter=ALL))

    def render(self, view: ListView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.filters.choose(view.filter)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _to_filters(self) -> None:
        self.filters.segment(self.filters.current()).setFocus(Qt.FocusReason.TabFocusReason)

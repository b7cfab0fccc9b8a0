"""录入与核对 what waits for a second person, the field a sheet is scanned into, the sheet at hand and its scan beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import theme
from ui.back_entry.view import CHOOSE, EntryView
from ui.language import tr
from ui.papers.scan_pane import ScanPane
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.form_pane import FormPane
from ui.widgets.key_button import key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("备用件")), Column("", 84))
SIDE_BY_SIDE, LEAST_SCAN = 860, 96


class EntryPage(ListAndDetail):
    """录入与核对 `number_typed(text)` from the field, `left()` by Esc."""

    number_typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("等核对的"), RowTable(COLUMNS, row_height=54), wide=340, narrow=300, parent=parent)
        self.setObjectName("backEntryPage")
        self.setAccessibleName(tr("录入与核对"))
        self.name_table("backEntryTable", tr("等核对的，上下键挑"))
        self.number = Field(tr("备用件编号"), placeholder=tr("扫码，或写 BL 开头的编号"), parent=self.list_pane)
        self.number.line.setObjectName("sheetNumber")
        self.number.entered.connect(self._on_number)
        self.put_above(self.number)
        beside = QWidget(self)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, beside)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(12)
        self.detail, self.scan = FormPane("sheetDetail", tr("手上的一份"), CHOOSE, beside), ScanPane(beside)
        self._beside.addWidget(self.detail, 5)
        self._beside.addWidget(self.scan, 4)
        self.stand_beside(beside)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.take_number)
        tab_through(self.number.line, self._table)
        self.render(EntryView())

    def render(self, view: EntryView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.number.set_finding(view.finding)
        self.detail.render(view.detail)
        self.scan.render(view.scan)
        if view.chosen and view.chosen in {row.id for row in view.rows}:
            self._table.select(view.chosen)

    @Slot()
    def take_number(self) -> None:
        """The next scan lands in the field."""
        self.number.select_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        wide = self.width() - self.list_pane.minimumWidth() >= look.px(SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        self._beside.setDirection(way)
        self.scan.setMinimumHeight(0 if wide else look.px(LEAST_SCAN))
        self.scan.setMaximumHeight(16777215 if wide else self.height() * 2 // 5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_number(self) -> None:
        self.number_typed.emit(self.number.text())

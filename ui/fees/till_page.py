"""收款 the bills that wait, found by their code or number, and the one at hand beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.fees.view import NO_BILLS, TillView
from ui.language import tr
from ui.oversight.duty_page import TaskPane
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (
    Column(tr("缴款单")),
    Column(tr("应缴（元）"), 96, "right", bold=True),
    Column(tr("情况"), 76, "right", tone="ink2"),
)


class TillPage(ListAndDetail):
    """收款 `scanned(text)`, `act(name, typed)`, `left()` by Esc."""

    scanned = Signal(str)
    act = Signal(str, list)
    left = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("缴款单"), RowTable(COLUMNS, row_height=54), wide=470, narrow=400, parent=parent)
        self.setObjectName("tillPage")
        self.setAccessibleName(tr("收款"))
        self.name_table("billsTable", tr("缴款单，上下键挑"))
        self.scan = Field(
            tr("扫缴款通知，或写单号\u3000{find_here}", find_here=Key.FIND_HERE),
            placeholder="JK20261122-00001",
            parent=self,
        )
        self.scan.line.setObjectName("billScan")
        self.scan.entered.connect(self._on_scan)
        self.put_above(self.scan)
        self.detail = TaskPane(self)
        self.detail.setObjectName("billDetail")
        self.detail.setAccessibleName(tr("手上的缴款单"))
        self.detail.act.connect(self.act)
        self.detail.bar.refused.connect(self.refused)
        self.stand_beside(self.detail)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.take_scanner)
        tab_through(self.scan.line, self._table)
        self.render(TillView())

    def render(self, view: TillView) -> None:  # type: ignore[override]
        """Show these bills; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, NO_BILLS, note=view.note)
        self.scan.set_finding(view.finding)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    @Slot()
    def take_scanner(self) -> None:
        """The next scan lands in the field, whatever stood there."""
        self.scan.select_all()

    def take_form(self) -> None:
        """The hand goes to the first line to be typed; without one, back to the scanner."""
        fields = self.detail.fields()
        if fields:
            fields[0].select_all()
        else:
            self.take_scanner()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_scanner()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_scan(self) -> None:
        self.scanned.emit(self.scan.text())

"""领件 what lies on the shelves, found by a scan, and the case at hand beside it: who takes it, and what comes after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.handing.view import NOBODY, NOTHING_HERE
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.form_pane import FormPane
from ui.widgets.form_view import ListView
from ui.widgets.key_button import key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("架"), 64), Column(tr("谁的")), Column(tr("放了"), 64, "right"))
FILES = tr("扫描件 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)")


class PickPage(ListAndDetail):
    """领件 `scanned(text)`, `file_chosen(case, path)` of a signed paper, `left()` by Esc."""

    scanned = Signal(str)
    file_chosen = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("在架的结果"), RowTable(COLUMNS, row_height=54), wide=440, narrow=360, parent=parent)
        self.setObjectName("pickPage")
        self.setAccessibleName(tr("领件"))
        self.name_table("resultsTable", tr("结果，上下键挑"))
        self.scan = Field(
            tr("扫回执、文书、运单的码\u3000{find_here}", find_here=Key.FIND_HERE),
            placeholder=tr("没带的，写编号、证件号、姓名"),
            parent=self,
        )
        self.scan.line.setObjectName("resultScan")
        self.scan.entered.connect(self._on_scan)
        self.put_above(self.scan)
        self.detail = FormPane("giveDetail", tr("手上的一件"), NOBODY, self)
        self.stand_beside(self.detail)
        self._asked_for = ""
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.take_scanner)
        tab_through(self.scan.line, self._table)
        self.render(ListView(empty=NOTHING_HERE))

    def render(self, view: ListView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.scan.set_finding(view.finding)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    @Slot()
    def take_scanner(self) -> None:
        """The next scan lands in the field, whatever stood there."""
        self.scan.select_all()

    def ask_file(self, case: str) -> None:
        """Which file the signed paper was scanned into; the case is this one, whatever is chosen meanwhile."""
        self._asked_for = case
        dialog = QFileDialog(self, tr("扫回来的送达回证"), "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

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

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self.file_chosen.emit(self._asked_for, path)

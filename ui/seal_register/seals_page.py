"""印章页 each seal with how it stands, who keeps it and how long its certificate is good; the chosen one with its acts beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.language import tr
from ui.seal_register.seal_pane import SealPane
from ui.seal_register.seals_view import SealsView
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("印章")), Column(tr("现状"), 118, tone="ink2"))


class SealsPage(ListAndDetail):
    """印章页 `act(name, typed)`, `left`, `opened(id)` of a case or a use, `report_to(file)`."""

    act = Signal(str, list)
    left = Signal()
    opened = Signal(str)
    report_to = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("印章"), RowTable(COLUMNS, row_height=56), wide=420, narrow=320, parent=parent)
        self.setObjectName("sealsPage")
        self.setAccessibleName(tr("印章"))
        self.name_table("sealsTable", tr("印章，上下键挑"))
        self.detail = SealPane(self)
        self.stand_beside(self.detail)
        for mine, theirs in (
            (self.detail.act, self.act),
            (self.detail.left, self.left),
            (self.detail.opened, self.opened),
            (self.detail.refused, self.refused),
        ):
            mine.connect(theirs)
        self.render(SealsView())

    def render(self, view: SealsView) -> None:  # type: ignore[override]
        """Show these; the hand's place stays."""
        self.show_list(view.title, view.rows, view.empty, note=view.note, alone=not view.rows)
        self.detail.render(view.detail)
        if view.detail is not None:
            self._table.select(view.detail.id)

    def ask_place(self, name: str) -> None:
        """Where the report is put, on a machine without an A4 printer."""
        dialog = QFileDialog(self, tr("挂失报告存到哪里"), name, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.report_to)
        dialog.open()

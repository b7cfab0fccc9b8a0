"""一列与一页 a list on the left, on the right a page of lines that may be kept as A4: items, the record of changes, the years."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from ui.language import as_written
from ui.managing.view import ItemRowView, ListView, PaperDetail
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Text

SAVE, READ = "save", 960


@dataclass(frozen=True, kw_only=True)
class ListWords:
    """这一列的话 its name in code, its title, its columns, and what stands beside while nothing is chosen."""

    name: str
    title: str
    columns: tuple[Column, ...]
    choose: EmptyView
    ask: str = ""
    """What the file dialog is headed, for a page that is kept as A4."""


class LinesPane(Pane):
    """一页 a message, lines under it, and what can be done; `act(name)`."""

    act = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName(name)
        self._strip = Strip(self)
        self._body = ScrollBody(self, widest=READ)
        self._body.body.setContentsMargins(16, 4, 16, 12)
        self._body.body.setSpacing(6)
        self._body.body.addWidget(self._strip)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._body.body.addLayout(self._lines)
        self._body.body.addStretch(1)
        self._shown: tuple[str, ...] = ()
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self.bar.refused.connect(self.refused)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._body, 1)
        self.add_foot(self.bar)

    def render(self, view: PaperDetail) -> None:  # type: ignore[override]
        """Show this page."""
        self.set_title(view.title, view.note)
        self._body.setAccessibleName(view.title)
        self._strip.render(view.message)
        if view.lines != self._shown:
            self._shown = view.lines
            with as_written() if view.as_paper else nullcontext():
                self._rebuild(view.lines)
        self.bar.setVisible(view.bar.step is not None)
        self.bar.render(view.bar)

    def _rebuild(self, lines: tuple[str, ...]) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            head = line.endswith(("：", ":"))
            self._lines.addWidget(Text(line, "dense" if not head else "body", strong=head, wrap=True))
        self._body.verticalScrollBar().setValue(0)


class ListPage(QWidget):
    """一列与一页 `row_chosen(id)`, `act(name)`, `place_chosen(path)` once a place for the A4 was given."""

    row_chosen = Signal(str)
    act = Signal(str)
    place_chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, words: ListWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._file = words, ""
        self.setObjectName(f"{words.name}Page")
        self.setAccessibleName(words.title)
        self.both = ListAndDetail(words.title, RowTable(words.columns, row_height=48), narrow=336, parent=self)
        self.both.name_table(f"{words.name}Table", words.title)
        self.both.row_chosen.connect(self.row_chosen)
        self._choose, self.detail = EmptyCard(self), LinesPane(f"{words.name}Detail", self)
        self.detail.act.connect(self._on_act)
        self.detail.refused.connect(self.refused)
        side = QWidget(self)
        self._side = QStackedLayout(side)
        self._side.addWidget(self._choose)
        self._side.addWidget(self.detail)
        self.both.stand_beside(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.both)
        self.render(ListView())

    def render(self, view: ListView) -> None:  # type: ignore[override]
        """Show this; the hand's place stays."""
        rows = tuple(map(_row, view.rows))
        self.both.show_list(view.title or self._words.title, rows, view.empty, alone=not rows)
        self._choose.render(self._words.choose)
        if view.detail is not None:
            self._file = view.detail.file
            self.detail.render(view.detail)
            self.both.table().select(view.detail.id)
        self._side.setCurrentWidget(self._choose if view.detail is None else self.detail)

    @Slot(str)
    def _on_act(self, name: str) -> None:
        if name != SAVE:
            self.act.emit(name)
            return
        dialog = QFileDialog(self, self._words.ask, self._file, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.place_chosen)
        dialog.open()


def _row(row: ItemRowView) -> Row:
    spoken = "，".join(part for part in (row.name, row.note, row.windows, row.state) if part)
    return Row(row.id, (Cell(row.name, note=row.note, bold=True), row.windows, Cell(row.state, lamp=row.lamp)), spoken)

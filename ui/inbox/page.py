"""收件箱的一张单子 what came of one kind, found by a name, a number or the end of a phone, and the one at hand beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.papers.stage import PaperStage
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.form_pane import FormPane
from ui.widgets.form_view import ListView
from ui.widgets.key_button import key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("谁的")), Column(tr("什么时候"), 124, "right"))


class InboxPage(ListAndDetail):
    """收件箱的一张单子 `searched(text)`, `papers_wanted(id)` by Enter on a row, `left()` by Esc."""

    searched = Signal(str)
    papers_wanted = Signal(str)
    left = Signal()

    def __init__(self, key: str, word: str, choose: EmptyView, parent: QWidget | None = None) -> None:
        super().__init__(word, RowTable(COLUMNS, row_height=54), wide=440, narrow=360, parent=parent)
        self.setObjectName(key)
        self.setAccessibleName(word)
        self.name_table(f"{key}Table", tr("{word}，上下键挑", word=word))
        self.search = Field(
            tr("找\u3000{find_here}", find_here=Key.FIND_HERE),
            placeholder=tr("姓名、平台编号、手机或证件末四位"),
            parent=self,
        )
        self.search.line.setObjectName(f"{key}Search")
        self.search.entered.connect(self._on_search)
        self.put_above(self.search)
        self.detail = FormPane(f"{key}Detail", tr("打开的一件"), choose, self)
        self.stage = PaperStage(self.detail, self)
        self.paper = self.stage.pane
        self.stand_beside(self.stage)
        self._table.row_opened.connect(self.papers_wanted)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.search.select_all)
        tab_through(self.search.line, self._table)
        self.render(ListView(empty=choose))

    def render(self, view: ListView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.search.set_finding(view.finding)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_search(self) -> None:
        self.searched.emit(self.search.text())

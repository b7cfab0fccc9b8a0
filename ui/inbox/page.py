"""收件箱的一张单子 what came of one kind, found by a name, a number or the end of a phone, and the one at hand beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from ui.handing.form_pane import FormPane
from ui.handing.view import ListView
from ui.inbox.paper_pane import PaperPane
from ui.inbox.paper_view import PaperView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyView
from ui.widgets.field import Field
from ui.widgets.focus import tab_through
from ui.widgets.key_button import key_sequences
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("谁的")), Column(tr("什么时候"), 124, "right"))


class _Side(QStackedWidget):
    """细目或原件 only what is in front asks for room."""

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()


class InboxPage(ListAndDetail):
    """收件箱的一张单子 `searched(text)`, `papers_wanted(id)` by Enter on a row, `left()` by Esc."""

    searched = Signal(str)
    papers_wanted = Signal(str)
    left = Signal()

    def __init__(self, key: str, word: str, choose: EmptyView, parent: QWidget | None = None) -> None:
        super().__init__(word, RowTable(COLUMNS, row_height=54), wide=440, narrow=360, top=0, parent=parent)
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
        self.paper = PaperPane(self)
        self._side = _Side(self)
        self._side.addWidget(self.detail)
        self._side.addWidget(self.paper)
        self.stand_beside(self._side)
        self._table.row_opened.connect(self.papers_wanted)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.search.select_all)
        tab_through(self.search.line, self._table)
        self.render(ListView())

    def render(self, view: ListView) -> None:  # type: ignore[override]
        """Show these; what is typed and the hand's place stay."""
        self.show_list(view.title, view.rows, view.empty, note=view.note)
        self.search.set_finding(view.finding)
        self.detail.render(view.detail)
        if view.chosen:
            self._table.select(view.chosen)

    def show_paper(self, view: PaperView, image: QImage | None) -> None:
        """The paper that is open, where the details were."""
        self.paper.render(view, image)
        self._side.setCurrentWidget(self.paper)

    def show_details(self) -> None:
        """The details again, the hand on the list."""
        self._side.setCurrentWidget(self.detail)
        self.paper.scan.show_image(None)
        self.take_hand()

    def ask_place(self, name: str) -> str:
        """Where a PDF is put that cannot be drawn; empty: nowhere."""
        return QFileDialog.getSaveFileName(self, tr("原件存到哪里"), name, "PDF (*.pdf)")[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_search(self) -> None:
        self.searched.emit(self.search.text())

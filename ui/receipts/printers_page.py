"""打印机页 every printer with what it prints, how it is, its test page, its roll; known makes, and what stands about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.receipts.printers_view import FIND, STOP, AskView, PrinterDetail, PrinterRow, PrintersView
from ui.shortcuts import Key
from ui.widgets.answer_grid import AnswerGrid
from ui.widgets.key_button import KeyButton
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Hair, Text

COLUMNS = (Column(tr("打印机")), Column(tr("情况"), 150, tone="ink2"))
LISTED = (Column(tr("名称")), Column(tr("纸和字"), 170, tone="ink2"))


class TestAsk(QWidget):
    """测试页的一问 `chosen(key)`; the same question keeps the hand where it is."""

    __test__ = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self._text = Text("", "dense"), Text("", "body", strong=True, wrap=True)
        self.answers = AnswerGrid("testAnswer", 1, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._head, self._text, self.answers):
            column.addWidget(part)

    def render(self, ask: AskView | None) -> None:  # type: ignore[override]
        """Ask this; None asks nothing."""
        self.setVisible(ask is not None)
        if ask is not None:
            self._head.say(ask.head)
            self._text.say(ask.text)
            self.answers.render(ask.answers)


class PrinterPane(Pane):
    """一台打印机 `act(name)` from the bar, `answered(key)` of the test page."""

    act = Signal(str)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("printerPane")
        self.setAccessibleName(tr("打印机细目"))
        self._title, self._strip, self.ask = Text("", "title", wrap=True), Strip(self), TestAsk(self)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(7)
        self._facts.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._listed_head = Text("", "body", strong=True)
        self._listed_none = Text("", "dense", tone="ink2", wrap=True)
        self.listed = RowTable(LISTED, row_height=46, head=False, fit_rows=True, parent=self)
        self.listed.setObjectName("listedTable")
        self.listed.setAccessibleName(tr("机型和找到的打印机"))
        self.bar = NextStepBar(self)
        self._lay_out()
        self.bar.chosen.connect(self.act)
        self.ask.answers.chosen.connect(self.answered)

    def _lay_out(self) -> None:
        scroll = ScrollBody(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = scroll.body
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._strip)
        column.addWidget(self.ask)
        column.addLayout(self._facts)
        column.addWidget(Hair())
        column.addWidget(self._listed_head)
        column.addWidget(self._listed_none)
        column.addWidget(self.listed)
        column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(scroll, 1)
        self.add_foot(self.bar)

    def render(self, view: PrinterDetail) -> None:  # type: ignore[override]
        """Show this printer."""
        self._title.say(view.title)
        self._strip.render(view.message)
        self.ask.render(view.ask)
        self.bar.render(view.bar)
        if view.facts == self._shown:
            return
        self._shown = view.facts
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (label, words) in enumerate(view.facts):
            self._facts.addWidget(FactName(label), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(Text(words, "body", wrap=True), place, 1)

    def show_listed(self, view: PrintersView) -> None:
        """The table below."""
        listed = view.listed
        self._listed_head.say(listed.head)
        self._listed_none.say(listed.empty)
        self._listed_none.setVisible(bool(listed.empty))
        self.listed.setVisible(bool(listed.rows))
        rows = (
            Row(str(place), (Cell(first, note=note), Cell(second)))
            for place, (first, second, note) in enumerate(listed.rows)
        )
        self.listed.render(tuple(rows))


class PrintersPage(ListAndDetail):
    """打印机页 `act(name)` on the chosen one, `answered(key)` of its test page."""

    act = Signal(str)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("打印机"), RowTable(COLUMNS, row_height=54), wide=396, narrow=320, parent=parent)
        self.setObjectName("printersPage")
        self.setAccessibleName(tr("打印机"))
        self.name_table("printersTable", tr("本机的打印机"))
        self.pane = PrinterPane(self)
        self.stand_beside(self.pane)
        self.look_button = KeyButton(tr("找打印机"), Key.FIND_HERE, "quiet", parent=self)
        self.look_button.setObjectName("findPrinters")
        self.look_button.chosen.connect(self._on_find)
        self.list_pane.add_to_head(self.look_button)
        self._view = PrintersView()
        self.pane.act.connect(self.act)
        self.pane.answered.connect(self.answered)
        for digit in "1234":
            key = QShortcut(QKeySequence(digit), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)
            key.setObjectName(digit)
            key.activated.connect(self._on_digit)
        self.render(PrintersView())

    def render(self, view: PrintersView) -> None:  # type: ignore[override]
        """Show these."""
        self._view = view
        self.look_button.set_text(tr("停") if view.searching else tr("找打印机"))
        rows = tuple(_row(row) for row in view.rows)
        self.show_list(view.title, rows, view.empty, alone=view.detail is None)
        self.table().select(view.chosen)
        if view.detail is not None:
            self.pane.render(view.detail)
            self.pane.show_listed(view)

    @Slot()
    def _on_find(self) -> None:
        self.act.emit(STOP if self._view.searching else FIND)

    @Slot()
    def _on_digit(self) -> None:
        """The page's own, for a list that has the hand takes digits as a search."""
        shown = self.pane.ask.answers.answers() if self.pane.ask.isVisible() else ()
        place = int(self.sender().objectName()) - 1
        if place < len(shown):
            shown[place].click()


def _row(row: PrinterRow) -> Row:
    tone = "warn" if row.lamp in ("unknown", "cut", "soon") else ""
    return Row(row.id, (Cell(row.name, note=row.takes, lamp=row.lamp), Cell(row.state, tone=tone)))  # type: ignore[arg-type]

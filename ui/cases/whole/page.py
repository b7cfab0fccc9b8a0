"""办件详情页 one case whole: where it stands and by when, its papers and what happened, and beside them what can be done now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.cases.whole.asking_pane import ActsPane
from ui.cases.whole.attached_pane import AttachedPane
from ui.cases.whole.head import WholeHead
from ui.cases.whole.view import ActLine, HistoryRow, PaperRow, WholeView
from ui.language import tr
from ui.papers.stage import PaperStage
from ui.queueing.due_pane import DuePane
from ui.shell import width_class
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import FactName, Text

HISTORY = (Column(tr("时间"), 104, tone="ink2"), Column(tr("谁"), 132), Column(tr("做了什么")))
PAPERS = (Column(tr("文书")), Column(tr("文号"), 176, tone="ink2"), Column("", 132, "right", tone="ink2"))
MATERIALS = (Column(tr("材料")), Column(tr("怎么带来的"), 96, tone="ink2"), Column("", 168, "right", tone="ink2"))
SIDE, RAIL = 340, 76
HEAD_HEIGHT, ROW_HEIGHT, TWO_LINES = 30, 36, 48


class WholePage(QWidget):
    """办件详情页 `back()`, `act_chosen(key)`, `act(name, answers)`, `paper_opened(id)`, `paper_wanted(kind)`.

    `attachment_wanted(id)` is a file of the case to be read, on the `stage` beside the acts.
    """

    back = Signal()
    act_chosen = Signal(str)
    act = Signal(str, dict)
    asking_left = Signal()
    paper_opened = Signal(str)
    paper_wanted = Signal(str)
    attachment_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._built = False
        super().__init__(parent)
        self.setObjectName("wholeCasePage")
        self.setAccessibleName(tr("办件详情"))
        self._head = WholeHead(self)
        self._head.back.chosen.connect(self.back)
        self._strip = Strip(self)
        self.acts = ActsPane(self)
        self.acts.chosen.connect(self.act_chosen)
        self.acts.act.connect(self.act)
        self.acts.left.connect(self.asking_left)
        self._due = DuePane(self)
        self.history = self._table(HISTORY, "caseHistory", tr("过程，旧的在上"), TWO_LINES)
        self.papers = self._table(PAPERS, "casePapers", tr("文书，Enter 补打一份"))
        self.papers.row_opened.connect(self.paper_opened)
        self.materials = self._table(MATERIALS, "caseMaterials", tr("材料"))
        self.attached = AttachedPane(self)
        self.attached.opened.connect(self.attachment_wanted)
        self._panes = {
            "attached": self.attached,
            "materials": self._pane(tr("材料"), self.materials),
            "papers": self._pane(tr("文书"), self.papers),
            "history": self._pane(tr("过程"), self.history),
        }
        self._to_print = QHBoxLayout()
        self._print_buttons: list[KeyButton] = []
        self._issued: tuple[ActLine, ...] | None = None
        self._facts = QGridLayout()
        self._labels: tuple[str, ...] = ()
        self._values: list[Text] = []
        self._empty = EmptyCard(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._lay_out())
        self._built = True
        self.render(WholeView())

    def _table(self, columns: tuple[Column, ...], name: str, words: str, tall: int = ROW_HEIGHT) -> RowTable:
        table = RowTable(columns, row_height=tall, parent=self)
        table.setObjectName(name)
        table.setAccessibleName(words)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return table

    def _pane(self, title: str, table: RowTable) -> Pane:
        pane = Pane(title, padding=0, parent=self)
        pane.body.setContentsMargins(0, 0, 0, 0)
        pane.body.addWidget(table)
        return pane

    def _lay_out(self) -> QWidget:
        full = QWidget(self)
        scroll = ScrollBody(full)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        facts = Pane(padding=16, parent=self)
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(7)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)
        facts.body.addLayout(self._facts)
        scroll.body.addWidget(facts)
        for pane in self._panes.values():
            scroll.body.addWidget(pane)
        self._to_print.setContentsMargins(16, 8, 16, 12)
        self._to_print.addStretch(1)
        self._panes["papers"].body.addLayout(self._to_print)
        scroll.body.addStretch(1)
        self._side = QWidget(full)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self._due)
        side.addWidget(self.acts, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.stage = PaperStage(scroll, full)
        row.addWidget(self.stage, 1)
        row.addWidget(self._side)
        column = QVBoxLayout(full)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(self._strip)
        column.addLayout(row, 1)
        return full

    def render(self, view: WholeView) -> None:  # type: ignore[override]
        """Show this case."""
        self._empty.render(view.empty)
        self._stack.setCurrentIndex(1 if view.id else 0)
        if not view.id:
            return
        self._head.render(view)
        self._strip.render(view.strip)
        # While something is asked the fields need the room; the date stands in the list and comes back after it.
        self._due.setVisible(view.due is not None and view.asking is None)
        if view.due is not None:
            self._due.render(view.due)
        self._show_facts(view.facts)
        self._show_rows(view)
        self._show_to_print(view.to_print)
        self.acts.render(view.acts, view.no_acts, view.asking)

    def _show_rows(self, view: WholeView) -> None:
        materials = tuple(Row(name, (name, how, said)) for name, how, said in view.materials)
        self.materials.render(materials)
        self.attached.show_rows(view.attached, readable=view.readable)
        self.papers.render(tuple(_paper(row) for row in view.papers))
        self.history.render(tuple(_entry(row) for row in view.history))
        self._panes["materials"].setVisible(bool(materials))
        self._panes["papers"].setVisible(bool(view.papers) or bool(view.to_print))
        self._measure()

    def _measure(self) -> None:
        """Every table as tall as its rows: the page scrolls, not they."""
        look = theme.current()
        for table, tall in ((self.materials, ROW_HEIGHT), (self.papers, ROW_HEIGHT), (self.history, TWO_LINES)):
            rows = len(table.rows())
            table.setVisible(rows > 0)
            table.setFixedHeight(look.px(HEAD_HEIGHT + rows * tall) + 2 if rows else 0)

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        labels = tuple(label for label, _ in facts)
        if labels != self._labels:
            self._labels, self._values = labels, []
            while self._facts.count():
                item = self._facts.takeAt(0)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            for place, label in enumerate(labels):
                value = Text("", "body", wrap=True)
                value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                row, column = divmod(place, 2)
                self._facts.addWidget(FactName(label), row, 2 * column, Qt.AlignmentFlag.AlignTop)
                self._facts.addWidget(value, row, 2 * column + 1)
                self._values.append(value)
        for value, (_, words) in zip(self._values, facts, strict=True):
            value.say(words)

    def _show_to_print(self, lines: tuple[ActLine, ...]) -> None:
        if lines == self._issued:
            return
        self._issued = lines
        for button in self._print_buttons:
            button.hide()
            button.deleteLater()
        self._print_buttons = []
        for place, line in enumerate(lines):
            button = KeyButton(tr("出{word}", word=line.word), parent=self)
            button.set_reason(line.reason)
            button.setObjectName(f"paper-{line.key}")
            button.chosen.connect(self._on_paper)
            self._to_print.insertWidget(place, button)
            self._print_buttons.append(button)

    @Slot()
    def _on_paper(self) -> None:
        self.paper_wanted.emit(self.sender().objectName().removeprefix("paper-"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose an act while none is asked about; Esc goes up one level."""
        asking = self.acts.bar.isVisibleTo(self)
        if event.key() == Qt.Key.Key_Escape and self.stage.reading():
            self.stage.pane.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            (self.asking_left if asking else self.back).emit()
        elif asking or not self.acts.list.press(event.text()):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.acts.list.first()
        (first or self.history).setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._built:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self._side.setFixedWidth(look.px(280 if narrow else SIDE))


def _entry(row: HistoryRow) -> Row:
    return Row(row.id, (row.when, row.who, Cell(row.what, note=row.note)))


def _paper(row: PaperRow) -> Row:
    return Row(row.id, (Cell(row.name, bold=True), row.number, row.note))

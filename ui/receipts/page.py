"""打印页 every paper of the day with an honest state, the question about a doubtful one, and what it looks like."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.receipts.large_paper import LargePaper
from ui.receipts.paper_pane import PaperFoot, PaperPane
from ui.receipts.question_pane import QuestionPane
from ui.receipts.view import JobRow, PaperView, PrinterLine, PrintingView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.focus import tab_through
from ui.widgets.key_button import KeyButton, key_sequences
from ui.widgets.lamp import Lamp
from ui.widgets.pane import Pane
from ui.widgets.paper_sheet import PaperSheet
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Hair

COLUMNS = (Column(tr("纸")), Column(tr("情况"), 92, tone="ink2"), Column(tr("时间"), 68, "right", tone="ink2"))
LIST, SHEET, RAIL = 396, 332, 76
ALL = 16777215  # Qt's «no limit»


class PrintingPage(QWidget):
    """打印页 `answered(job, out|lost|half)`, `acted(name, reason)` on the chosen one; no answer is ever given for the clerk."""

    answered = Signal(str, str)
    job_chosen = Signal(str)
    acted = Signal(str, str)
    rest_wanted = Signal()
    month_to = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("printingPage")
        self.setAccessibleName(tr("打印"))
        self._view = PrintingView()
        self._opening = True
        self.question = QuestionPane(self)
        self.paper, self.foot = PaperPane(self), PaperFoot(self)
        self._right = Pane(padding=0, parent=self)
        self._sheet = PaperSheet(self)
        self._list = Pane(tr("今天 0 张"), padding=0, parent=self)
        self._table = RowTable(COLUMNS, row_height=54, parent=self)
        self._table.setObjectName("jobsTable")
        self._table.setAccessibleName(tr("今天打的纸"))
        self._empty = EmptyCard(self)
        self._strip = Strip(self)
        self._lamps: list[Lamp] = []
        self._lay_out()
        self._table.row_chosen.connect(self.job_chosen)
        self.question.answered.connect(self.answered)
        self._strip.link_chosen.connect(self.rest_wanted)
        self.foot.acted.connect(self.acted)
        self._bind()
        self.render(self._view)

    def _bind(self) -> None:
        self.month = KeyButton(tr("月单"), Key.PRINT_ONE, "quiet", parent=self)
        self.month.setObjectName("printingMonth")
        self.month.chosen.connect(self._ask_where)
        self._list.add_to_head(self.month)
        tab_through(self.month, self._table)
        rest = QShortcut(self)
        rest.setKeys(key_sequences(Key.ADD_ROW))
        rest.activated.connect(self._on_rest)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(12)
        column.addWidget(self._strip)
        row = QHBoxLayout()
        row.setSpacing(12)
        holder = QWidget(self._list)
        self._list_stack = QStackedLayout(holder)
        self._list_stack.addWidget(self._table)
        self._list_stack.addWidget(self._empty)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.addWidget(holder)
        self._list.add_foot(self._foot())
        row.addWidget(self._list)
        inside = QHBoxLayout()
        inside.setSpacing(0)
        middle = QWidget(self._right)
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self.question)
        self._stack.addWidget(self.paper)
        inside.addWidget(middle, 1)
        inside.addWidget(self._sheet)
        self._right.body.setContentsMargins(0, 0, 0, 0)
        self._right.body.addLayout(inside, 1)
        self._right.add_foot(self.foot)
        row.addWidget(self._right, 1)
        column.addLayout(row, 1)

    def _foot(self) -> QFrame:
        foot = QFrame(self)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addWidget(Hair())
        self._printers = QVBoxLayout()
        self._printers.setContentsMargins(16, 2, 16, 0)
        self._printers.setSpacing(2)
        column.addLayout(self._printers)
        return foot

    def render(self, view: PrintingView) -> None:  # type: ignore[override]
        """Show these papers; the hand's place stays, the question stands until it is answered."""
        self._view = view
        self._list.set_title(view.title, view.note)
        self._table.render(tuple(_row(job) for job in view.jobs))
        self._list_stack.setCurrentIndex(0 if view.jobs else 1)
        self._empty.render(view.empty)
        self._strip.render(view.strip)
        self._show_printers(view.printers)
        self._table.select(view.chosen)
        self._right.setVisible(bool(view.jobs) or view.question is not None)
        if view.question is not None:
            self.question.render(view.question)
            self.setTabOrder(self.question.answers()[-1], self._table)
        self._stack.setCurrentIndex(0 if view.question is not None else 1)
        self.foot.render(view.chosen, view.bar, asks_reason=view.asks_reason, asks_agreement=view.asks_agreement)
        self.foot.setVisible(bool(view.bar.sentence))
        self._show_paper(view.paper)
        self._lead_hand()

    def take_agreement(self) -> tuple[str, str]:
        """Who agrees and his PIN, as typed; the PIN is not on the page any more."""
        return self.foot.take_agreement()

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def _lead_hand(self) -> None:
        """The page opens on the question, else on the list; a new question later does not pull the hand away."""
        if not self.isVisible() or not self._opening:
            return
        if self._view.question is not None:
            self.question.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view.jobs:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opening = not self._view.jobs and self._view.question is None

    def _show_paper(self, paper: PaperView | None) -> None:
        self.paper.render(paper)
        if paper is not None:
            self._sheet.render_paper(
                paper.png, paper.spoken or paper.title, cut_at=paper.cut_at, cut_words=paper.cut_words
            )
        self._share()

    def _show_printers(self, printers: tuple[PrinterLine, ...]) -> None:
        while len(self._lamps) < len(printers):
            self._lamps.append(Lamp(parent=self))
            self._printers.addWidget(self._lamps[-1])
        for place, lamp in enumerate(self._lamps):
            lamp.setVisible(place < len(printers))
            if place < len(printers):
                lamp.render_lamp(printers[place].lamp, printers[place].sentence)

    def _share(self) -> None:
        look = theme.current()
        width = width_class(self.width() + look.px(RAIL), look.scale)
        wanted = look.px(300 if width == "narrow" else LIST)
        alone = not self._right.isVisibleTo(self)
        self._list.setMinimumWidth(0 if alone else wanted)
        self._list.setMaximumWidth(ALL if alone else wanted)
        self._sheet.setFixedWidth(look.px({"narrow": SHEET - 60, "wide": SHEET + 60}.get(width, SHEET)))
        paper = self._view.paper
        # In a narrow window the question needs the room; without one the paper has it.
        room = width != "narrow" or self._view.question is None
        self._sheet.setVisible(room and paper is not None and bool(paper.png))

    @Slot()
    def _on_rest(self) -> None:
        if self._view.strip is not None:
            self.rest_wanted.emit()

    @Slot()
    def _ask_where(self) -> None:
        dialog = QFileDialog(self, tr("月单存到哪里"), tr("说不清和补打.csv"), tr("表格 (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.month_to)
        dialog.open()

    def show_large(self) -> None:
        """屏幕代替 the paper itself, as large as the screen lets it, for the citizen to look at and to scan."""
        if self._view.paper is not None:
            self.large = LargePaper(self._view.paper, self.window())
            self.large.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opening = True
        self._lead_hand()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_lamps"):
            self._share()


def _row(job: JobRow) -> Row:
    paper = Cell(job.paper, note=job.number, lamp=job.lamp, bold=job.asks)
    loud = job.lamp in ("unknown", "cut", "soon", "busy") and job.asks
    tone = "ok" if job.lamp == "done" else "warn" if job.lamp in ("unknown", "cut") else ""
    return Row(job.id, (paper, Cell(job.state, tone=tone, bold=loud), job.time))  # type: ignore[arg-type]

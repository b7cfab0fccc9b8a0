"""收进来 paper after paper by scan, each at once on a shelf; beside it what was sealed and not brought yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.handing.view import ALL_BROUGHT, NO_TRANSFER, TakingView
from ui.language import tr
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.field import Field
from ui.widgets.key_button import key_sequences
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip

TAKEN = (Column(tr("架"), 64), Column(tr("收进来的")), Column(tr("谁交的"), 84, "right"))
AWAITED = (Column(tr("文书")), Column(tr("盖章"), 124))
LEAST = 88
GAP, BESIDE, BESIDE_NARROW = 12, 430, 330


class _Stacked(QWidget):
    """一张表 or why there is nothing in it."""

    def __init__(self, table: RowTable, empty: EmptyView, parent: QWidget) -> None:
        super().__init__(parent)
        self.table, card = table, EmptyCard(self)
        card.render(empty)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(table)
        self._stack.addWidget(card)
        self.setMinimumHeight(theme.current().px(LEAST))

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        self.table.render(rows)
        self._stack.setCurrentIndex(0 if rows else 1)


class TakingPage(QWidget):
    """收进来 `scanned(text)`, `giver_typed(text)`, `act(name, reason)`, `left()` by Esc."""

    scanned = Signal(str)
    giver_typed = Signal(str)
    act = Signal(str, str)
    left = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takingPage")
        self.setAccessibleName(tr("收进来"))
        self.pane, self.beside = (
            Pane(tr("这次交接"), padding=0, parent=self),
            Pane(tr("等交来"), padding=0, parent=self),
        )
        self.scan = Field(
            tr("扫文书上的码\u3000{find_here}", find_here=Key.FIND_HERE), placeholder=tr("扫一张收一张"), parent=self
        )
        self.giver = Field(tr("谁交来的"), placeholder=tr("不写就是经办人"), parent=self)
        self.shelf = Field(tr("下一个架号"), parent=self)
        self.reason = Field(tr("为什么补打"), placeholder=tr("如：没打清楚、他要一张"), parent=self)
        for field, name in ((self.scan, "takeScan"), (self.giver, "takeGiver"), (self.shelf, "takeShelf")):
            field.line.setObjectName(name)
        self.strip, self.bar = Strip(self), NextStepBar(self)
        taken, awaited = RowTable(TAKEN, row_height=54, marks=False), RowTable(AWAITED, row_height=54, marks=False)
        for table, name, spoken in (
            (taken, "takenTable", tr("这次收进来的")),
            (awaited, "awaitedTable", tr("等交来的")),
        ):
            table.setObjectName(name)
            table.setAccessibleName(spoken)
        self.taken, self.awaited = _Stacked(taken, NO_TRANSFER, self), _Stacked(awaited, ALL_BROUGHT, self)
        self._lay_out()
        self.scan.entered.connect(self._on_scan)
        for field in (self.giver, self.shelf):
            field.entered.connect(self.take_scanner)
        self.giver.left.connect(self._on_giver)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)
        QShortcut(key_sequences(Key.FIND_HERE)[0], self).activated.connect(self.take_scanner)
        self.render(TakingView())

    def _lay_out(self) -> None:
        holder = QWidget(self.pane)
        grid = QGridLayout(holder)
        grid.setContentsMargins(16, 2, 16, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        for place, (field, share) in enumerate(((self.scan, 4), (self.giver, 3), (self.shelf, 2))):
            grid.addWidget(field, 0, place, top)
            grid.setColumnStretch(place, share)
        grid.addWidget(self.reason, 1, 0, 1, 3)
        self.pane.body.setContentsMargins(0, 0, 0, 0)
        self.pane.body.addWidget(holder)
        self.pane.body.addWidget(self.taken, 1)
        self.pane.add_foot(self.bar)
        self.beside.body.setContentsMargins(0, 0, 0, 0)
        told = QVBoxLayout()
        told.setContentsMargins(GAP, 0, GAP, 0)
        told.addWidget(self.strip)
        self.beside.body.addLayout(told)
        self.beside.body.addWidget(self.awaited, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 0, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.pane, 1)
        row.addWidget(self.beside)

    def render(self, view: TakingView) -> None:  # type: ignore[override]
        """Show this handover; what is typed stays."""
        self.pane.set_title(view.title, view.note)
        self.taken.show_rows(view.rows)
        self.scan.set_finding(view.finding)
        self.giver.set_hint(view.giver_hint)
        self.giver.set_finding(view.giver_finding)
        if view.reason_asked and not self.reason.isVisibleTo(self):
            self.reason.show()
            self.reason.set_text("")
            self.reason.select_all()
        self.reason.setVisible(view.reason_asked)
        self.strip.render(view.message)
        self.bar.render(view.bar)
        self.beside.set_title(view.awaited_title)
        self.awaited.show_rows(view.awaited)

    def show_shelf(self, shelf: str, *, before: str) -> None:
        """The next free one, unless another was typed meanwhile."""
        if self.shelf.text() in ("", before):
            self.shelf.set_text(shelf)

    @Slot()
    def take_scanner(self) -> None:
        """The next scan lands in the field."""
        self.scan.select_all()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_scanner()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        narrow = self.width() < look.px(1100)
        self.beside.setFixedWidth(look.px(BESIDE_NARROW if narrow else BESIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_scan(self) -> None:
        self.scanned.emit(self.scan.text())

    @Slot()
    def _on_giver(self) -> None:
        self.giver_typed.emit(self.giver.text())

    @Slot(str)
    def _on_act(self, name: str) -> None:
        self.act.emit(name, self.reason.text() if self.reason.isVisible() else "")

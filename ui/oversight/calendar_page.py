"""日历换表页 after another working-day table: what moves, what was printed, which day binds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.language import tr
from ui.oversight.calendar_view import CalendarView, MoveRow
from ui.sync.line_bar import Progress
from ui.widgets.empty_card import EmptyCard
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row, Tone
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip

COLUMNS = (
    Column(tr("办件")),
    Column(tr("哪个期限"), 108, tone="ink2"),
    Column(tr("原来"), 116),
    Column(tr("现在"), 150),
    Column(tr("印过"), 100),
    Column(tr("以哪天为准"), 116),
)


class CalendarPage(QWidget):
    """日历换表页 `act(name)` from the bar, `row_opened(case)`."""

    act = Signal(str)
    row_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendarPage")
        self.setAccessibleName(tr("日历换表"))
        self._pane = Pane(tr("日历换表"), padding=0, parent=self)
        self._strip, self._progress = Strip(self), Progress(self)
        self._table = RowTable(COLUMNS, row_height=54, parent=self)
        self._table.setObjectName("movesTable")
        self._table.setAccessibleName(tr("要动的期限，上下键挑，回车打开办件"))
        self._table.row_opened.connect(self._on_opened)
        self._empty = EmptyCard(self)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self._pane.add_to_head(self._progress)
        strip = QHBoxLayout()
        strip.setContentsMargins(16, 6, 16, 6)
        strip.addWidget(self._strip)
        holder = QWidget(self._pane)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._pane.body.setContentsMargins(0, 0, 0, 0)
        self._pane.body.setSpacing(0)
        self._pane.body.addLayout(strip)
        self._pane.body.addWidget(holder, 1)
        self._pane.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self._pane)
        self.render(CalendarView())

    def render(self, view: CalendarView) -> None:  # type: ignore[override]
        """Show how far it has come; the hand's place stays."""
        self._pane.set_title(view.title)
        self._strip.render(view.message)
        self._progress.setVisible(view.total > 0)
        self._progress.show_part(view.done, view.total)
        self._table.render(tuple(map(_row, view.rows)))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.bar.render(view.bar)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._table.rows():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, key: str) -> None:
        self.row_opened.emit(key.partition(":")[0])


def _row(row: MoveRow) -> Row:
    tone: Tone = "red" if row.lamp == "overdue" else "warn" if row.sooner else ""
    return Row(
        row.id,
        (
            Cell(row.number, lamp=row.lamp, note=row.item),
            row.clock,
            row.before,
            row.after,
            row.printed,
            Cell(row.binds, bold=True, tone=tone),
        ),
    )

"""日结页 per device and day: count and head here and at the centre; green only when both are equal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.shortcuts import Key
from ui.sync.day_view import DayRowView, DayView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Tone

COLUMNS = (
    Column("窗口"),
    Column("机器", 118, tone="ink2"),
    Column("本机", 172),
    Column("中心", 172),
    Column("情况", 196),
)


class DayPage(QWidget):
    """日结页 `day_wanted(step)` −1 or 1, `act(name)` from the bar, `row_chosen(id)`."""

    day_wanted = Signal(int)
    act = Signal(str)
    row_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dayPage")
        self.setAccessibleName("日结")
        self._pane = Pane("日结", padding=0, parent=self)
        self._earlier = KeyButton("前一天", Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton("后一天", Key.STEP_DOWN, "quiet", parent=self)
        self._earlier.chosen.connect(self._on_earlier)
        self._later.chosen.connect(self._on_later)
        for button in (self._earlier, self._later):
            self._pane.add_to_head(button)
        self._strip = Strip(self)
        self._table = RowTable(COLUMNS, row_height=54, parent=self)
        self._table.setObjectName("dayTable")
        self._table.setAccessibleName("各窗口的一天")
        self._table.row_chosen.connect(self.row_chosen)
        self._empty = EmptyCard(self)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self._lay_out()
        self.render(DayView())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
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
        column.addWidget(self._pane)

    def render(self, view: DayView) -> None:  # type: ignore[override]
        """Show this day."""
        self._pane.set_title(view.title or "日结")
        self._earlier.setVisible(not view.earlier)
        self._later.setVisible(not view.later)
        self._strip.render(view.message)
        self._table.render(tuple(_row(row) for row in view.rows))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.bar.render(view.bar)

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_earlier(self) -> None:
        self.day_wanted.emit(-1)

    @Slot()
    def _on_later(self) -> None:
        self.day_wanted.emit(1)


def _row(row: DayRowView) -> Row:
    tone: Tone = "ok" if row.lamp in ("ok", "done") else "warn"
    return Row(
        row.id,
        (
            Cell(row.window, lamp=row.lamp, bold=row.own, note="这台" if row.own else ""),
            row.machine,
            Cell(row.here, note=row.here_head),
            Cell(row.there, note=row.there_head),
            Cell(row.state, tone=tone),
        ),
    )

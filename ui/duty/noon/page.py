"""午间排班页 which posts stay open at noon and who keeps them, a week at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.duty.board.strip import DayStrip
from ui.duty.noon.view import NoonRow, NoonView
from ui.language import tr
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip

COLUMNS = (
    Column(tr("区"), 120, tone="ink2"),
    Column(tr("窗口"), 60),
    Column(tr("岗位"), 150),
    Column(tr("A角"), 90),
    Column(tr("B角"), 90),
    Column(tr("中午")),
)


class NoonTable(RowTable):
    """午间表 Enter, Space or a double click turns a row on (`row_opened`); ←→ change the week."""

    week_stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if bare and event.key() in steps:
            self.week_stepped.emit(steps[Qt.Key(event.key())])
        elif bare and event.key() == Qt.Key.Key_Space and self.selected_id():
            self.row_opened.emit(self.selected_id())
        else:
            super().keyPressEvent(event)


class NoonPage(QWidget):
    """午间排班页 `turned(post)`, `week_chosen(iso)`, `act(name)`."""

    turned = Signal(str)
    week_chosen = Signal(str)
    act = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noonPage")
        self.setAccessibleName(tr("午间排班"))
        self._weeks, self._strip = DayStrip(self), Strip(self)
        self._pane = Pane(tr("午间排班"), padding=0, parent=self)
        self._table = NoonTable(COLUMNS, row_height=36, parent=self)
        self._table.setObjectName("noonTable")
        self._table.setAccessibleName(tr("中午开的岗，空格键换：不开、A角守、B角守；左右键换周"))
        self._bar = NextStepBar(self)
        self._pane.body.setContentsMargins(0, 0, 0, 0)
        self._pane.body.addWidget(self._table)
        self._pane.add_foot(self._bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._weeks)
        column.addWidget(self._strip)
        column.addWidget(self._pane, 1)
        self._table.row_opened.connect(self.turned)
        self._table.week_stepped.connect(self._weeks.step)
        self._weeks.day_chosen.connect(self.week_chosen)
        self._bar.chosen.connect(self.act)

    def render(self, view: NoonView) -> None:  # type: ignore[override]
        """Show this week; the hand stays."""
        self._pane.set_title(view.title, view.note)
        self._weeks.show_days(view.weeks, view.week)
        self._strip.render(view.message)
        self._table.render(tuple(_row(row) for row in view.rows))
        if not self._table.selected_id() and view.rows:
            self._table.select(view.rows[0].id)
        self._bar.render(view.bar)

    def table(self) -> RowTable:
        """The posts."""
        return self._table

    def bar(self) -> NextStepBar:
        """What sets the week."""
        return self._bar

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(row: NoonRow) -> Row:
    noon = Cell("" if row.keeper else row.note, "ink3", tags=(row.keeper,) if row.keeper else ())
    return Row(row.id, (row.zone, row.number, row.post, row.a, row.b, noon))

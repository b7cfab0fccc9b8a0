"""日结页 the day's books side by side, what does not agree of them, and per device count and head here and at the centre."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.shell import width_class
from ui.shortcuts import Key
from ui.sync.day_view import DayRowView, DayView
from ui.today.evening_pane import FindingsPane
from ui.today.marks import RAIL, MarksRow
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane, ScrollBody
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.text import Tone

COLUMNS = (
    Column(tr("窗口")),
    Column(tr("机器"), 72, tone="ink2"),
    Column(tr("本机"), 142),
    Column(tr("中心"), 116),
    Column(tr("情况"), 150),
)


class DayPage(QWidget):
    """日结页 `day_wanted(step)` −1 or 1, `act(name)` from the bar, `row_chosen(id)`; `opened`, `explained` of the findings."""

    day_wanted = Signal(int)
    act = Signal(str)
    row_chosen = Signal(str)
    opened = Signal(str)
    explained = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dayPage")
        self.setAccessibleName(tr("日结"))
        self._pane = Pane(tr("日结"), padding=0, parent=self)
        self._earlier = KeyButton(tr("前一天"), Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton(tr("后一天"), Key.STEP_DOWN, "quiet", parent=self)
        self._earlier.chosen.connect(self._on_earlier)
        self._later.chosen.connect(self._on_later)
        for button in (self._earlier, self._later):
            self._pane.add_to_head(button)
        self._strip = Strip(self)
        self._table = RowTable(COLUMNS, row_height=54, parent=self)
        self._table.setObjectName("dayTable")
        self._table.setAccessibleName(tr("各窗口的一天"))
        self._table.row_chosen.connect(self.row_chosen)
        self._empty = EmptyCard(self)
        self._marks, self.findings = MarksRow(5, self), FindingsPane(self)
        self.findings.opened.connect(self.opened)
        self.findings.explained.connect(self.explained)
        self.bar = NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self._lay_out()
        self.render(DayView())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(12)
        self._checks = Pane(padding=0, parent=self)
        self._checks.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._checks.body.setContentsMargins(0, 0, 0, 0)
        self._checks.body.addWidget(self._marks)
        body = ScrollBody(self)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.body.addWidget(self._checks)
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
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(12)
        self._halves.addWidget(self.findings, 2)
        self._halves.addWidget(self._pane, 3)
        body.body.addLayout(self._halves, 1)
        foot = QFrame(self)
        foot.setProperty("pane", True)
        foot.setProperty("titled", True)
        below = QVBoxLayout(foot)
        below.setContentsMargins(1, 1, 1, 1)
        below.addWidget(self.bar)
        column.addWidget(body, 1)
        column.addWidget(foot)

    def render(self, view: DayView) -> None:  # type: ignore[override]
        """Show this day."""
        self._pane.set_title(view.title or tr("日结"))
        self._earlier.setVisible(not view.earlier)
        self._later.setVisible(not view.later)
        self._strip.render(view.message)
        self._table.render(tuple(_row(row) for row in view.rows))
        self._stack.setCurrentIndex(0 if view.rows else 1)
        self._empty.render(view.empty)
        self.bar.render(view.bar)
        for widget in (self._checks, self.findings):
            widget.setVisible(view.evening is not None)
        if view.evening is not None:
            self._marks.render(view.evening.checks)
            self.findings.render(view.evening)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

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
            Cell(row.window, lamp=row.lamp, bold=row.own, note=tr("这台") if row.own else ""),
            row.machine,
            Cell(row.here, note=row.here_head),
            Cell(row.there, note=row.there_head),
            Cell(row.state, tone=tone),
        ),
    )

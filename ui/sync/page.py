"""同步页 how the line stands, what waits, what the centre did not take, and that both ends hold the same chain."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.shell import width_class
from ui.sync.choice_pane import ChoicePane
from ui.sync.cut_pane import CutPane
from ui.sync.detail_pane import DetailPane
from ui.sync.line_bar import LineBar
from ui.sync.view import CUT_ROW, CommandDetail, CommandRow, ConflictView, CutView, Shown, SyncView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.lamp import Lamp
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.text import Hair

COLUMNS = (Column(tr("事")), Column(tr("情况"), 96, tone="ink2"), Column(tr("记于"), 64, "right", tone="ink2"))
LIST, RAIL = 452, 76
ALL = 16777215  # Qt's «no limit»


class SyncPage(QWidget):
    """同步页 `retry_now()`, `row_chosen(id)`, `picked(path, side)`, `act(name)`; what waits for a person stands first."""

    retry_now = Signal()
    hold_wanted = Signal()
    row_chosen = Signal(str)
    picked = Signal(str, str)
    act = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("syncPage")
        self.setAccessibleName(tr("同步"))
        self._view = SyncView()
        self._opening = True
        self.line = LineBar(self)
        self._list = Pane(tr("等着的 0 条"), padding=0, parent=self)
        self._table = RowTable(COLUMNS, row_height=54, parent=self)
        self._table.setObjectName("commandsTable")
        self._table.setAccessibleName(tr("等着的和中心没收的"))
        self._empty = EmptyCard(self)
        self._heads = Lamp("done", "", parent=self)
        self.detail, self.choice, self.cut = DetailPane(self), ChoicePane(self), CutPane(self)
        self.choice.picked.connect(self.picked)
        for pane in (self.detail, self.choice, self.cut):
            pane.act.connect(self.act)
        self._lay_out()
        self.line.retry.connect(self.retry_now)
        self.line.hold.connect(self.hold_wanted)
        self._table.row_chosen.connect(self.row_chosen)
        self.render(self._view)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(12)
        holder = QWidget(self._list)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.addWidget(holder)
        self._foot = QFrame(self)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 6)
        foot.setSpacing(6)
        foot.addWidget(Hair())
        inner = QHBoxLayout()
        inner.setContentsMargins(12, 0, 16, 0)
        inner.addWidget(self._heads)
        inner.addStretch(1)
        foot.addLayout(inner)
        self._list.add_foot(self._foot)
        row.addWidget(self._list)
        self._right = QWidget(self)
        self._shown = QStackedLayout(self._right)
        for pane in (self.detail, self.choice, self.cut):
            self._shown.addWidget(pane)
        row.addWidget(self._right, 1)
        column.addLayout(row, 1)

    def render(self, view: SyncView) -> None:  # type: ignore[override]
        """Show this; the hand's place in the list stays."""
        self._view = view
        bar = view.detail.bar if view.detail is not None else None
        self.line.render(replace(view.line, key_taken=bar is not None and bar.step is not None))
        self._list.set_title(view.title, view.note)
        rows = sorted(view.rows, key=lambda row: (row.id != CUT_ROW, not row.person))
        self._table.render(tuple(_row(row) for row in rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._empty.render(view.empty)
        self._heads.render_lamp("done", view.heads)
        self._foot.setVisible(bool(view.heads))
        self._right.setVisible(bool(rows))
        self._show_detail(view.detail)
        self._share()
        self._lead_hand()

    def _show_detail(self, shown: Shown) -> None:
        if isinstance(shown, ConflictView):
            self.choice.render(shown)
            self._shown.setCurrentWidget(self.choice)
        elif isinstance(shown, CutView):
            self.cut.render(shown)
            self._shown.setCurrentWidget(self.cut)
        else:
            self.detail.render(shown)
            self._shown.setCurrentWidget(self.detail)
        if isinstance(shown, CommandDetail | ConflictView):
            self._table.select(shown.id)
        elif isinstance(shown, CutView):
            self._table.select(CUT_ROW)

    def table(self) -> RowTable:
        """The list."""
        return self._table

    def _lead_hand(self) -> None:
        """The page opens on the first row that waits for a person; later the hand stays where it is."""
        rows = self._table.rows()
        if not self.isVisible() or not rows:
            return
        if self._opening:
            self._opening = False
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._table.selected_id():
            self._table.select(rows[0].id)
            self.row_chosen.emit(rows[0].id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opening = True
        self._lead_hand()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        if self._view.rows:
            self._list.setMinimumWidth(0)
            self._list.setMaximumWidth(look.px(360 if narrow else LIST))
            self._list.setMinimumWidth(look.px(360 if narrow else LIST))
        else:
            self._list.setMinimumWidth(0)
            self._list.setMaximumWidth(ALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a question, wherever on the page the hand is."""
        way_out = self.detail.bar.way_out() if event.key() == Qt.Key.Key_Escape else None
        if way_out is not None and way_out.isVisible():
            way_out.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()


def _row(row: CommandRow) -> Row:
    what = Cell(row.what, note=row.subject, lamp=row.lamp, bold=row.person)
    state = Cell(row.state, tone="warn" if row.person else "ok" if row.lamp == "done" else "", bold=row.person)
    return Row(row.id, (what, state, row.time))

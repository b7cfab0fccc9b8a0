"""缺什么 the list of a one-time notice: every paper that lacks, every paper that has to come again, and free points."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import tr
from ui.queueing.reply_view import GapLine, ReplyView
from ui.widgets.field import Field
from ui.widgets.pane import Pane
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable

COLUMNS = (Column(tr("缺什么、改哪里")), Column(tr("要什么"), 168, tone="ink2"), Column(tr("情况"), 76, tone="ink2"))


class GapsPane(Pane):
    """缺什么 `ticked(what, bool)`, `added(words)` for a free point, `left_end` on Enter in its empty line, `number(int)` for a digit."""

    ticked = Signal(str, bool)
    added = Signal(str)
    left_end = Signal()
    number = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("缺什么"), padding=0, inner=True, parent=parent)
        self.setObjectName("gapsPane")
        self.table = RowTable(COLUMNS, row_height=36, marks=False, fit_rows=True)
        self.table.setObjectName("gapTable")
        self.table.setAccessibleName(tr("告知里写哪些，空格键勾选"))
        self.table.row_ticked.connect(self.ticked)
        self.table.installEventFilter(self)
        self.free = Field("")
        self.free.label.hide()
        self.free.line.setObjectName("freeGap")
        self.free.entered.connect(self._on_free)
        more = QVBoxLayout()
        more.setContentsMargins(16, 4, 16, 10)
        more.addWidget(self.free)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.table)
        self.body.addLayout(more)

    def render_gaps(self, view: ReplyView, *, fresh: bool) -> None:
        """Show this list; a fresh answer starts with an empty line."""
        if fresh:
            self.free.set_text("")
        self.setVisible(bool(view.gaps_title))
        self.set_title(view.gaps_title, tr("{value} 条写进告知", value=sum(gap.ticked for gap in view.gaps)))
        self.table.render(tuple(_row(gap) for gap in view.gaps))
        self.free.line.setPlaceholderText(view.free_label)
        self.free.line.setAccessibleName(view.free_label)

    def pending(self) -> str:
        """A point that stands in the line and was not confirmed."""
        return "" if self.isHidden() else self.free.text().strip()

    def focus_first(self) -> None:
        """The hand goes to the list."""
        rows = self.table.rows()
        if rows:
            self.table.select(rows[0].id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.text().isdigit():
                self.number.emit(int(event.text()))
                return True
            if event.key() == Qt.Key.Key_Delete and self.table.selected_id():
                self.ticked.emit(self.table.selected_id(), False)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_free(self) -> None:
        words = self.free.text().strip()
        if words:
            self.free.set_text("")
            self.added.emit(words)
        else:
            self.left_end.emit()


def _row(gap: GapLine) -> Row:
    spoken = tr("，").join(
        part for part in (tr("已勾") if gap.ticked else tr("未勾"), gap.what, gap.wanted, gap.note) if part
    )
    return Row(gap.what, (Cell(gap.what, checked=gap.ticked), gap.wanted, gap.note), spoken=spoken)

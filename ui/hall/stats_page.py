"""统计 the figures in a row, one table of five with its chart beside it; turned by day or week, exported or put on A4."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.hall.view import NO_FIGURES, NO_REASONS, SPANS, TABLES, StatsView
from ui.oversight.bars import Bars
from ui.oversight.report_page import EXPORT, PAPER, Tile
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.width_class import width_class

__all__ = ["EXPORT", "PAPER", "StatsPage"]

_counts = (
    Column("取号", 52, "right"), Column("办结", 52, "right", bold=True), Column("过号", 68, "right"),
    Column("没叫到", 58, "right"), Column("等候", 84, "right"), Column("八成内", 84, "right"), Column("办一个", 84, "right"),
)  # fmt: skip
_first = {"lines": "队", "windows": "窗口", "hours": "取号时段", "grounds": "优先理由"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    **{key: (Column(word), *_counts) for key, word in _first.items()},
    "reasons": (Column("为什么"), Column("哪一种", 120, tone="ink2"), Column("次数", 72, "right", bold=True)),
}
CHART, NARROW_CHART, RAIL, LEAST_BESIDE = 372, 280, 76, 1000
LEAST, LEAST_OVER = 310, 400
TILES = 6


class StatsPage(QWidget):
    """统计 `span_chosen(key)`, `days_moved(step)`, `table_to(file)`, `paper_to(file)`."""

    span_chosen = Signal(str)
    days_moved = Signal(int)
    table_to = Signal(str)
    paper_to = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hallStatsPage")
        self.setAccessibleName("叫号统计")
        self._view = StatsView()
        self._whole = Pane("统计", padding=0, parent=self)
        self.spans, self.tables_row = Segments(SPANS, self), Segments(TABLES, self)
        self._earlier = KeyButton("往前", Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton("往后", Key.STEP_DOWN, "quiet", parent=self)
        self._strip, self._empty, self.bars = Strip(self), EmptyCard(self), Bars(self)
        self._chart = Pane("", padding=16, inner=True, parent=self)
        self._tiles = [Tile(self) for _ in range(TILES)]
        self._tables = {key: self._table(key, word) for key, word in TABLES}
        self.bar = NextStepBar(self)
        self._lay_out()
        self._connect()
        self.render(self._view)

    def _table(self, key: str, word: str) -> RowTable:
        table = RowTable(COLUMNS[key], row_height=34, marks=False, parent=self)
        table.setObjectName(f"hallStats-{key}")
        table.setAccessibleName(f"{word}的数，上下键看")
        return table

    def _lay_out(self) -> None:
        for widget in (self.spans, self._earlier, self._later):
            self._whole.add_to_head(widget)
        self._tiles_row = QWidget(self)
        tiles = QHBoxLayout(self._tiles_row)
        tiles.setContentsMargins(0, 0, 0, 0)
        tiles.setSpacing(8)
        for tile in self._tiles:
            tiles.addWidget(tile, 1)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        for key, _ in TABLES:
            self._stack.addWidget(self._tables[key])
        self._stack.addWidget(self._empty)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.tables_row)
        left.addWidget(holder, 1)
        self._chart.body.addWidget(self.bars, 1)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(self._chart)
        body = self._whole.body
        body.setContentsMargins(16, 4, 16, 16)
        body.setSpacing(12)
        body.addWidget(self._strip)
        body.addWidget(self._tiles_row)
        body.addLayout(both, 1)
        self._whole.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.spans.chosen.connect(self.span_chosen)
        self.tables_row.chosen.connect(self._turn)
        self._earlier.chosen.connect(self._on_earlier)
        self._later.chosen.connect(self._on_later)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)

    def render(self, view: StatsView) -> None:  # type: ignore[override]
        """Show these figures; the table in front and its place stay."""
        self._view = view
        self._whole.set_title(view.title, view.note)
        self.spans.choose(view.span)
        self._later.setVisible(not view.later)
        self._strip.render(view.message)
        for tile, shown in zip(self._tiles, (*view.tiles, *([None] * TILES)), strict=False):
            tile.setVisible(shown is not None)
            if shown is not None:
                tile.render(shown)
        for key, table in self._tables.items():
            table.render(getattr(view, key))
        self.bar.render(view.bar)
        self._turn(self.tables_row.current())

    def table(self, key: str) -> RowTable:
        """One of the tables."""
        return self._tables[key]

    @Slot(str)
    def _turn(self, key: str) -> None:
        rows = getattr(self._view, key)
        self._empty.render(NO_REASONS if key == "reasons" and self._view.lines else NO_FIGURES)
        self._stack.setCurrentWidget(self._tables[key] if rows else self._empty)
        chart = self._view.chart(key)
        self._chart.set_title(chart.title)
        self.bars.render(chart)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """The tiles give way first, the table after them."""
        return QSize(super().minimumSizeHint().width(), theme.current().px(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self._chart.setFixedWidth(look.px(NARROW_CHART if narrow else CHART))
        # With large letters on a small screen the numbers need the room.
        bars = self._view.chart(self.tables_row.current()).bars
        self._chart.setVisible(bool(bars) and self.width() >= look.px(LEAST_BESIDE))
        self._tiles_row.setVisible(bool(self._view.tiles) and self.height() >= look.px(LEAST_OVER))

    @Slot()
    def _on_earlier(self) -> None:
        self.days_moved.emit(-1)

    @Slot()
    def _on_later(self) -> None:
        self.days_moved.emit(1)

    @Slot(str)
    def _on_act(self, name: str) -> None:
        what = f"叫号统计 {self._view.title.partition('　')[0]}"
        ending, kinds, said = (
            ("pdf", "PDF (*.pdf)", self.paper_to) if name == PAPER else ("csv", "表格 (*.csv)", self.table_to)
        )
        dialog = QFileDialog(self, f"{what}存到哪里", f"{what}.{ending}", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(said)
        dialog.open()

"""日报页 the figures in a row, one table of five, the chart beside it; turned by day or month, exported or put on A4."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.oversight.bars import Bars
from ui.oversight.report_view import NONE, NONE_OFF_HALL, NOTHING, SPANS, TABLES, ReportView, TileView
from ui.shell import width_class
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.text import Text

_rates = (
    Column("收件", 56, "right"), Column("受理", 56, "right"), Column("办结", 56, "right", bold=True),
    Column("按时", 68, "right"), Column("提前", 68, "right"), Column("当场", 68, "right"),
)  # fmt: skip
COLUMNS: dict[str, tuple[Column, ...]] = {
    "windows": (Column("窗口"), Column("叫号", 56, "right"), *_rates),
    "items": (Column("事项"), *_rates),
    "waits": (
        Column("业务"),
        Column("叫号", 72, "right"),
        Column("平均等候", 96, "right"),
        Column("九成不超过", 108, "right"),
    ),
    "marks": (Column("评价或牌"), Column("怎么了结", 148, tone="ink2"), Column("次数", 72, "right")),
    "off_hall": (Column("办件编号"), Column("事项", 220), Column("窗口", 72, "right"), Column("用印", 120, "right")),
}
EXPORT, PAPER = "export", "paper"
CHART, NARROW_CHART, RAIL, LEAST_BESIDE = 372, 300, 76, 1000


class Tile(QFrame):
    """一个数 word above, figure, and what it is of below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "inner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(0)
        self._word, self._figure, self._note = (
            Text("", "dense", tone="ink2"),
            Text("", "section", strong=True),
            Text("", "note"),
        )
        for text in (self._word, self._figure, self._note):
            column.addWidget(text)

    def render(self, view: TileView) -> None:  # type: ignore[override]
        """Show this figure."""
        self._word.say(view.word)
        self._figure.say(view.figure)
        self._figure.set_tone("warn" if view.warn else "")
        self._note.say(view.note or " ")
        self.setAccessibleName(f"{view.word} {view.figure} {view.note}".strip())


class ReportPage(QWidget):
    """日报页 `span_chosen(key)`, `days_moved(step)`, `table_to(file)`, `paper_to(file)`."""

    span_chosen = Signal(str)
    days_moved = Signal(int)
    table_to = Signal(str)
    paper_to = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportPage")
        self.setAccessibleName("日报")
        self._view = ReportView()
        self._whole = Pane("日报", padding=0, parent=self)
        self.spans, self.tables_row = Segments(SPANS, self), Segments(TABLES, self)
        self._earlier = KeyButton("往前", Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton("往后", Key.STEP_DOWN, "quiet", parent=self)
        self._strip, self._empty, self.bars = Strip(self), EmptyCard(self), Bars(self)
        self._chart = Pane("", padding=16, inner=True, parent=self)
        self._tiles = [Tile(self) for _ in range(7)]
        self._tables = {key: self._table(key, word) for key, word in TABLES}
        self.bar = NextStepBar(self)
        self._lay_out()
        self._connect()
        self.render(self._view)

    def _table(self, key: str, word: str) -> RowTable:
        table = RowTable(COLUMNS[key], row_height=34, marks=False, parent=self)
        table.setObjectName(f"report-{key}")
        table.setAccessibleName(f"{word}的数，上下键看")
        return table

    def _lay_out(self) -> None:
        for widget in (self.spans, self._earlier, self._later):
            self._whole.add_to_head(widget)
        tiles = QHBoxLayout()
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
        body.addLayout(tiles)
        body.addLayout(both, 1)
        self._whole.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.spans.chosen.connect(self.span_chosen)
        self.tables_row.chosen.connect(self._on_table)
        self._earlier.chosen.connect(lambda: self.days_moved.emit(-1))
        self._later.chosen.connect(lambda: self.days_moved.emit(1))
        self._later.refused.connect(self.refused)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)

    def render(self, view: ReportView) -> None:  # type: ignore[override]
        """Show these figures; the table in front and its place stay."""
        self._view = view
        self._whole.set_title(view.title, view.note)
        self.spans.choose(view.span)
        self._later.setVisible(not view.later)
        self._strip.render(view.message)
        for tile, shown in zip(self._tiles, (*view.tiles, *([None] * len(self._tiles))), strict=False):
            tile.setVisible(shown is not None)
            if shown is not None:
                tile.render(shown)
        for key, table in self._tables.items():
            table.render(getattr(view, key))
            self.tables_row.show_figure(key, str(len(getattr(view, key))) if key == "off_hall" else "")
        self._chart.set_title(view.chart.title)
        self.bars.render(view.chart)
        self.bar.render(view.bar)
        self._turn(self._shown())
        self._share()

    def table(self, key: str) -> RowTable:
        """One of the tables."""
        return self._tables[key]

    def _shown(self) -> str:
        return next(key for key, _ in TABLES if self.tables_row.segment(key).isChecked())

    def _turn(self, key: str) -> None:
        empty = not getattr(self._view, key)
        any_ended = any(tile.figure not in ("0", NONE) for tile in self._view.tiles)
        self._empty.render(NONE_OFF_HALL if key == "off_hall" and any_ended else NOTHING)
        self._stack.setCurrentWidget(self._empty if empty else self._tables[key])

    @Slot(str)
    def _on_table(self, key: str) -> None:
        self._turn(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self._chart.setFixedWidth(look.px(NARROW_CHART if narrow else CHART))
        # With large letters on a small screen the numbers need the room.
        self._chart.setVisible(bool(self._view.chart.bars) and self.width() >= look.px(LEAST_BESIDE))

    @Slot(str)
    def _on_act(self, name: str) -> None:
        if self._view.busy:
            return
        what = self._view.title.partition("　")[0]
        ending, kinds, said = (
            ("pdf", "PDF (*.pdf)", self.paper_to) if name == PAPER else ("csv", "表格 (*.csv)", self.table_to)
        )
        dialog = QFileDialog(self, f"{what}存到哪里", f"{what}.{ending}", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(said)
        dialog.open()

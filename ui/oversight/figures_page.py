"""看数页 what the pages of figures share: the figures in a row, several tables with one chart beside them; turned by days, exported or put on A4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.oversight.bars import Bars
from ui.oversight.report_view import ChartView, TileView
from ui.shortcuts import Key
from ui.widgets.empty_card import EmptyCard, EmptyView
from ui.widgets.key_button import KeyButton
from ui.widgets.next_step import NextStepBar
from ui.widgets.pane import Pane
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.width_class import width_class

EXPORT, PAPER = "export", "paper"
CHART, RAIL, LEAST_BESIDE, TALLEST = 372, 76, 1000, 480
Words = tuple[tuple[str, str], ...]


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


class FiguresPage(QWidget):
    """看数页 `span_chosen(key)`, `days_moved(step)`, `table_to(file)`, `paper_to(file)`, `refused(why)`.

    A subclass names its spans, tables and columns; its view has `title`, `note`, `span`, `later`, `message`, `tiles`,
    `bar`, and the rows of each table by the table's key.
    """

    span_chosen = Signal(str)
    days_moved = Signal(int)
    table_to = Signal(str)
    paper_to = Signal(str)
    refused = Signal(str)

    NAME: ClassVar[str] = ""
    WORD: ClassVar[str] = ""
    """What is on the page, on its head and before a screen reader."""
    SPANS: ClassVar[Words] = ()
    TABLES: ClassVar[Words] = ()
    COLUMNS: ClassVar[Mapping[str, tuple[Column, ...]]] = {}
    TILES: ClassVar[int] = 6
    NARROW_CHART: ClassVar[int] = 300

    def __init__(self, view: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName(f"{self.NAME}Page")
        self.setAccessibleName(self.WORD)
        self._whole = Pane(self.WORD, padding=0, parent=self)
        self.spans, self.tables_row = Segments(self.SPANS, self, spoken=tr("看")), Segments(self.TABLES, self)
        self._earlier = KeyButton(tr("往前"), Key.STEP_UP, "quiet", parent=self)
        self._later = KeyButton(tr("往后"), Key.STEP_DOWN, "quiet", parent=self)
        self._strip, self._empty, self.bars = Strip(self), EmptyCard(self), Bars(self)
        self._chart = Pane("", padding=16, inner=True, parent=self)
        self._tiles = [Tile(self) for _ in range(self.TILES)]
        self._tables = {key: self._table(key, word) for key, word in self.TABLES}
        self.bar = NextStepBar(self)
        self._lay_out()
        self._connect()
        self.render(self._view)

    # What is said of one kind of figures.

    def _chart_of(self, key: str) -> ChartView:
        """The chart beside this table."""
        raise NotImplementedError

    def _nothing(self, key: str) -> EmptyView:
        """What stands where this table has no rows."""
        raise NotImplementedError

    # What they share.

    def _table(self, key: str, word: str) -> RowTable:
        table = RowTable(self.COLUMNS[key], row_height=34, marks=False, parent=self)
        table.setObjectName(f"{self.NAME}-{key}")
        table.setAccessibleName(tr("{word}的数，上下键看", word=word))
        return table

    def _lay_out(self) -> None:
        for widget in (self.spans, self._earlier, self._later):
            self._whole.add_to_head(widget)
        body = self._whole.body
        body.setContentsMargins(16, 4, 16, 16)
        body.setSpacing(12)
        body.addWidget(self._strip)
        body.addWidget(self._row_of_tiles())
        body.addLayout(self._tables_and_chart(), 1)
        self._whole.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(self._whole, 1)

    def _row_of_tiles(self) -> QWidget:
        self._tiles_row = QWidget(self)
        tiles = QHBoxLayout(self._tiles_row)
        tiles.setContentsMargins(0, 0, 0, 0)
        tiles.setSpacing(8)
        for tile in self._tiles:
            tiles.addWidget(tile, 1)
        return self._tiles_row

    def _tables_and_chart(self) -> QHBoxLayout:
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        for key, _ in self.TABLES:
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
        return both

    def _connect(self) -> None:
        self.spans.chosen.connect(self.span_chosen)
        self.tables_row.chosen.connect(self._turn)
        self._earlier.chosen.connect(self._on_earlier)
        self._later.chosen.connect(self._on_later)
        self.bar.chosen.connect(self._on_act)
        self.bar.refused.connect(self.refused)

    def render(self, view: Any) -> None:  # type: ignore[override]
        """Show these figures; the table in front and its place stay."""
        self._view = view
        self._later.setVisible(not view.later)  # before the title: both together ask for more room than there is
        self._whole.set_title(view.title, view.note)
        self.spans.choose(view.span)
        self._strip.render(view.message)
        for tile, shown in zip(self._tiles, (*view.tiles, *([None] * self.TILES)), strict=False):
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
        self._empty.render(self._nothing(key))
        self._stack.setCurrentWidget(self._tables[key] if getattr(self._view, key) else self._empty)
        chart = self._chart_of(key)
        self._chart.set_title(chart.title)
        self.bars.render(chart)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        look = theme.current()
        narrow = width_class(self.width() + look.px(RAIL), look.scale) == "narrow"
        self._chart.setFixedWidth(look.px(self.NARROW_CHART if narrow else CHART))
        # With large letters on a small screen the numbers need the room.
        bars = self._chart_of(self.tables_row.current()).bars
        self._chart.setVisible(bool(bars) and self.width() >= look.px(LEAST_BESIDE))
        self.bars.setMaximumHeight(look.px(TALLEST))  # on a high screen a bar is no tower

    @Slot()
    def _on_earlier(self) -> None:
        self.days_moved.emit(-1)

    @Slot()
    def _on_later(self) -> None:
        self.days_moved.emit(1)

    def _file_name(self) -> str:
        return str(self._view.title.partition("　")[0])

    @Slot(str)
    def _on_act(self, name: str) -> None:
        what = self._file_name()
        ending, kinds, said = (
            ("pdf", "PDF (*.pdf)", self.paper_to) if name == PAPER else ("csv", tr("表格 (*.csv)"), self.table_to)
        )
        dialog = QFileDialog(self, tr("{what}存到哪里", what=what), f"{what}.{ending}", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(said)
        dialog.open()

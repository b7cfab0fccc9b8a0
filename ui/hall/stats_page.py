"""统计 of the calls of a day or a week: by line, window, hour, ground of priority, and why people left."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.hall.view import NO_FIGURES, NO_REASONS, SPANS, TABLES, StatsView
from ui.oversight.figures_page import FiguresPage
from ui.oversight.report_view import ChartView
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Column

_counts = (
    Column("取号", 52, "right"), Column("办结", 52, "right", bold=True), Column("过号", 68, "right"),
    Column("没叫到", 58, "right"), Column("等候", 84, "right"), Column("八成内", 84, "right"), Column("办一个", 84, "right"),
)  # fmt: skip
_first = {"lines": "队", "windows": "窗口", "hours": "取号时段", "grounds": "优先理由"}
LEAST, LEAST_OVER = 310, 400


class StatsPage(FiguresPage):
    """统计."""

    NAME, WORD = "hallStats", "叫号统计"
    SPANS, TABLES = SPANS, TABLES
    TOP, NARROW_CHART = 0, 280
    COLUMNS = {
        **{key: (Column(word), *_counts) for key, word in _first.items()},
        "reasons": (Column("为什么"), Column("哪一种", 120, tone="ink2"), Column("次数", 72, "right", bold=True)),
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(StatsView(), parent)

    def minimumSizeHint(self) -> QSize:
        """The tiles give way first, the table after them."""
        return QSize(super().minimumSizeHint().width(), theme.current().px(LEAST))

    def _share(self) -> None:
        super()._share()
        self._tiles_row.setVisible(bool(self._view.tiles) and self.height() >= theme.current().px(LEAST_OVER))

    def _chart_of(self, key: str) -> ChartView:
        chart: ChartView = self._view.chart(key)
        return chart

    def _nothing(self, key: str) -> EmptyView:
        return NO_REASONS if key == "reasons" and self._view.lines else NO_FIGURES

    def _file_name(self) -> str:
        return f"叫号统计 {super()._file_name()}"

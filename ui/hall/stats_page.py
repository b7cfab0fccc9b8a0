"""统计 of the calls of a day or a week: by line, window, hour, ground of priority, and why people left."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.hall.view import NO_FIGURES, NO_REASONS, SPANS, TABLES, StatsView
from ui.language import tr
from ui.oversight.figures_page import FiguresPage
from ui.oversight.report_view import ChartView
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Column

_counts = (
    Column(tr("取号"), 52, "right"), Column(tr("办结"), 52, "right", bold=True), Column(tr("过号"), 68, "right"),
    Column(tr("没叫到"), 58, "right"), Column(tr("等候"), 84, "right"), Column(tr("八成内"), 84, "right"), Column(tr("办一个"), 84, "right"),
)  # fmt: skip
_first = {"lines": tr("队"), "windows": tr("窗口"), "hours": tr("取号时段"), "grounds": tr("优先理由")}
LEAST, LEAST_OVER = 310, 400


class StatsPage(FiguresPage):
    """统计."""

    NAME, WORD = "hallStats", tr("叫号统计")
    SPANS, TABLES = SPANS, TABLES
    NARROW_CHART = 280
    COLUMNS = {
        **{key: (Column(word), *_counts) for key, word in _first.items()},
        "reasons": (
            Column(tr("为什么")),
            Column(tr("哪一种"), 120, tone="ink2"),
            Column(tr("次数"), 72, "right", bold=True),
        ),
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
        return tr("叫号统计 {file_name}", file_name=super()._file_name())

"""日报页 of a day or a month: windows, items, waits, ratings and cards, what was ended without a ticket."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.oversight.figures_page import FiguresPage
from ui.oversight.report_view import NONE, NONE_OFF_HALL, NOTHING, SPANS, TABLES, ChartView, ReportView
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Column

_rates = (
    Column(tr("收件"), 56, "right"), Column(tr("受理"), 56, "right"), Column(tr("办结"), 56, "right", bold=True),
    Column(tr("按时"), 68, "right"), Column(tr("提前办"), 68, "right"), Column(tr("当场"), 68, "right"),
)  # fmt: skip


class ReportPage(FiguresPage):
    """日报页."""

    NAME, WORD = "report", tr("日报")
    SPANS, TABLES, TILES = SPANS, TABLES, 7
    COLUMNS = {
        "windows": (Column(tr("窗口")), Column(tr("叫号"), 56, "right"), *_rates),
        "items": (Column(tr("事项")), *_rates),
        "waits": (
            Column(tr("业务")), Column(tr("叫号"), 72, "right"), Column(tr("平均等候"), 96, "right"), Column(tr("九成不超过"), 108, "right"),
        ),
        "marks": (Column(tr("评价或牌")), Column(tr("怎么了结"), 148, tone="ink2"), Column(tr("次数"), 72, "right")),
        "off_hall": (Column(tr("办件编号")), Column(tr("事项"), 220), Column(tr("窗口"), 72, "right"), Column(tr("用印"), 120, "right")),
    }  # fmt: skip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ReportView(), parent)

    def render(self, view: ReportView) -> None:  # type: ignore[override]
        """Show these figures; how many went past the hall stands on the table's own button."""
        super().render(view)
        self.tables_row.show_figure("off_hall", str(len(view.off_hall)))

    def _chart_of(self, key: str) -> ChartView:
        chart: ChartView = self._view.chart
        return chart

    def _nothing(self, key: str) -> EmptyView:
        any_ended = any(tile.figure not in ("0", NONE) for tile in self._view.tiles)
        return NONE_OFF_HALL if key == "off_hall" and any_ended else NOTHING

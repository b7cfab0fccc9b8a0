"""叫号统计 of a day or a week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.oversight.hall_statistics import (
    ReadStatistics,
    paper_of,
    read_statistics,
    save_table,
    week_span,
)
from clerk_app.oversight.reports import Span
from clerk_app.sealing.paper import NoticePaper
from ui.hall.telling_stats import tell_stats
from ui.hall.view import WEEK, StatsView
from ui.oversight.figures_presenter import FiguresPresenter


class StatsPresenter(FiguresPresenter):
    """统计 of today until a person turns; read when it is looked at."""

    LONGER = WEEK

    def _look(self, span: Span) -> ReadStatistics:
        return read_statistics(self._office, span)

    def _tell(self, read: ReadStatistics) -> StatsView:
        can_print = self._office.parts.pages is not None
        return tell_stats(read, self._office.hall, self._today(), connected=self._connected(), can_print=can_print)

    def _save(self, read: ReadStatistics, file: Path) -> Refusal | None:
        return save_table(self._office, read.found, file)

    def _paper(self, read: ReadStatistics) -> NoticePaper:
        return paper_of(read, self._office.hall, training=self._office.parts.settings.training)

    def _long_span(self, day: date, today: date) -> Span:
        return week_span(day, today)

    def _beside(self, span: Span, step: int) -> date:
        return span.start + timedelta(days=7 * step)

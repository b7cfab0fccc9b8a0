"""日报 of a day or a month."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.oversight.reporting import ReadReport, month_span, paper_of, read_report, save_table
from clerk_app.oversight.reports import Span
from clerk_app.sealing.paper import NoticePaper
from ui.oversight.figures_presenter import FiguresPresenter
from ui.oversight.report_view import MONTH, ReportView
from ui.oversight.telling_report import tell_report


class ReportPresenter(FiguresPresenter):
    """日报 of today until a person turns; `refresh` reads the days on screen again."""

    LONGER = MONTH

    def start(self) -> None:
        """Read at once."""
        super().start()
        self.refresh()

    def _look(self, span: Span) -> ReadReport:
        return read_report(self._office, span)

    def _tell(self, read: ReadReport) -> ReportView:
        can_print = self._office.parts.pages is not None
        return tell_report(read, self._office.hall, self._today(), connected=self._connected(), can_print=can_print)

    def _save(self, read: ReadReport, file: Path) -> Refusal | None:
        return save_table(self._office, read.report, file)

    def _paper(self, read: ReadReport) -> NoticePaper:
        return paper_of(read, self._office.hall, training=self._office.parts.settings.training)

    def _long_span(self, day: date, today: date) -> Span:
        return month_span(day, today)

    def _beside(self, span: Span, step: int) -> date:
        if step < 0:
            return span.start - timedelta(days=1)
        return (span.start + timedelta(days=31)).replace(day=1)

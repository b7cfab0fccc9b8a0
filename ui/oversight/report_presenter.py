"""日报 reads a day or a month beside the store's lane, turns to others, and writes the table and the A4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.oversight.reporting import (
    ReadReport,
    day_span,
    month_span,
    paper_of,
    read_report,
    save_table,
)
from clerk_app.oversight.reports import Span
from ui.background import Background
from ui.errors import record, tell
from ui.oversight.report_page import ReportPage
from ui.oversight.report_view import DAY, MONTH
from ui.oversight.telling_report import tell_report

UNABLE = "A4 没有存下，报表还在。换一个能写的文件夹再存。"


class ReportPresenter(QObject):
    """日报 of today until a person turns; `refresh` reads the days on screen again."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: ReportPage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._by, self._day = DAY, date.min
        self._read: ReadReport | None = None
        self._asked = 0
        page.span_chosen.connect(self._choose)
        page.days_moved.connect(self._move)
        page.table_to.connect(self._export)
        page.paper_to.connect(self._print)
        page.refused.connect(lambda reason: self.said.emit(reason, False))

    def start(self) -> None:
        """Another person sat down: today."""
        self._by, self._day = DAY, date.min
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read and show again; what was asked before and comes later is not shown."""
        if self._office.session is None:
            return
        self._asked += 1
        number, span = self._asked, self._span()
        # Not on the store's lane: a month takes a second, and the clerk's next act must not wait behind it.
        self._background.run_net(
            lambda: read_report(self._office, span), lambda read: self._show(number, read), self._failed
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SignedOut):
            tell(error, self._background.trouble.emit)

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _span(self) -> Span:
        today = self._today()
        day = today if self._day == date.min else min(self._day, today)
        return day_span(day) if self._by == DAY else month_span(day, today)

    def _show(self, number: int, read: ReadReport) -> None:
        if number != self._asked or self._office.session is None:
            return
        self._read = read
        view = tell_report(
            read,
            self._office.hall,
            self._today(),
            connected=self._connected(),
            can_print=self._office.parts.pages is not None,
        )
        self._page.render(view)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._by = MONTH if key == MONTH else DAY
        self.refresh()

    @Slot(int)
    def _move(self, step: int) -> None:
        span, today = self._span(), self._today()
        if self._by == DAY:
            self._day = min(span.start + timedelta(days=step), today)
        elif step < 0:
            self._day = span.start - timedelta(days=1)
        else:
            self._day = min((span.start + timedelta(days=31)).replace(day=1), today)
        self.refresh()

    @Slot(str)
    def _export(self, path: str) -> None:
        read = self._read
        if read is not None:
            file = Path(path)
            self._background.run_net(
                lambda: save_table(self._office, read.report, file), lambda done: self._exported(file, done)
            )

    def _exported(self, file: Path, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.said.emit(refusal.sentence, False)
        else:
            self.said.emit(f"导出好了：{file.name}。", True)

    @Slot(str)
    def _print(self, path: str) -> None:
        read, pages = self._read, self._office.parts.pages
        if read is None or pages is None:
            return
        office, file = self._office, Path(path)

        def make() -> None:
            file.write_bytes(pages.notice(paper_of(read, office.hall, training=office.parts.settings.training)))

        self._background.run_net(make, lambda _: self.said.emit(f"A4 存好了：{file.name}。", True), self._unable)

    def _unable(self, error: Exception) -> None:
        record(error)
        self.said.emit(str(error) if isinstance(error, ValueError) else UNABLE, False)

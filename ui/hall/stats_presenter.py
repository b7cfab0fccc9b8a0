"""统计 reads a day or a week beside the store's lane, turns to others, and writes the table and the A4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.oversight.hall_statistics import (
    ReadStatistics,
    paper_of,
    read_statistics,
    save_table,
    week_span,
)
from clerk_app.office.oversight.reporting import day_span
from clerk_app.oversight.reports import Span
from ui.background import Background
from ui.errors import record, tell
from ui.hall.stats_page import StatsPage
from ui.hall.telling_stats import tell_stats
from ui.hall.view import DAY, WEEK

UNABLE = "A4 没有存下，统计还在。换一个能写的文件夹再存。"


class StatsPresenter(QObject):
    """统计 of today until a person turns."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: StatsPage, connected: Callable[[], bool]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._by, self._day = DAY, date.min
        self._read: ReadStatistics | None = None
        self._asked = 0
        page.span_chosen.connect(self._choose)
        page.days_moved.connect(self._move)
        page.table_to.connect(self._export)
        page.paper_to.connect(self._print)
        page.refused.connect(self._refused)

    def start(self) -> None:
        """Another person sat down: today, read when it is looked at."""
        self._by, self._day = DAY, date.min

    @Slot()
    def refresh(self) -> None:
        """Read and show again; what was asked before and comes later is not shown."""
        if self._office.session is None:
            return
        self._asked += 1
        number, span = self._asked, self._span()
        self._background.run_net(
            lambda: read_statistics(self._office, span), lambda read: self._show(number, read), self._failed
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SignedOut):
            tell(error, self._background.trouble.emit)

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _span(self) -> Span:
        today = self._today()
        day = today if self._day == date.min else min(self._day, today)
        return day_span(day) if self._by == DAY else week_span(day, today)

    def _show(self, number: int, read: ReadStatistics) -> None:
        if number != self._asked or self._office.session is None:
            return
        self._read = read
        can_print = self._office.parts.pages is not None
        connected = self._connected()
        view = tell_stats(read, self._office.hall, self._today(), connected=connected, can_print=can_print)
        self._page.render(view)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._by = WEEK if key == WEEK else DAY
        self.refresh()

    @Slot(int)
    def _move(self, step: int) -> None:
        span, days = self._span(), 1 if self._by == DAY else 7
        self._day = min(span.start + timedelta(days=step * days), self._today())
        self.refresh()

    @Slot(str)
    def _export(self, path: str) -> None:
        read, file = self._read, Path(path)
        if read is not None:
            self._background.run_net(
                lambda: save_table(self._office, read.found, file), lambda done: self._exported(file, done)
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

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(f"{reason}。", False)

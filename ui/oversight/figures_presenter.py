"""看数 what the pages of figures share: reads a span beside the store's lane, turns to others, writes the table and the A4."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.oversight.reporting import day_span
from clerk_app.oversight.reports import Span
from clerk_app.sealing.paper import NoticePaper
from ui.background import Background
from ui.errors import record, tell
from ui.language import tr
from ui.oversight.figures_page import FiguresPage

DAY = "day"
UNABLE = tr("A4 没有存下，数还在。换一个能写的文件夹再存。")


class FiguresPresenter(QObject):
    """看数 of today until a person turns. A subclass says what is read, how it is told, saved and put on paper."""

    said = Signal(str, bool)
    LONGER = ""
    """The key of the longer span."""

    def __init__(
        self, office: Office, background: Background, page: FiguresPage, connected: Callable[[], bool]
    ) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._connected = office, background, page, connected
        self._by, self._day = DAY, date.min
        self._read: Any = None
        self._asked = 0
        page.span_chosen.connect(self._choose)
        page.days_moved.connect(self._move)
        page.table_to.connect(self._export)
        page.paper_to.connect(self._print)
        page.refused.connect(self._refused)

    # What is said of one kind of figures.

    def _look(self, span: Span) -> Any:
        """Read the figures; off the screen's thread."""
        raise NotImplementedError

    def _tell(self, read: Any) -> Any:
        """The page's view of them."""
        raise NotImplementedError

    def _save(self, read: Any, file: Path) -> Refusal | None:
        """Write the tables; off the screen's thread."""
        raise NotImplementedError

    def _paper(self, read: Any) -> NoticePaper:
        """The A4's content."""
        raise NotImplementedError

    def _long_span(self, day: date, today: date) -> Span:
        """The longer span a day lies in."""
        raise NotImplementedError

    def _beside(self, span: Span, step: int) -> date:
        """A day of the longer span before or after."""
        raise NotImplementedError

    # What they share.

    def start(self) -> None:
        """Another person sat down: today."""
        self._by, self._day = DAY, date.min

    @Slot()
    def refresh(self) -> None:
        """Read and show again; what was asked before and comes later is not shown."""
        if self._office.session is None:
            return
        self._asked += 1
        number, span = self._asked, self._span()
        # Not on the store's lane: a month takes a second, and the clerk's next act must not wait behind it.
        self._background.run_net(lambda: self._look(span), lambda read: self._show(number, read), self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SignedOut):
            tell(error, self._background.trouble.emit)

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _span(self) -> Span:
        today = self._today()
        day = today if self._day == date.min else min(self._day, today)
        return day_span(day) if self._by == DAY else self._long_span(day, today)

    def _show(self, number: int, read: Any) -> None:
        if number == self._asked and self._office.session is not None:
            self._read = read
            self._page.render(self._tell(read))

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._by = self.LONGER if key == self.LONGER else DAY
        self.refresh()

    @Slot(int)
    def _move(self, step: int) -> None:
        span = self._span()
        day = span.start + timedelta(days=step) if self._by == DAY else self._beside(span, step)
        self._day = min(day, self._today())
        self.refresh()

    @Slot(str)
    def _export(self, path: str) -> None:
        read, file = self._read, Path(path)
        if read is not None:
            self._background.run_net(lambda: self._save(read, file), lambda done: self._exported(file, done))

    def _exported(self, file: Path, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.said.emit(refusal.sentence, False)
        else:
            self.said.emit(tr("导出好了：{name}。", name=file.name), True)

    @Slot(str)
    def _print(self, path: str) -> None:
        read, pages, file = self._read, self._office.parts.pages, Path(path)
        if read is None or pages is None:
            return

        def make() -> None:
            file.write_bytes(pages.notice(self._paper(read)))

        self._background.run_net(
            make, lambda _: self.said.emit(tr("A4 存好了：{name}。", name=file.name), True), self._unable
        )

    def _unable(self, error: Exception) -> None:
        record(error)
        self.said.emit(str(error) if isinstance(error, ValueError) else UNABLE, False)

    @Slot(str)
    def _refused(self, reason: str) -> None:
        self.said.emit(tr("{rstrip}。", rstrip=reason.rstrip(tr("。"))), False)

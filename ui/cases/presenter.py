"""办件 decides the words and the lamps of the cases list, and which case stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.finding import CaseLine
from clerk_app.office.office import Office
from ui.background import Background
from ui.cases.lists import CaseLists
from ui.cases.page import CasesPage
from ui.cases.side import SideCase
from ui.cases.telling import NO_NUMBER, NOT_HERE, UNCHECKED, tell_line, tell_row, tell_status, tell_status_detail
from ui.cases.telling_list import WIDER, tell_count, tell_empty, tell_news, tell_strip
from ui.cases.view import CaseDetail, CaseRow, CasesView
from ui.language import tr
from ui.papers.case_papers import CaseReader
from ui.widgets.strip import StripView


class CasesPresenter(QObject):
    """办件 from the books to the list; scans are added to the chosen one. `said` is for the status line.

    `open_wanted(case)`: the clerk wants the whole of a case of this machine.
    """

    said = Signal(str, bool)
    open_wanted = Signal(str)

    def __init__(
        self, office: Office, background: Background, page: CasesPage, connected: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__(page)
        self._office, self._page, self._connected = office, page, connected
        self._fresh_at: datetime | None = None
        self._chosen = ""
        self.lists = CaseLists(office, background, self)
        self.side = SideCase(office, background, connected, self)
        self.lists.changed.connect(self._on_lists)
        self.side.changed.connect(self._render)
        self.side.done.connect(self.refresh)
        for part in (self.lists, self.side):
            part.said.connect(self.said)
        page.came.connect(self.lists.come)
        page.typed.connect(self.lists.search)
        page.segment_wanted.connect(self.lists.take)
        page.news_wanted.connect(self.lists.take_news)
        page.wider_wanted.connect(self.lists.look_wider)
        page.row_chosen.connect(self._choose)
        page.open_wanted.connect(self._open)
        page.files_chosen.connect(self.side.attach)
        page.again_wanted.connect(self.side.send_again)
        page.hold_act.connect(self.side.act_on_hold)
        page.came.connect(self.side.scan.look)
        page.scan_wanted.connect(self.side.scan.scan)
        page.stop_wanted.connect(self.side.scan.stop)
        self.papers = CaseReader(office, background, page.stage)
        self.papers.said.connect(self.said)
        page.paper_wanted.connect(self.papers.open)
        for other in (page.typed, page.segment_wanted, page.news_wanted, page.wider_wanted):
            other.connect(self.papers.close)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._connected():
            self._fresh_at = self._office.parts.clock.now()
        self.lists.refresh()

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._chosen = key
        self._on_lists()

    def open_case(self, key: str) -> None:
        """One case at the side, as another page asks."""
        self._chosen = key
        self.refresh()

    @Slot(str)
    def _open(self, key: str) -> None:
        self._choose(key)
        self.open_wanted.emit(key)

    @Slot()
    def _on_lists(self) -> None:
        key = self._at_side()
        if self.lists.now.place == "here" and key:
            self.side.look(key)
        self._render()

    def _at_side(self) -> str:
        """The chosen case, or the first of the list; one that another page asked for need not be in this list."""
        now = self.lists.now
        rows = [f"status-{n}" for n in range(len(now.statuses))] or [line.id for line in now.lines]
        if self._chosen in rows or (self._chosen and now.place == "here" and not now.text):
            return self._chosen
        return rows[0] if rows else ""

    @Slot()
    def _render(self) -> None:
        now, connected = self.lists.now, self._connected()
        rows = self._rows()
        self._page.render(
            CasesView(
                rows=rows,
                count=tell_count(now),
                segment=now.segment,
                gives_out=bool(self._office.hall.routing.rules),
                figures=tuple((key, f"{n}" if n else "") for key, n in now.counts.items()),
                news=tell_news(now),
                wider=WIDER if now.text and now.place == "here" and connected else "",
                open_reason="" if now.place == "here" else NOT_HERE,
                detail=self._detail(rows),
                strip=tell_strip(now, connected=connected, fresh_at=self._fresh_at),
                empty=tell_empty(now, connected=connected),
            )
        )

    def _rows(self) -> tuple[CaseRow, ...]:
        now, hall, today = self.lists.now, self._office.hall, self._today()
        if now.place == "status":
            return tuple(tell_status(line, place, hall, today) for place, line in enumerate(now.statuses))
        rows = (tell_row(line, hall, today, mine=self._mine(line)) for line in now.lines)
        return tuple(replace(row, state=UNCHECKED) if row.id in now.unchecked else row for row in rows)

    def _mine(self, line: CaseLine) -> bool:
        session, now = self._office.session, self.lists.now
        own = session is not None and line.window == session.seat.window
        return now.place == "here" and (own or line.handler in now.mine or line.acting_for in now.mine)

    def _detail(self, rows: tuple[CaseRow, ...]) -> CaseDetail | None:
        now, key = self.lists.now, self._at_side()
        row = next((row for row in rows if row.id == key), None)
        if now.place == "status":
            return tell_status_detail(row) if row else None
        whole = self.side.tell(key) if now.place == "here" else None
        if whole is not None and row is not None and row.read_only and whole.message is None:
            return replace(whole, message=StripView(tr("只能看"), row.read_only, kind="info", icon="eye"))
        line = next((line for line in now.lines if line.id == key), None)
        if whole is not None or line is None:
            return whole
        if now.place == "centre":
            return tell_line(line, self._office.hall, self._today())
        return CaseDetail(id=line.id, number=line.number or NO_NUMBER, query_code=line.query_code)

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

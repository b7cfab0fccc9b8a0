"""日历换表 walks the open cases slice by slice behind the page: every act at this desk goes between two slices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight.calendar_change import Survey, Tables, begin, go_on, save
from ui.background import Background
from ui.language import tr
from ui.oversight.calendar_page import CalendarPage
from ui.oversight.calendar_view import AGAIN, SAVE, STOP, tell_survey

DRAW_MS = 120
"""The page is drawn so often at most while slices come in."""


class CalendarPresenter(QObject):
    """日历换表 `said` for the status line, `case_wanted(id)`, `moved(n)` for a badge; `ask_file` names where a table goes."""

    said = Signal(str, bool)
    case_wanted = Signal(str)
    moved = Signal(int)

    def __init__(self, office: Office, background: Background, page: CalendarPage, ask_file: Callable[[], str]) -> None:
        super().__init__(page)
        self._office, self._background, self._page, self._ask_file = office, background, page, ask_file
        self._survey: Survey | None = None
        self._tables: Tables | None = None
        self._running = False
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.setInterval(DRAW_MS)
        self._draw.timeout.connect(self._render)
        page.act.connect(self._act)
        page.row_opened.connect(self.case_wanted)
        self._render()

    @Slot()
    def refresh(self) -> None:
        """The page came up, or the hall changed: a survey of an older version is made anew."""
        if self._office.session is None or self._running:
            return
        if self._survey is None or self._survey.version != self._office.hall.version:
            self._start()

    def _start(self) -> None:
        self._running, self._tables = True, Tables(self._office.hall)
        self._background.run(lambda: begin(self._office), self._on_slice, self._on_failure)

    def _on_slice(self, survey: Survey) -> None:
        self._survey = survey
        tables = self._tables
        if survey.over or not self._running or tables is None:
            self._end()
            return
        if not self._draw.isActive():
            self._draw.start()
        self._background.run(lambda: go_on(self._office, survey, tables), self._on_slice, self._on_failure)

    def _on_failure(self, error: Exception) -> None:
        self._end()
        self.said.emit(tr("比对到一半停了，比过的还在这一页。重新比对一次。"), False)

    def _end(self) -> None:
        self._running, self._tables = False, None
        self._draw.stop()
        self._render()
        self.moved.emit(self._survey.sooner if self._survey else 0)

    @Slot()
    def _render(self) -> None:
        today = self._office.parts.clock.now().date()
        self._page.render(tell_survey(self._survey, self._office.hall, today, running=self._running))

    @Slot(str)
    def _act(self, name: str) -> None:
        if name == STOP:
            self._running = False
        elif name == AGAIN and not self._running:
            self._start()
        elif name == SAVE and self._survey is not None:
            self._save(self._survey)

    def _save(self, survey: Survey) -> None:
        file = self._ask_file()
        if file:
            self._background.run_net(lambda: save(survey.cases, Path(file)), lambda done: self._saved(file, done))

    def _saved(self, file: str, done: Refusal | None) -> None:
        words = done.sentence if done else tr("已存到 {name}，里面没有申请人的姓名和证件号。", name=Path(file).name)
        self.said.emit(words, done is None)

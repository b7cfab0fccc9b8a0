"""开门前 looks whether everything is there, and goes on to the day's work with one key."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.office.duty.pages import COUNTER, first_page
from clerk_app.office.office import Office
from clerk_app.office.oversight.morning import Morning, before_first_ticket, morning
from clerk_app.office.running import Running
from ui.background import Background
from ui.today.page import TodayPage
from ui.today.telling import tell_morning


class TodayPresenter(QObject):
    """开门前 `page_wanted(key)` and `case_wanted(id)` are for the shell; `wanted` says whether a sign-in begins here."""

    page_wanted = Signal(str)
    case_wanted = Signal(str)
    wanted = Signal()

    def __init__(self, office: Office, running: Running, background: Background, page: TodayPage) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        page.begin.connect(self._begin)
        page.page_wanted.connect(self.page_wanted)
        page.case_wanted.connect(self.case_wanted)

    @Slot()
    def start(self) -> None:
        """Somebody signed in: if this window has called nobody yet today, `wanted` is said."""
        self._background.look(lambda: before_first_ticket(self._office), self._on_first)

    @Slot()
    def refresh(self) -> None:
        """Look again."""
        if self._office.session is None:
            return
        line, printer = self._running.line.state, self._running.printers
        self._background.look(lambda: morning(self._office, line, printer), self._show)

    def _on_first(self, first: bool) -> None:
        if first and self._office.session is not None and self._first() == COUNTER:
            self.refresh()
            self.wanted.emit()

    def _show(self, found: Morning) -> None:
        self._page.render(tell_morning(found, self._office.hall, self._first()))

    def _first(self) -> str:
        session = self._office.session
        if session is None:
            return COUNTER
        window = self._office.hall.roster.windows.get(session.seat.window)
        return first_page(session.person, calls=window is None or bool(window.letters))

    @Slot()
    def _begin(self) -> None:
        self.page_wanted.emit(self._first())

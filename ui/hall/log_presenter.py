"""叫号记录 asks what was done with one number of a day; on the net's threads, the last question's answer alone is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.oversight.call_log import CallLog, call_log
from ui.background import Background
from ui.errors import tell
from ui.hall.log_page import LogPage
from ui.hall.telling_log import tell_day, tell_log
from ui.hall.view import LogView
from ui.language import tr

FURTHEST = 366


class LogPresenter(QObject):
    """叫号记录 of today until a person turns."""

    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, page: LogPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._day = date.min
        self._number = ""
        self._asked = 0
        page.asked.connect(self._ask)
        page.days_moved.connect(self._move)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._day, self._number = date.min, ""
        self._asked += 1
        self._page.number().set_text("")
        self._page.render(self._nothing())

    @Slot()
    def refresh(self) -> None:
        """The same number again, as it stands now."""
        if self._number and self._office.session is not None:
            self._look()

    def _nothing(self) -> LogView:
        day = self._shown_day()
        later = tr("今天就是最后一天") if day >= self._today() else ""
        return LogView(day=tell_day(day), later=later)

    def _today(self) -> date:
        return self._office.parts.clock.now().date()

    def _shown_day(self) -> date:
        return self._today() if self._day == date.min else self._day

    @Slot(str)
    def _ask(self, number: str) -> None:
        self._number = number.strip()
        self._look()

    @Slot(int)
    def _move(self, step: int) -> None:
        today = self._today()
        wanted = min(self._shown_day() + timedelta(days=step), today)
        if wanted < today - timedelta(days=FURTHEST):
            return
        self._day = date.min if wanted == today else wanted
        if self._number:
            self._look()
        else:
            self._page.render(self._nothing())

    def _look(self) -> None:
        self._asked += 1
        asked, day, number = self._asked, self._shown_day(), self._number
        self._background.run_net(
            lambda: call_log(self._office, day, number), lambda found: self._landed(asked, found), self._failed
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SignedOut):
            tell(error, self._background.trouble.emit)

    def _landed(self, asked: int, found: CallLog | Refusal) -> None:
        if asked != self._asked or self._office.session is None:
            return
        if isinstance(found, Refusal):
            self._page.render(replace(self._nothing(), finding=found.sentence))
        else:
            self._page.render(tell_log(found, self._today()))

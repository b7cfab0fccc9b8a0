"""评价 asks each ticket once, takes one answer or none, and never holds up the next call."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from clerk_app.command import Refusal
from clerk_app.office.counter.visit import rate
from clerk_app.office.office import Office, Outcome
from ui.background import Background
from ui.language import tr
from ui.oversight.rating_window import NO_RATING, RatingWindow
from ui.oversight.view import RatingView

WAIT_MS, THANKS_MS = 30_000, 1_500


class RatingPresenter(QObject):
    """评价 the clerk only hears that it was asked, and that it was answered; never how."""

    said = Signal(str, bool)

    def __init__(
        self, office: Office, background: Background, beside: QWidget, window: RatingWindow | None = None
    ) -> None:
        super().__init__(beside)
        self._office, self._background, self._beside = office, background, beside
        self.window = window or RatingWindow()
        self._view = RatingView()
        self._ticket = ""
        self._asked: set[str] = set()
        self._wait, self._thanks = self._timer(WAIT_MS), self._timer(THANKS_MS)
        self._wait.timeout.connect(self.shut)
        self._thanks.timeout.connect(self.shut)
        self.window.rated.connect(self.take)

    def _timer(self, pause: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        return timer

    @Slot(str, str)
    def ask(self, ticket_number: str, ticket_id: str) -> None:
        """请评价: once a ticket; a question still open gives way to the new one."""
        if self._office.session is None or ticket_id in self._asked:
            return
        self.shut()
        self._asked.add(ticket_id)
        self._ticket = ticket_id
        self._view = RatingView(str(self._office.window), self._office.hall.name, ticket_number, WAIT_MS // 1000)
        self.window.render(self._view)
        self.window.open_beside(self._beside.window())
        self._wait.start()
        self.said.emit(tr("已请评价"), True)

    @Slot(str)
    def take_back(self, ticket_id: str) -> None:
        """It was not finished after all: nobody is asked now, and it may be asked at its end."""
        self._asked.discard(ticket_id)
        if self._ticket == ticket_id:
            self.shut()

    @Slot(int)
    def take(self, level: int) -> None:
        """One answer, or none; a second press changes nothing."""
        ticket, self._ticket = self._ticket, ""
        self._wait.stop()
        if not ticket or level == NO_RATING:
            self.shut()
            return
        self._view = replace(self._view, thanks=True)
        self.window.render(self._view)
        self._thanks.start()
        self._background.run(lambda: rate(self._office, ticket, level), self._rated)

    def _rated(self, outcome: Outcome) -> None:
        if not isinstance(outcome, Refusal):
            self.said.emit(tr("已评"), True)

    @Slot()
    def shut(self) -> None:
        """At once: the next is called, the clerk left, or nobody answered."""
        self._ticket = ""
        self._wait.stop()
        self._thanks.stop()
        self.window.hide()

    def close(self) -> None:
        """The desk closes: the window goes too."""
        self.shut()
        self.window.deleteLater()

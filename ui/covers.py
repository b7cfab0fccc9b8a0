"""遮屏 what covers the desk while nobody may read it: the lock, and 暂离 with its question. The shell stands behind, untouched."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from clerk_app.office.office import Office, Session
from clerk_app.office.running import Running
from ui.background import Background
from ui.duty.away.page import AwayPage
from ui.duty.away.presenter import AwayPresenter
from ui.duty.lock.page import LockPage
from ui.duty.lock.presenter import LockPresenter
from ui.shell import Shell


class Covers(QObject):
    """遮屏 `returned(session)` after 暂离, `other_wanted` when somebody else is to sign in, `covered` for the second screens."""

    returned = Signal(object)
    other_wanted = Signal()
    covered = Signal()
    said = Signal(str, bool)

    def __init__(
        self, office: Office, running: Running, background: Background, window: QStackedWidget, shell: Shell
    ) -> None:
        super().__init__(shell)
        self._window, self._shell = window, shell
        self._lock_page, self._away_page = LockPage(), AwayPage()
        self.lock = LockPresenter(office, background, self._lock_page, shell)
        self.away = AwayPresenter(office, running, background, self._away_page)
        for page in (self._lock_page, self._away_page):
            window.addWidget(page)
        self.lock.locked.connect(self._cover)
        self.lock.unlocked.connect(self._uncover)
        self.lock.other_wanted.connect(self.other_wanted)
        self.away.returned.connect(self.returned)
        self.away.other_wanted.connect(self.other_wanted)
        self.away.said.connect(self.said)

    def start(self, session: Session) -> None:
        """Somebody sat down."""
        self.lock.start(session)

    def stop(self) -> None:
        """He got up."""
        self.lock.stop()

    def leave(self) -> None:
        """暂离 the page stands at once, the question comes when the window is paused."""
        self.lock.stop()
        self._window.setCurrentWidget(self._away_page)
        self.covered.emit()
        self.away.leave()

    def _cover(self) -> None:
        self._window.setCurrentWidget(self._lock_page)
        self.covered.emit()

    def _uncover(self) -> None:
        self._window.setCurrentWidget(self._shell)

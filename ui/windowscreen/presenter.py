"""窗口屏 decides: when the citizen's side is shown, and what it says; the rating lies over it while it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from clerk_app.hall import Hall
from ui.queueing.state import CounterState
from ui.windowscreen.screen import WindowScreen
from ui.windowscreen.telling import tell_screen

CLOCK_MS = 5_000


class WindowScreenPresenter(QObject):
    """窗口屏 `note(state)` after every look at the books; `over` is what may lie over it, `beside` the clerk's own window."""

    def __init__(
        self, hall: Callable[[], Hall], now: Callable[[], datetime], beside: QWidget, over: QWidget | None = None
    ) -> None:
        super().__init__(beside)
        self.window = WindowScreen()
        self._hall, self._now, self._beside, self._over = hall, now, beside, over
        self._state: CounterState | None = None
        self._paused = ""
        self._here = False
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self.refresh_clock)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens)
            app.screenRemoved.connect(self._on_screens)

    def start(self) -> None:
        """A clerk who calls sat down; shown with the first look at the books."""
        self._here, self._state, self._paused = True, None, ""

    def leave(self) -> None:
        """He signed out: nobody calls here."""
        self._here = False
        self._clock.stop()
        self.window.hide()

    def pause(self, words: str) -> None:
        """暂停 what is said of it, empty for the usual words."""
        self._paused = words
        self._tell()

    @Slot(object)
    def note(self, state: CounterState) -> None:
        """The counter stands so now."""
        self._state = state
        self._tell()
        if self._here and not self.window.isVisible():
            self._open()

    @Slot()
    def refresh_clock(self) -> None:
        """The time of day, without asking the books."""
        if self._state is not None:
            self._state = replace(self._state, now=self._now())
            self._tell()

    def close(self) -> None:
        """The desk closes: the window goes too."""
        self.leave()
        self.window.deleteLater()

    def _tell(self) -> None:
        if self._state is not None:
            self.window.render(tell_screen(self._state, self._hall(), self._paused))

    def _open(self) -> None:
        if self.window.open_beside(self._beside.window()):
            self._clock.start()
            if self._over is not None and self._over.isVisible():
                self._over.raise_()
        else:
            self._clock.stop()

    @Slot(QScreen)
    def _on_screens(self, screen: QScreen) -> None:
        """Plugged in or pulled out: looked for on the next turn, when Qt knows what is left."""
        QTimer.singleShot(0, self._look_again)

    def _look_again(self) -> None:
        if self._here and self._state is not None:
            self._open()

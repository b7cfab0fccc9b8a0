"""没人动 whether anybody touched keyboard or mouse; it looks at the windows' own events, not at every widget's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """没人动 `idle` after so long without a touch of any window of ours, and again after each `look_again`."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._long = 0
        self.touches = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    def start(self, milliseconds: int) -> None:
        """From now on; none at all watches nothing."""
        self._long = milliseconds
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        if milliseconds > 0:
            self._timer.start(milliseconds)
        else:
            self._timer.stop()

    def stop(self) -> None:
        """Nobody is signed in, or the screen is covered already."""
        self._long = 0
        self._timer.stop()

    def look_again(self, milliseconds: int) -> None:
        """Still nobody touched anything, but it is not the moment."""
        if self._long:
            self._timer.start(milliseconds)

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._long and event.type() in TOUCHES:
            self.touches += 1
            self._timer.start(self._long)
        return False

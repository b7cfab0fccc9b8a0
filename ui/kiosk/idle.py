"""没人了 nobody has touched the machine for a while: it asks, and then clears the screen by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

ASK_MS, CLEAR_MS = 120_000, 30_000
_touches = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
    }
)  # fmt: skip


class IdleWatch(QObject):
    """没人了 `asked` after two minutes without a touch, `over` half a minute later; `touched` when somebody is there again."""

    asked = Signal()
    over = Signal()
    touched = Signal()

    def __init__(self, parent: QObject, ask_ms: int = ASK_MS, clear_ms: int = CLEAR_MS) -> None:
        super().__init__(parent)
        self._asking = False
        self._ask, self._clear = QTimer(self), QTimer(self)
        for timer, span, act in ((self._ask, ask_ms, self._on_ask), (self._clear, clear_ms, self._on_over)):
            timer.setSingleShot(True)
            timer.setInterval(span)
            timer.timeout.connect(act)
        self._on = False

    def start(self) -> None:
        """Somebody sat down."""
        if not self._on:
            self._on = True
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._asking = False
        self._clear.stop()
        self._ask.start()

    def stop(self) -> None:
        """Nobody's form is open."""
        if self._on:
            self._on = False
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._asking = False
        self._ask.stop()
        self._clear.stop()

    @Slot()
    def _on_ask(self) -> None:
        self._asking = True
        self._clear.start()
        self.asked.emit()

    @Slot()
    def _on_over(self) -> None:
        self.stop()
        self.over.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch, wherever it goes."""
        if event.type() in _touches and self._on:
            if self._asking:
                self._asking = False
                self._clear.stop()
                self.touched.emit()
            self._ask.start()
        return False

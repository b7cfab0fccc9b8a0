"""盖页 a pane that is asked over a page and left by Esc, wherever in it the hand is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class CoverPane(QWidget):
    """盖页 `left()` by Esc; `watch_escape` for what would keep the key to itself."""

    left = Signal()

    def watch_escape(self, *inside: QWidget) -> None:
        """Esc in these too."""
        for widget in inside:
            widget.installEventFilter(self)

    def composing(self, where: QObject) -> bool:
        """Whether Esc belongs to what is being composed there, and does not leave."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if _is_escape(event) and not self.composing(watched):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.left.emit()
            return
        super().keyPressEvent(event)


def _is_escape(event: QEvent) -> bool:
    pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
    return pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

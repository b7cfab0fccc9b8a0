"""刷卡与扫码 a card reader or a scan gun types like a keyboard and ends with Enter: read wherever no field is waiting for it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

LEAST = 5
"""Signs before Enter; fewer are a person at a keyboard."""
PAUSE_MS = 1500
_held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Wedge(QObject):
    """刷卡与扫码 `scanned(text)` while `root` is the window in use and `listens` is True; a field that has the focus gets its keys itself."""

    scanned = Signal(str)

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root, self._text = root, ""
        self._since = QElapsedTimer()
        self.listens = True
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def stop(self) -> None:
        """The window goes."""
        self.listens = False
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the keys it reads: no button is pressed by a digit or a space of a scan."""
        if event.type() != QEvent.Type.KeyPress or not self.listens or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._root or isinstance(watched, QLineEdit):
            return False
        return self._read(event)

    def _read(self, event: QKeyEvent) -> bool:
        if self._since.isValid() and self._since.elapsed() > PAUSE_MS:
            self._text = ""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text, self._text = self._text, ""
            if len(text) < LEAST:
                return False
            self.scanned.emit(text)
            return True
        sign = event.text()
        if not sign or not sign.isprintable() or event.modifiers() & _held or (sign == " " and not self._text):
            return False
        self._text += sign
        self._since.restart()
        return True

"""Parts of a page by type and name; a missing one fails the test by name."""

from __future__ import annotations

import time
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def part(page: QWidget, kind: type[W], name: str = "") -> W:
    """The part of this type and name."""
    found = page.findChild(kind, name) if name else page.findChild(kind)
    assert found is not None, f"{page.objectName()} has no {kind.__name__} {name}"
    return found


def hand() -> QWidget:
    """Where the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    return focused


def gun(line: str, apart: int = 4) -> None:
    """Keys as a scan gun or a card reader sends them, so many ms apart by the window system's count, wherever the focus is; Enter last."""
    begun = round(time.monotonic() * 1000) + 200  # no hand was there just before
    keys = [(Qt.Key(ord(sign.upper())), sign) for sign in line] + [(Qt.Key.Key_Return, "\r")]
    for n, (key, text) in enumerate(keys):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(begun + apart * n)
            QApplication.sendEvent(hand(), event)


def commit(widget: QWidget, text: str) -> None:
    """Type Chinese as an input method does: keys alone cannot."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)

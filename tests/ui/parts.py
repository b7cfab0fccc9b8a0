"""Parts of a page by type and name; a missing one fails the test by name."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QInputMethodEvent
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


def commit(widget: QWidget, text: str) -> None:
    """Type Chinese as an input method does: keys alone cannot."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)

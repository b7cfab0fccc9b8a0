"""读屏 the roles a screen reader hears where Qt knows none: what scrolls, what is only words, what reports a fault."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLE = "spokenRole"
ROLES = {
    "document": QAccessible.Role.Document,
    "pane": QAccessible.Role.Pane,
    "words": QAccessible.Role.StaticText,
    "alert": QAccessible.Role.AlertMessage,
}


def speak_as(widget: QWidget, role: str) -> None:
    """Say of a widget that paints or holds things itself what it is (a key of `ROLES`)."""
    widget.setProperty(ROLE, role)


def _made(_name: str, thing: QObject | None) -> QAccessibleWidget | None:
    if not isinstance(thing, QWidget):
        return None
    role = ROLES.get(str(thing.property(ROLE) or ""))
    return None if role is None else QAccessibleWidget(thing, role)


_installed = False


def install() -> None:
    """Once a process; nothing is made before a screen reader asks."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_made)
        _installed = True

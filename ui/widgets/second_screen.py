"""第二屏 the screen that faces the citizen: any but the clerk's own."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen


def second_screen(own: QScreen) -> QScreen | None:
    """The first screen that is not the clerk's; None where there is only one."""
    return next((screen for screen in QGuiApplication.screens() if screen is not own), None)


def corner_of(screen: QScreen, width: int, height: int) -> QRect:
    """The lower right of the one screen there is, never more than half of it either way."""
    room = screen.availableGeometry()
    scale = min(1.0, room.width() / 2 / width, room.height() / 2 / height)
    wide, high = round(width * scale), round(height * scale)
    return QRect(room.right() - wide, room.bottom() - high, wide, high)

"""不抢手 shows a second window and leaves the hand where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication


def show_quietly(show: Callable[[], None]) -> None:
    """Show by this; whatever window was in use stays in use, also where the platform raises every new one."""
    before = QApplication.activeWindow()
    show()
    if before is not None and before.isVisible():
        before.activateWindow()

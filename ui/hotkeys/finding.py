"""找全局按键 which of the ways this system has."""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication

from ui.hotkeys.register import NO_SYSTEM, WAYLAND, GlobalKeys, NoKeys, Pressed
from ui.hotkeys.windows import windows_keys
from ui.hotkeys.x11 import open_x11


def find_keys(pressed: Pressed) -> GlobalKeys:
    """What this system has."""
    if os.name == "nt":
        return windows_keys(pressed)
    platform = QGuiApplication.platformName()
    if platform.startswith("wayland") or os.environ.get("WAYLAND_DISPLAY"):
        return NoKeys(WAYLAND)  # an X program under Wayland is given the keys of X programs only
    if platform == "xcb":
        return open_x11(pressed) or NoKeys(NO_SYSTEM)
    return NoKeys(NO_SYSTEM)

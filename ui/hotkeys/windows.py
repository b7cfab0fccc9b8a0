"""Windows的全局按键 RegisterHotKey: the system posts WM_HOTKEY to our thread, whatever window is in front."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from ui.hotkeys.register import GlobalKeys, Pressed, not_here, occupied
from ui.hotkeys.table import parts_of

ALT, CONTROL, SHIFT, NO_REPEAT = 0x1, 0x2, 0x4, 0x4000
WM_HOTKEY = 0x0312
MODIFIERS = {"Alt": ALT, "Ctrl": CONTROL, "Shift": SHIFT}
NAMED = {
    "Pause": 0x13,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Insert": 0x2D,
}
MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


def virtual_key(name: str) -> int:
    """Windows's code of a printed key; 0 for one it has none for."""
    if len(name) == 1 and (name.isdigit() or "A" <= name <= "Z"):
        return ord(name)
    if name[0] == "F" and name[1:].isdigit():
        return 0x6F + int(name[1:])
    return NAMED.get(name, 0)


class WindowsKeys(QAbstractNativeEventFilter):
    """全局按键（Windows） over `user32`, which is handed in; it must be made on the GUI thread, which hears of the presses."""

    def __init__(self, user32: Any, pressed: Pressed) -> None:
        super().__init__()
        self._user32, self._pressed = user32, pressed
        self._keys: dict[int, str] = {}

    @property
    def trouble(self) -> str:
        """Windows gives keys away."""
        return ""

    def take(self, key: str) -> str:
        """One registration a key; another program's is refused by Windows."""
        held, last = parts_of(key)
        code = virtual_key(last)
        if not code:
            return not_here(key)
        modifiers = NO_REPEAT
        for name in held:
            modifiers |= MODIFIERS[name]
        number = len(self._keys) + 1
        if not self._user32.RegisterHotKey(None, number, modifiers, code):
            return occupied(key)
        self._keys[number] = key
        return ""

    def give_back(self) -> None:
        """All."""
        for number in self._keys:
            self._user32.UnregisterHotKey(None, number)
        self._keys.clear()

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """A message of ours, or nothing we know."""
        if QByteArray(kind).data() in MESSAGES:
            told = wintypes.MSG.from_address(int(message))
            key = self._keys.get(told.wParam) if told.message == WM_HOTKEY else None
            if key is not None:
                self._pressed(key)
                return True, 0
        return False, 0


def windows_keys(pressed: Pressed) -> GlobalKeys:
    """Over the real system."""
    system: Any = ctypes  # only Windows's own has WinDLL
    keys = WindowsKeys(system.WinDLL("user32", use_last_error=True), pressed)
    app = QCoreApplication.instance()
    if app is not None:
        app.installNativeEventFilter(keys)
    return keys

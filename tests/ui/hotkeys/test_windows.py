"""Windows的全局按键 over a stand-in for user32 with RegisterHotKey's manners; the real one is only on Windows."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray

from tests.ui.hotkeys.keys_contract import KeysContract, System
from ui.hotkeys.table import KNOWN, parts_of
from ui.hotkeys.windows import MODIFIERS, NO_REPEAT, WM_HOTKEY, WindowsKeys, virtual_key


class User32:
    """One owner a combination; a number belongs to its thread."""

    def __init__(self) -> None:
        self.ours: dict[int, tuple[int, int]] = {}
        self.others: set[tuple[int, int]] = set()

    def RegisterHotKey(self, window: None, number: int, modifiers: int, code: int) -> int:
        combination = (modifiers & ~NO_REPEAT, code)
        assert modifiers & NO_REPEAT, "a key that is held is one press"
        if combination in self.others or combination in self.ours.values() or number in self.ours:
            return 0
        self.ours[number] = combination
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:
        return int(self.ours.pop(number, None) is not None)


class Windows(System):
    def __init__(self) -> None:
        self.pressed, self.user32 = [], User32()
        self.filter = self.keys = WindowsKeys(self.user32, self.pressed.append)

    def combination(self, key: str) -> tuple[int, int]:
        held, last = parts_of(key)
        return sum(MODIFIERS[name] for name in held), virtual_key(last)

    def press(self, key: str) -> None:
        number = next((one for one, taken in self.user32.ours.items() if taken == self.combination(key)), None)
        if number is not None:
            self.post(WM_HOTKEY, number)

    def post(self, message: int, number: int) -> object:
        told = wintypes.MSG()
        told.message, told.wParam = message, number
        return self.filter.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told))

    def occupy(self, key: str) -> None:
        self.user32.others.add(self.combination(key))


@pytest.fixture
def system(qapp: object) -> Windows:
    return Windows()


class TestWindows(KeysContract):
    pass


def test_other_messages_go_where_they_were_going(system: Windows) -> None:
    system.keys.take("Ctrl+F2")
    assert system.post(0x0100, 1) == (False, 0)
    assert system.post(WM_HOTKEY, 7) == (False, 0)
    assert system.post(WM_HOTKEY, 1) == (True, 0)
    assert system.filter.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)
    assert system.pressed == ["Ctrl+F2"]


@pytest.mark.parametrize(
    ("name", "code"), [("A", 0x41), ("Z", 0x5A), ("0", 0x30), ("F1", 0x70), ("F11", 0x7A), ("Home", 0x24)]
)
def test_the_codes_are_windowss_own(name: str, code: int) -> None:
    assert virtual_key(name) == code


def test_every_key_that_may_be_chosen_has_a_code_of_its_own() -> None:
    codes = [virtual_key(name) for name in KNOWN]
    assert all(codes)
    assert len(set(codes)) == len(codes)

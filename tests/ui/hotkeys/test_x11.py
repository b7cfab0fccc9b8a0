"""X11的全局按键 on a real X server: XGrabKey, pressed by XTest, beside another client that has a key already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hotkeys.keys_contract import KeysContract, System
from tests.ui.xvfb import Display, display
from ui.hotkeys.finding import find_keys
from ui.hotkeys.register import NoKeys
from ui.hotkeys.table import KNOWN
from ui.hotkeys.x11 import X11Keys, keysym, open_x11
from ui.hotkeys.xcb import KEY_PRESS

pytestmark = pytest.mark.process


class X11(System):
    def __init__(self, screen: Display) -> None:
        self.screen, self.pressed = screen, []
        keys, other = open_x11(self.pressed.append, screen.name), open_x11(lambda key: None, screen.name)
        assert keys is not None
        assert other is not None
        self.own: X11Keys = keys
        self.keys, self.other = keys, other

    def press(self, key: str) -> None:
        self.screen.hand("key", key.replace("Ctrl", "ctrl").replace("Alt", "alt").replace("Shift", "shift"))

    def occupy(self, key: str) -> None:
        assert self.other.take(key) == ""

    def close(self) -> None:
        self.own.close()
        self.other.close()


@pytest.fixture(scope="module")
def screen(request: pytest.FixtureRequest) -> Iterator[Display]:
    with display(request.getfixturevalue("need_program")) as screen:
        yield screen


@pytest.fixture
def system(qapp: object, screen: Display) -> Iterator[X11]:
    system = X11(screen)
    yield system
    system.close()


class TestX11(KeysContract):
    pass


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_a_lock_changes_nothing(qtbot: QtBot, system: X11, lock: str) -> None:
    system.keys.take("Ctrl+F2")
    system.press(lock)
    system.press("Ctrl+F2")
    qtbot.waitUntil(lambda: system.pressed == ["Ctrl+F2"])
    system.press(lock)


def test_a_key_that_is_held_is_one_press(qtbot: QtBot, system: X11) -> None:
    """The server repeats it; a clerk who leans on a key calls one person."""
    system.keys.take("Ctrl+F2")
    system.keys.take("Ctrl+F3")
    seen: list[int] = []
    events = system.own._xcb.events

    def counted() -> Iterator[object]:
        for event in events():
            seen.append(event.kind)
            yield event

    system.own._xcb.events = counted  # type: ignore[assignment, method-assign]
    system.screen.hand("keydown", "ctrl", "keydown", "F2")
    qtbot.waitUntil(lambda: seen.count(KEY_PRESS) >= 4)
    system.screen.hand("keyup", "F2", "keyup", "ctrl")
    system.press("Ctrl+F3")
    qtbot.waitUntil(lambda: "Ctrl+F3" in system.pressed)
    assert system.pressed == ["Ctrl+F2", "Ctrl+F3"]


def test_a_key_half_of_which_another_program_has_is_left_to_it_whole(qtbot: QtBot, system: X11) -> None:
    caps_lock = 1 << 1
    code = system.other._xcb.keycode(keysym("F2"))
    assert system.other._xcb.grab(code, (1 << 2) | caps_lock) == 0
    assert system.keys.take("Ctrl+F2") == "Ctrl+F2 已被别的程序占用，没有设成"
    system.keys.take("Ctrl+F3")
    system.press("Ctrl+F2")
    system.press("Ctrl+F3")
    qtbot.waitUntil(lambda: system.pressed == ["Ctrl+F3"])


def test_every_key_that_may_be_chosen_lies_on_this_keyboard(system: X11) -> None:
    assert [name for name in sorted(KNOWN) if not system.own._xcb.keycode(keysym(name))] == []


def test_without_a_display_there_are_none(qapp: object) -> None:
    assert open_x11(lambda key: None, ":9917") is None


def test_another_desktop_says_what_to_do_instead(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = find_keys(lambda key: None)
    assert isinstance(keys, NoKeys)
    assert "点叫号条上的按键" in keys.trouble
    assert keys.take("Ctrl+F2") == keys.trouble
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "Wayland" in find_keys(lambda key: None).trouble

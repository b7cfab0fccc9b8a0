"""登记全局按键: one contract for every system, with a hand that presses keys and another program that has one already."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from ui.hotkeys.register import GlobalKeys


class System(ABC):
    """A system under test."""

    keys: GlobalKeys
    pressed: list[str]

    @abstractmethod
    def press(self, key: str) -> None:
        """A hand presses it, whatever is in front."""

    @abstractmethod
    def occupy(self, key: str) -> None:
        """Another program takes it first."""


class KeysContract:
    """Inherit, and give a `system`."""

    def heard(self, qtbot: QtBot, system: System, what: Callable[[], None], last: str) -> list[str]:
        """Everything heard up to a last key."""
        what()
        system.press(last)
        qtbot.waitUntil(lambda: bool(system.pressed) and system.pressed[-1] == last)
        return system.pressed

    def test_a_taken_key_is_heard_and_no_other(self, qtbot: QtBot, system: System) -> None:
        assert system.keys.trouble == ""
        assert [system.keys.take(key) for key in ("Ctrl+F2", "Alt+Home", "Ctrl+F11")] == ["", "", ""]

        def hands() -> None:
            for key in ("F2", "Ctrl+F2", "Ctrl+Shift+F2", "Ctrl+F3", "Alt+Home", "Home"):
                system.press(key)

        assert self.heard(qtbot, system, hands, "Ctrl+F11") == ["Ctrl+F2", "Alt+Home", "Ctrl+F11"]

    def test_a_key_another_program_has_is_not_ours_and_that_is_said(self, qtbot: QtBot, system: System) -> None:
        system.occupy("Ctrl+F2")
        assert system.keys.take("Ctrl+F2") == "Ctrl+F2 已被别的程序占用，没有设成"
        assert system.keys.take("Ctrl+F3") == ""
        assert self.heard(qtbot, system, lambda: system.press("Ctrl+F2"), "Ctrl+F3") == ["Ctrl+F3"]

    def test_a_key_given_back_is_not_heard_any_more_and_can_be_taken_again(self, qtbot: QtBot, system: System) -> None:
        system.keys.take("Ctrl+F2")
        system.keys.give_back()
        system.keys.take("Ctrl+F3")
        assert self.heard(qtbot, system, lambda: system.press("Ctrl+F2"), "Ctrl+F3") == ["Ctrl+F3"]
        assert system.keys.take("Ctrl+F2") == ""
        system.pressed.clear()
        assert self.heard(qtbot, system, lambda: None, "Ctrl+F2") == ["Ctrl+F2"]

    def test_a_key_no_keyboard_has_is_said_to_be_missing(self, system: System) -> None:
        assert system.keys.take("Ctrl+F99X") == "这台电脑的键盘上没有 Ctrl+F99X，没有设成"

"""登记全局按键 what is asked of a system that can give a key to one program, whatever is in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ui.language import tr

Pressed = Callable[[str], None]


class GlobalKeys(Protocol):
    """全局按键 takes keys by their printed names; a press comes on the GUI thread, once however long it is held."""

    @property
    def trouble(self) -> str:
        """Why this machine gives no program a key, as one sentence; empty when it does."""
        ...

    def take(self, key: str) -> str:
        """Take it. Answers why not, empty when it is ours now."""
        ...

    def give_back(self) -> None:
        """All of them."""
        ...


class NoKeys:
    """没有全局按键 and why."""

    def __init__(self, why: str) -> None:
        self._why = why

    @property
    def trouble(self) -> str:
        """Always."""
        return self._why

    def take(self, key: str) -> str:
        """Never."""
        return self._why

    def give_back(self) -> None:
        """There are none."""


WAYLAND = tr("这种桌面（Wayland）不把按键交给后面的程序，没有设成；别的程序在前面时，点叫号条上的按键。")
NO_SYSTEM = tr("这台电脑不把按键交给后面的程序，没有设成；别的程序在前面时，点叫号条上的按键。")


def occupied(key: str) -> str:
    """Another program has it."""
    return tr("{key} 已被别的程序占用，没有设成", key=key)


def not_here(key: str) -> str:
    """The keyboard has no such key."""
    return tr("这台电脑的键盘上没有 {key}，没有设成", key=key)

"""叫号条所见 what the bar over other programs shows, as frozen values: the presenter makes every word, the bar none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr

BarState = Literal["idle", "calling", "serving", "undo", "paused", "cut"]


@dataclass(frozen=True, kw_only=True)
class BarButton:
    """条上按键 `key` is what it does (a key of the counter page), `cap` what is printed: the key that works over other programs."""

    key: str
    words: str
    cap: str = ""
    reason: str = ""
    filled: bool = False
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class CallBarView:
    """叫号条 one moment of it; `wave`: who is called does not hear it, and the second line says what to do.

    `cut`: the line is cut, whatever else is going on; the edge says so.
    """

    state: BarState = "idle"
    number: str = ""
    window: str = ""
    line1: str = ""
    line2: str = ""
    buttons: tuple[BarButton, ...] = ()
    wave: bool = False
    cut: bool = False

    @property
    def spoken(self) -> str:
        """The same words, for who does not see them."""
        return tr("，").join(
            part for part in (tr("{window}号窗口", window=self.window), self.number, self.line1, self.line2) if part
        )

    @property
    def spoken_keys(self) -> str:
        """The buttons, for who does not see them."""
        return tr("；").join(_spoken(button) for button in self.buttons)


def _spoken(button: BarButton) -> str:
    words = f"{button.words} {button.cap}".strip()
    return tr("{words}，现在不能：{reason}", words=words, reason=button.reason) if button.reason else words

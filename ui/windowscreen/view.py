"""窗口屏所见 what the citizen's side of this window shows: numbers and the window, nothing of a case, nothing of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ScreenState = Literal["idle", "called", "serving", "paused"]


@dataclass(frozen=True, kw_only=True)
class WindowScreenView:
    """窗口屏 `mark` is of the call that is shown; when another comes and `flashes`, the screen flashes twice.

    `following` are the next numbers of this window, shown while it is the only screen there is; `cut` says why.
    """

    state: ScreenState = "idle"
    window: str = ""
    name: str = ""
    hall: str = ""
    date: str = ""
    clock: str = ""
    number: str = ""
    line: str = ""
    following: tuple[str, ...] = ()
    cut: str = ""
    mark: str = ""
    flashes: bool = False

    @property
    def spoken(self) -> str:
        """The same words, for who does not see them."""
        following = f"接着 {'、'.join(self.following)}" if self.following else ""
        parts = (f"{self.window}号窗口", self.number, self.line, self.cut, following)
        return "，".join(part for part in parts if part)

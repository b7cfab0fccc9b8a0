"""按键页所见 what the pane of the global keys shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class KeyRow:
    """一个动作 its words, its key (empty for none), and what became of it."""

    act: str
    words: str
    key: str
    said: str = ""
    tone: Literal["ink3", "ok", "warn"] = "ink3"


@dataclass(frozen=True, kw_only=True)
class KeysView:
    """按键页 every act with its key, what other programs lose by it, and why there are none here at all."""

    on: bool = True
    rows: tuple[KeyRow, ...] = ()
    takes: str = ""
    trouble: str = ""

"""暂离所见 the question how long, and the covered screen while the clerk is away, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.widgets.strip import StripView

Phase = Literal["pausing", "asking", "away"]


@dataclass(frozen=True)
class WayView:
    """去多久 one answer: its name in code, the key, the words, what follows from it; `reason` is why it cannot be chosen."""

    name: str
    key: str
    head: str
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AwayView:
    """暂离 what the page shows; `code` is drawn as a QR, `strips` say what was asked, handed on or refused."""

    phase: Phase = "pausing"
    hall_name: str = ""
    window_number: str = ""
    practice: bool = False
    title: str = tr("窗口正在暂停…")
    rest: str = ""
    ways: tuple[WayView, ...] = ()
    note: str = ""
    strips: tuple[StripView, ...] = ()
    code: str = ""
    code_words: str = ""
    person: str = ""
    busy: bool = False
    finding: str = ""

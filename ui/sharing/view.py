"""大厅已有所见 what the strip over the counter shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.next_step import NextStepView
from ui.widgets.row_model import Tone

ASK, AGREE, SCAN, SIGN, REFUSE, LOOK, USE, WITHDRAW, SHUT = (
    "ask",
    "agree",
    "scan",
    "sign",
    "refuse",
    "look",
    "use",
    "withdraw",
    "shut",
)
APPLICANT, AGENT = "applicant", "agent"


NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class HeldRow:
    """一份 for which line, when and with which case it was taken in, how far it is; nothing of its content."""

    id: str
    material: str
    taken: str
    state: str
    tone: Tone = "ink2"


@dataclass(frozen=True, kw_only=True)
class ShareView:
    """大厅已有 `id` is another one when the fields are to be filled afresh."""

    id: str = ""
    title: str = ""
    rows: tuple[HeldRow, ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    asks: bool = False
    """Whether it is asked who says yes."""
    giver: str = ""
    agent: str = ""
    next: NextStepView = NO_STEP

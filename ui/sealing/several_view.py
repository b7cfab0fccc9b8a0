"""几件一起所见 what the panes of paper stamping and of the batch show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.widgets.strip import StripView

BatchPhase = Literal["making", "reading", "sealing", "done"]


@dataclass(frozen=True, kw_only=True)
class PressView:
    """登记盖章 who pressed the seal how often and when, for the case on the table or for all that are marked.

    `case` is its identity: while it stays, what was typed stays. `together` marked cases are registered by one press.
    """

    case: str = ""
    head: str = ""
    note: str = ""
    what: tuple[tuple[str, str], ...] = ()
    keepers: tuple[tuple[str, str], ...] = ()
    copies: int = 1
    now: str = ""
    """10:42: what stands in the field of the time until something else is typed."""
    together: int = 0
    act: str = tr("已盖章")
    reason: str = ""
    finding: str = ""
    """Where the time or the copies were refused."""
    finding_at: Literal["", "copies", "time"] = ""
    other: str = ""
    other_reason: str = ""
    busy: bool = False
    strip: StripView | None = None
    results: tuple[tuple[str, str, str], ...] = ()
    """没登记的 case, whose, and why."""


@dataclass(frozen=True, kw_only=True)
class BatchView:
    """批量授权 read one after another, some put aside, then sealed together.

    `count` is the line 看过 12 / 20·抽出 2. `tries` grows with every PIN that was judged: then the fields are emptied.
    """

    phase: BatchPhase = "making"
    head: str = ""
    note: str = ""
    count: str = ""
    what: tuple[tuple[str, str], ...] = ()
    out: tuple[tuple[str, str, str], ...] = ()
    """没排进来的、没盖成的: case, whose, and why."""
    out_title: str = ""
    done: int = 0
    total: int = 0
    asking: bool = False
    """停在这里? is asked while the others go on."""
    stopping: bool = False
    aside: bool = False
    """The page in front is put aside: the key takes it in again."""
    pin_label: str = "PIN"
    pin_note: str = ""
    pin_finding: str = ""
    seal_pin_label: str = ""
    seal_pin_note: str = ""
    seal_pin_finding: str = ""
    tries: int = 0
    act: str = ""
    reason: str = ""
    strip: StripView | None = None
    foot_note: str = ""

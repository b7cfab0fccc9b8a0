"""设置页所见 what the views of 设置 show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.row_model import Tone

AGAIN, SAVE, BACK_UP, GO_BACK = "again", "save", "back_up", "go_back"
NO_BAR = NextStepView("")


@dataclass(frozen=True)
class CheckRow:
    """体检一行 lamp and word say the same; the remedy stands under what was found."""

    name: str
    lamp: LampKind
    word: str
    said: str
    remedy: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class CheckupView:
    """体检 rows with the worst on top; the bar says how far it is, or what came of it."""

    note: str = ""
    rows: tuple[CheckRow, ...] = ()
    bar: NextStepView = NO_BAR


@dataclass(frozen=True, kw_only=True)
class LogView:
    """日志 lines, newest first; `empty` says why there are none."""

    note: str = ""
    lines: tuple[str, ...] = ()
    empty: str = ""
    bar: NextStepView = NO_BAR


@dataclass(frozen=True, kw_only=True)
class MachineView:
    """这台机器 groups of (label, words)."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class BackupView:
    """备份、更新 groups of (label, words), and what is to do."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    bar: NextStepView = NO_BAR

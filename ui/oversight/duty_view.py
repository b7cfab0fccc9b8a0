"""待办所见 what the duty manager's page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(
    tr("没有待办"), tr("两个说法、要收回的纸、断了的机器、没归还的占用，有了都列在这里。"), icon="check", tone="ok"
)


@dataclass(frozen=True, kw_only=True)
class TaskRowView:
    """一件待办 what kind, at which window, since when; open ones stand first, the oldest on top."""

    id: str
    kind: str
    words: str
    window: str
    age: str
    lamp: LampKind = "unknown"


@dataclass(frozen=True, kw_only=True)
class AskView:
    """要填的 one line to be typed before the step: a reason, or a PIN (`secret`)."""

    label: str
    placeholder: str = ""
    secret: bool = False
    value: str = ""
    """What stands in the line at first."""


@dataclass(frozen=True, kw_only=True)
class TaskDetail:
    """待办细目 the task in whole sentences, its facts, what must be typed, and what can be done."""

    id: str
    title: str
    words: str
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    asks: tuple[AskView, ...] = ()
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class DutyView:
    """待办页 tasks and the chosen one."""

    title: str = tr("待办 0 件")
    rows: tuple[TaskRowView, ...] = ()
    detail: TaskDetail | None = None
    empty: EmptyView = NOTHING

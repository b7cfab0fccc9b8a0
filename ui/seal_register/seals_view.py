"""印章所见 what the page of the seals shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import Act, NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(tr("没有您管的印章"), tr("本部门的、本窗口的印章列在这里；名单由管理员维护。"), icon="stamp")


@dataclass(frozen=True)
class Ask:
    """问一栏 a field: its label, what may be typed, whether it is hidden."""

    label: str
    placeholder: str = ""
    secret: bool = False
    filled: str = ""


@dataclass(frozen=True, kw_only=True)
class SealDetail:
    """印章细目 how it stands; while it is down what waits for it and what nothing earlier vouches for; the act under way."""

    id: str
    title: str
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    held_up_title: str = ""
    held_up: tuple[Row, ...] = ()
    uncovered_title: str = ""
    uncovered: tuple[Row, ...] = ()
    act: str = ""
    """The act somebody is about to do; empty while none is."""
    asks: tuple[Ask, ...] = ()
    acts: tuple[Act, ...] = ()
    """What else can be done with it, equal among themselves."""
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class SealsView:
    """印章页 all seals a person has to do with, and the chosen one."""

    title: str = tr("印章")
    note: str = ""
    rows: tuple[Row, ...] = ()
    detail: SealDetail | None = None
    empty: EmptyView = NOTHING

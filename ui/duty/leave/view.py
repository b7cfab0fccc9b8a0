"""请假所见 what the leave page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.duty.board.view import ChoiceView
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView
from ui.widgets.tag import TagKind

NOTHING = EmptyView(
    tr("没有请假，也没有等您批的"),
    tr("要离岗，按 Ctrl+N 报上去；等您批的、要您确认的，有了都列在这里。"),
    icon="check",
    tone="ok",
)


@dataclass(frozen=True, kw_only=True)
class LeaveRow:
    """一条 whose, when, and where it stands."""

    id: str
    who: str
    words: str
    state: str
    lamp: LampKind = "waiting"
    tag: TagKind = "plain"


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """一栏 to be typed; `text` is what it begins with."""

    name: str
    label: str
    text: str = ""
    placeholder: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class LeaveDetail:
    """细目 of the chosen row, or the form of a new request; `asked` is the question over the people to choose from."""

    id: str
    title: str
    words: str = ""
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    fields: tuple[FieldView, ...] = ()
    asked: str = ""
    choices: tuple[ChoiceView, ...] = ()
    chosen: tuple[str, ...] = ()
    bar: NextStepView | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveView:
    """请假与审批 rows and the chosen one."""

    title: str = tr("请假与审批")
    note: str = ""
    rows: tuple[LeaveRow, ...] = ()
    detail: LeaveDetail | None = None
    empty: EmptyView = NOTHING

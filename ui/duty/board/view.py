"""看板所见 what the cover board shows, as frozen values; places on the day's track are parts of it, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.widgets.next_step import NextStepView
from ui.widgets.tag import TagView

BarKind = Literal["a", "b", "waits", "gap", "closed"]
Side = Literal["", "a", "b", "third"]


@dataclass(frozen=True)
class BarView:
    """一段 from–to on the track; the first of `words` that fits is written in it."""

    kind: BarKind
    start: float
    end: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PostRowView:
    """一行 a post with its day, or (`zone`) the head of a zone; `acts` is who is bold."""

    id: str
    number: str = ""
    post: str = ""
    a: str = ""
    b: str = ""
    acts: Side = ""
    bars: tuple[BarView, ...] = ()
    todo: str = ""
    tag: TagView | None = None
    zone: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class DayChip:
    """一天的牌 a day of the strip: its date, the worst thing of it, all of it for the tooltip."""

    id: str
    title: str
    words: str = ""
    risky: bool = False
    tip: str = ""


@dataclass(frozen=True)
class ChoiceView:
    """能顶的一个人 pressed by its digit."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """动作条 the worst gap in one sentence and its one filled button; `choices` only where there is more than one."""

    bar: NextStepView
    risky: bool = False
    choices: tuple[ChoiceView, ...] = ()
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class BoardView:
    """看板 one day of the hall; `marks` are the hours on the track, `now` the ink line with its time."""

    title: str
    note: str = ""
    rows: tuple[PostRowView, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    now: tuple[float, str] | None = None
    days: tuple[DayChip, ...] = ()
    day: str = ""
    selected: str = ""
    action: ActionView

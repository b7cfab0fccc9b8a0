"""午间所见 what the noon roster page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.duty.board.view import DayChip
from ui.language import tr
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView
from ui.widgets.tag import TagView

NO_STEP = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class NoonRow:
    """一行 a post at noon: closed, or kept by its A角 or B角."""

    id: str
    zone: str
    number: str
    post: str
    a: str
    b: str
    keeper: TagView | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class NoonView:
    """午间排班 the weeks, and the chosen week's posts."""

    title: str = tr("午间排班")
    note: str = ""
    weeks: tuple[DayChip, ...] = ()
    week: str = ""
    rows: tuple[NoonRow, ...] = ()
    message: StripView | None = None
    bar: NextStepView = NO_STEP

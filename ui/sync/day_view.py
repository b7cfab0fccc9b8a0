"""日结所见 what the day-close page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.today.evening_view import EveningView
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(tr("今天还没有记录"), tr("本窗办了第一件事，这里就有一行。"), icon="clock")


@dataclass(frozen=True, kw_only=True)
class DayRowView:
    """一台机器的一天 count and head here and at the centre; `own` is this desk's, which stands first."""

    id: str
    window: str
    machine: str
    here: str
    here_head: str
    there: str
    there_head: str
    state: str
    lamp: LampKind
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class DayView:
    """日结页 one day, its machines, and the one step: 日结."""

    title: str = ""
    message: StripView | None = None
    rows: tuple[DayRowView, ...] = ()
    empty: EmptyView = NOTHING
    bar: NextStepView = NO_STEP
    earlier: str = ""
    later: str = ""
    """Why there is no earlier or later day; empty when there is one."""
    evening: EveningView | None = None
    """What agrees of the day and what does not; None while it is not known."""

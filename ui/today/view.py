"""开门前所见 what the morning page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NONE_DUE = EmptyView(tr("今天没有到期的"), tr("到期和超期的办件，每天开门前列在这里。"), icon="check", tone="ok")
NONE_WAITING = EmptyView(tr("没有等您的"), tr("您经办的、等您授权的，都列在这里。"), icon="check", tone="ok")


@dataclass(frozen=True, kw_only=True)
class MarkView:
    """一格 the thing, its lamp, and one sentence."""

    kind: str
    word: str
    said: str
    lamp: LampKind


@dataclass(frozen=True, kw_only=True)
class TroubleView:
    """还差的一样 what is not there, what to do about it, and the page where; `link` on the button, its key is its place."""

    head: str
    rest: str
    page: str
    link: str


@dataclass(frozen=True, kw_only=True)
class LineView:
    """办件一行 the applicant masked; `left` is 今天 or 超 2 天 in the lamp's tone."""

    id: str
    number: str
    applicant: str
    item: str
    state: str
    left: str
    lamp: LampKind


@dataclass(frozen=True, kw_only=True)
class BPostView:
    """我的B角岗 one post, its A角, and how many cases are open on it."""

    id: str
    name: str
    a: str
    cases: str
    lamp: LampKind


@dataclass(frozen=True, kw_only=True)
class TodayView:
    """开门前 marks, what is missing, the three lists, and the one step."""

    title: str = tr("开门前")
    marks: tuple[MarkView, ...] = ()
    troubles: tuple[TroubleView, ...] = ()
    message: StripView | None = None
    due_title: str = tr("今天到期")
    due: tuple[LineView, ...] = ()
    due_empty: EmptyView = NONE_DUE
    waiting_title: str = tr("等我的")
    waiting: tuple[LineView, ...] = ()
    waiting_empty: EmptyView = NONE_WAITING
    b_posts: tuple[BPostView, ...] = ()
    bar: NextStepView = NO_STEP

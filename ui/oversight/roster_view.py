"""变动台所见 what the page of roster changes shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.duty.roster_lines import What
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NOTHING = EmptyView(
    tr("没有人员和岗位的变动"), tr("管理员提一份，值班长或另一位管理员确认了才生效。"), icon="people", tone="ok"
)
NOT_YOURS = EmptyView(
    tr("人员和岗位的变动由管理员提"),
    tr("值班长或另一位管理员确认，监察员可以看。名单有变，您登录时就是新的。"),
    icon="lock",
)


@dataclass(frozen=True, kw_only=True)
class ChangeRowView:
    """一份变动 what it is about in a few words, the paper, who asked when, and where it stands."""

    id: str
    words: str
    paper: str
    when: str
    state: str
    lamp: LampKind = "waiting"


@dataclass(frozen=True, kw_only=True)
class LineRowView:
    """一行变动 before → after."""

    id: str
    about: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ChangeDetail:
    """变动细目 every line, and the one key to confirm; `reason_wanted` shows the field for dropping it."""

    id: str
    title: str
    note: str = ""
    lines: tuple[LineRowView, ...] = ()
    message: StripView | None = None
    reason_wanted: bool = False
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """要填的一栏 its name in code, its label, and what may stand in it."""

    name: str
    label: str
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """新的一份 the form of one line, and the lines so far."""

    what: What = "join"
    fields: tuple[AskedField, ...] = ()
    finding: str = ""
    cleared: int = 0
    """Grows when a line was taken: then the form begins anew."""
    lines: tuple[LineRowView, ...] = ()
    trouble: StripView | None = None
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class HandoutView:
    """首次密码 whose, and the word itself: shown once."""

    person: str
    name: str
    password: str


@dataclass(frozen=True, kw_only=True)
class RosterView:
    """变动台 the lists, and one of: the chosen one, a new one, or the first passwords to be handed out."""

    title: str = tr("人员与岗位变动")
    allowed: bool = True
    may_ask: bool = False
    rows: tuple[ChangeRowView, ...] = ()
    detail: ChangeDetail | None = None
    draft: DraftView | None = None
    handouts: tuple[HandoutView, ...] = ()
    empty: EmptyView = NOTHING

"""管理所见 what the pages of the hall's own office show, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clerk_app.cases.catalogue_lines import What
from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
NO_CHANGES = EmptyView(
    tr("目录没有变动"), tr("管理员提一份，值班长或另一位管理员确认，到日子生效。"), icon="folder", tone="ok"
)
NOT_YOURS = EmptyView(
    tr("目录的变动由管理员提"), tr("值班长或另一位管理员确认，监察员可以看。到日子各窗口自己换成新的。"), icon="lock"
)
NO_ITEMS = EmptyView(tr("这里看不到目录"), tr("管理员、值班长和监察员可以看。"), icon="lock")
NO_RECORD = EmptyView(tr("还没有变动记录"), tr("目录每变一次，谁提、谁确认、依据什么，都记在这里。"), icon="folder")


@dataclass(frozen=True, kw_only=True)
class ChangeRowView:
    """一份变动 what it is about, its paper, its day, and where it stands."""

    id: str
    words: str
    paper: str
    when: str
    state: str
    lamp: LampKind = "waiting"


@dataclass(frozen=True, kw_only=True)
class LineRowView:
    """改了的一栏 of which thing, which field, before → after."""

    id: str
    about: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ChangeDetail:
    """变动细目 every field, what its items lack, and the one key to confirm."""

    id: str
    title: str
    note: str = ""
    lines: tuple[LineRowView, ...] = ()
    message: StripView | None = None
    lacks: StripView | None = None
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
    """新的一份 the form of one line in its steps, and the lines so far.

    `given` is put into the fields when `filled` grows: a line was taken, or an item in force is to be changed.
    """

    what: What = "item"
    step: str = ""
    steps: tuple[tuple[str, str], ...] = ()
    fields: tuple[AskedField, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    filled: int = 0
    findings: tuple[str, ...] = ()
    lines: tuple[LineRowView, ...] = ()
    trouble: StripView | None = None
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class ChangesView:
    """目录变动 the lists, and one of: the chosen one, a new one."""

    title: str = tr("目录变动")
    allowed: bool = True
    may_ask: bool = False
    rows: tuple[ChangeRowView, ...] = ()
    detail: ChangeDetail | None = None
    draft: DraftView | None = None
    empty: EmptyView = NO_CHANGES


@dataclass(frozen=True, kw_only=True)
class ItemRowView:
    """一个事项 as the list of the catalogue has it."""

    id: str
    name: str
    note: str
    windows: str
    state: str
    lamp: LampKind = "done"


@dataclass(frozen=True, kw_only=True)
class PaperDetail:
    """一页细目 lines under a title, a message, and what can be done."""

    id: str
    title: str
    note: str = ""
    lines: tuple[str, ...] = ()
    message: StripView | None = None
    bar: NextStepView = NO_STEP
    file: str = ""
    """What its A4 is called."""
    as_paper: bool = False
    """The lines are those of the A4, in its language."""


@dataclass(frozen=True, kw_only=True)
class ListView:
    """一列 rows, and what the chosen one is."""

    title: str = ""
    rows: tuple[ItemRowView, ...] = ()
    detail: PaperDetail | None = None
    empty: EmptyView = NO_ITEMS

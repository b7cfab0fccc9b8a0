"""同步页所见 what the sync page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
ALL_SENT = EmptyView(tr("都送到了"), tr("本窗办的事中心都收了，这里没有等着的。"), icon="check", tone="ok")


@dataclass(frozen=True, kw_only=True)
class LineView:
    """线路 one sentence on the line; `done` of `total` while catching up; `retry` False hides the button.

    `goes` and `stops` say what still goes and what does not, `tell` what to say to the citizen; empty while all goes.
    """

    kind: LampKind = "ok"
    head: str = ""
    rest: str = ""
    done: int = 0
    total: int = 0
    retry: bool = False
    retry_reason: str = ""
    goes: str = ""
    stops: str = ""
    tell: str = ""
    copy: str = ""
    hold: str = ""
    """The words of the button that stops the sending, or lets it go on; empty hides it."""
    key_taken: bool = False
    """The next step's key belongs to the chosen row's own step now."""


CONNECTED = LineView(head=tr("线路已连接，办的事马上到中心。"))


@dataclass(frozen=True, kw_only=True)
class CommandRow:
    """一条 one act on its way: what in words, on what, how it stands; those that wait for a person stand first."""

    id: str
    what: str
    subject: str
    state: str
    time: str
    lamp: LampKind = "waiting"
    person: bool = False


@dataclass(frozen=True, kw_only=True)
class CommandDetail:
    """细目 the chosen act: its title, what the centre said in full, what was kept, what to do, and its facts.

    `before` are the other acts on the same case in order, `bar` what a person can do with it now.
    """

    id: str
    title: str
    subject: str = ""
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()
    line: tuple[tuple[LampKind, str], ...] = ()
    bar: NextStepView | None = None


Side = Literal["", "mine", "theirs"]


@dataclass(frozen=True, kw_only=True)
class Saying:
    """一个说法 one side's value, who said it, where and when."""

    value: str
    who: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldChoice:
    """一处两个说法 a field changed on both sides; `chosen` is empty until a person picks."""

    path: str
    label: str
    before: str
    mine: Saying
    theirs: Saying
    chosen: Side = ""


@dataclass(frozen=True, kw_only=True)
class ConflictView:
    """两个说法 every field that has two, what was merged by itself, and what paper already shows one of them."""

    id: str
    title: str
    subject: str
    lead: str
    choices: tuple[FieldChoice, ...]
    merged: str = ""
    paper: StripView | None = None
    bar: NextStepView = NO_STEP


@dataclass(frozen=True, kw_only=True)
class SummaryLine:
    """一行小结 a lamp, a sentence, a quiet remark."""

    lamp: LampKind
    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CutView:
    """断线小结 one page after a cut: what was sent, what is to settle, which papers must be told or taken back."""

    title: str
    lead: str
    sent: tuple[SummaryLine, ...] = ()
    settle: tuple[SummaryLine, ...] = ()
    papers: tuple[SummaryLine, ...] = ()
    bar: NextStepView | None = None


Shown = CommandDetail | ConflictView | CutView | None


CUT_ROW = "cut"
"""The id of the list's first row when a cut's summary is still to be read."""


@dataclass(frozen=True, kw_only=True)
class SyncView:
    """同步页 `heads` is 两边链头一致 10:59."""

    line: LineView = CONNECTED
    title: str = tr("等着的 0 条")
    note: str = ""
    rows: tuple[CommandRow, ...] = ()
    detail: Shown = None
    heads: str = ""
    empty: EmptyView = ALL_SENT

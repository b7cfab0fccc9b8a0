"""同步页所见 what the sync page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.strip import StripView

ALL_SENT = EmptyView("都送到了", "本窗办的事中心都收了，这里没有等着的。", icon="check", tone="ok")


@dataclass(frozen=True, kw_only=True)
class LineView:
    """线路 one sentence on the line; `done` of `total` while catching up; `retry` False hides the button."""

    kind: LampKind = "ok"
    head: str = ""
    rest: str = ""
    done: int = 0
    total: int = 0
    retry: bool = False
    retry_reason: str = ""


CONNECTED = LineView(head="线路已连接，办的事马上到中心。")


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
    """细目 the chosen act: its title, what the centre said in full, what was kept, what to do, and its facts."""

    id: str
    title: str
    subject: str = ""
    message: StripView | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SyncView:
    """同步页 `heads` is 两边链头一致 10:59."""

    line: LineView = CONNECTED
    title: str = "等着的 0 条"
    note: str = ""
    rows: tuple[CommandRow, ...] = ()
    detail: CommandDetail | None = None
    heads: str = ""
    empty: EmptyView = ALL_SENT

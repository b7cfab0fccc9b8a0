"""打印机页所见 what the printers page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.lamp import LampKind
from ui.widgets.next_step import NextStepView
from ui.widgets.strip import StripView

NO_PRINTERS = EmptyView(
    tr("这台机器没有设小票打印机"),
    tr("找管理员在 desk.toml 里写上 printer（一台）或 printers（几台），重开就有。"),
    icon="printer",
)
TEST, ROLL, FIND, STOP, LATER = "test_page", "roll", "find", "stop", "later"
NO_BAR = NextStepView("")


@dataclass(frozen=True, kw_only=True)
class PrinterRow:
    """打印机一行 its name, what it prints, how it is."""

    id: str
    name: str
    takes: str
    state: str
    lamp: LampKind = "ok"


@dataclass(frozen=True, kw_only=True)
class AskView:
    """测试页的一问 with equal answers (key, words)."""

    head: str
    text: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ListedView:
    """下面的表 known makes, or what was found about: (first, second, note) a line."""

    head: str
    rows: tuple[tuple[str, str, str], ...] = ()
    empty: str = ""


NOTHING_LISTED = ListedView(head="")


@dataclass(frozen=True, kw_only=True)
class PrinterDetail:
    """一台打印机 facts (label, words), what is asked of its test page, what may be done."""

    title: str
    facts: tuple[tuple[str, str], ...]
    message: StripView | None = None
    ask: AskView | None = None
    bar: NextStepView = NO_BAR


@dataclass(frozen=True, kw_only=True)
class PrintersView:
    """打印机页 the printers, the chosen one, and the table below."""

    title: str = tr("打印机")
    rows: tuple[PrinterRow, ...] = ()
    chosen: str = ""
    detail: PrinterDetail | None = None
    listed: ListedView = NOTHING_LISTED
    searching: bool = False
    empty: EmptyView = NO_PRINTERS

"""补录所见 what the two views show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.papers.view import ScanView
from ui.widgets.empty_card import EmptyView
from ui.widgets.form_view import FormView
from ui.widgets.row_model import Row

NOTHING_WAITS = EmptyView(
    tr("没有等核对的"), tr("扫备用件上的码，或写编号，照纸录；录好的列在这里等另一个人核对。"), icon="check", tone="ok"
)
CHOOSE = EmptyView(tr("扫备用件上的码"), tr("或写 BL 开头的编号。没用过的照纸录，录过的看扫描件核对。"), icon="search")
NO_KITS = EmptyView(
    tr("还没有印过备用件"), tr("停电、断网以前印好一套，一份一个号，号就是以后的办件编号。"), icon="printer"
)
CHOOSE_KIT = EmptyView(tr("选一套看去向"), tr("谁印的、发到哪个窗口、用了几份、还差几份，都在这里。"), icon="info")


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """录入与核对 what waits on the left, the sheet at hand, its scan (None: none to be shown)."""

    title: str = tr("等核对的")
    note: str = ""
    rows: tuple[Row, ...] = ()
    empty: EmptyView = NOTHING_WAITS
    chosen: str = ""
    finding: str = ""
    detail: FormView | None = None
    scan: ScanView | None = None


@dataclass(frozen=True, kw_only=True)
class KitsView:
    """备用件 the kits, and the one at hand or the form of a new one."""

    title: str = tr("备用件")
    note: str = ""
    rows: tuple[Row, ...] = ()
    empty: EmptyView = NO_KITS
    chosen: str = ""
    detail: FormView | None = None

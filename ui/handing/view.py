"""出件所见 what the handing-over window's four views show, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.widgets.empty_card import EmptyView
from ui.widgets.next_step import NextStepView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

NO_STEP = NextStepView("")
PAPER = tr("结果文书")
NOTHING_HERE = EmptyView(tr("架上没有结果"), tr("在“收进来”扫交来的文书，就列在这里。"), icon="check", tone="ok")
NOBODY = EmptyView(
    tr("扫回执，看是哪一件"), tr("回执、文书、运单上的码都认；没带的，写编号、证件号、姓名。"), icon="search"
)
NONE_SO = EmptyView(tr("没有这样的件"), tr("换“全部”看架上所有的。"), icon="check", tone="ok")
CHOOSE = EmptyView(tr("选一件看细目"), tr("放了几天、催过几次、怎么领，都写在这里。"), icon="info")
NO_TRANSFER = EmptyView(tr("这一次还没收"), tr("扫交来的文书上的码，一张一张收，收一张上一个架号。"), icon="receipt")
ALL_BROUGHT = EmptyView(tr("没有等交来的"), tr("盖了章、还没交来的件列在这里。"), icon="check", tone="ok")
NO_POST = EmptyView(
    tr("没有要寄的"), tr("选了邮寄的件收进架，就列在这里；寄出去的也在这里等签收。"), icon="check", tone="ok"
)
CHOOSE_POST = EmptyView(tr("选一件寄"), tr("地址、运单、签收、退回，都在这里办。"), icon="info")


@dataclass(frozen=True, kw_only=True)
class TakingView:
    """收进来 what came by this handover, what could not be taken, and what is still to be brought."""

    title: str = tr("这次交接")
    note: str = ""
    rows: tuple[Row, ...] = ()
    finding: str = ""
    giver_hint: str = ""
    giver_finding: str = ""
    shelf: str = ""
    message: StripView | None = None
    bar: NextStepView = NO_STEP
    reason_asked: bool = False
    awaited_title: str = tr("等交来")
    awaited: tuple[Row, ...] = ()

"""收费所见 what the paying window's page shows, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import tr
from ui.oversight.duty_view import TaskDetail
from ui.widgets.empty_card import EmptyView
from ui.widgets.row_model import Row
from ui.widgets.strip import StripView

NO_BILLS = EmptyView(
    tr("没有等着缴的"), tr("扫缴款通知上的码，或写单号。窗口开的缴款单几秒后列在这里。"), icon="check", tone="ok"
)
NO_MONEY = EmptyView(tr("今天还没有收款"), tr("收了款，各执收单位的数列在这里。"), icon="check", tone="ok")


@dataclass(frozen=True, kw_only=True)
class TillView:
    """收款 the bills, the chosen one with what can be done, and what could not be found."""

    title: str = tr("缴款单")
    note: str = ""
    rows: tuple[Row, ...] = ()
    chosen: str = ""
    detail: TaskDetail | None = None
    finding: str = ""


@dataclass(frozen=True, kw_only=True)
class MoneyDayView:
    """收费日结 what was booked by unit and means, and the close at hand."""

    title: str = tr("今天的钱")
    note: str = ""
    rows: tuple[Row, ...] = ()
    detail: TaskDetail | None = None
    message: StripView | None = None

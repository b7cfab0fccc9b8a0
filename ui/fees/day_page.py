"""收费日结 what was booked by unit and means, and the close at hand beside it: counted, signed, handed in at the bank."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.fees.view import NO_MONEY, MoneyDayView
from ui.language import tr
from ui.oversight.duty_page import TaskPane
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_model import Column
from ui.widgets.row_table import RowTable

COLUMNS = (
    Column(tr("执收单位")),
    Column(tr("怎么缴的"), 84, tone="ink2"),
    Column(tr("账上（元）"), 104, "right", bold=True),
)


class MoneyDayPage(ListAndDetail):
    """收费日结 `act(name, typed)`."""

    act = Signal(str, list)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("今天的钱"), RowTable(COLUMNS, row_height=44, marks=False), wide=470, narrow=400, parent=parent
        )
        self.setObjectName("moneyDayPage")
        self.setAccessibleName(tr("收费日结"))
        self.name_table("moneyTable", tr("今天的钱，上下键看"))
        self.detail = TaskPane(self)
        self.detail.setObjectName("moneyDayDetail")
        self.detail.setAccessibleName(tr("日结"))
        self.detail.act.connect(self.act)
        self.detail.bar.refused.connect(self.refused)
        self.stand_beside(self.detail)
        self.render(MoneyDayView())

    def render(self, view: MoneyDayView) -> None:  # type: ignore[override]
        """Show the day; what was typed stays while it is the same step."""
        self.show_list(view.title, view.rows, NO_MONEY, note=view.note)
        self.detail.render(view.detail)

"""收费 the views of one page: the till, and the day's close."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.fees.day_page import MoneyDayPage
from ui.fees.till_page import TillPage
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

TILL, MONEY_DAY = "till", "money_day"


class FeesHouse(ViewsHouse):
    """收费 with `till` and `day`, a presenter each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.till, self.day = TillPage(), MoneyDayPage()
        super().__init__(
            "feesHouse", tr("收费"), ((TILL, tr("收款"), self.till), (MONEY_DAY, tr("日结"), self.day)), parent
        )

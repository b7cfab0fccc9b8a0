"""收费 the views of one page: the till, and the day's close."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from ui.fees.day_page import MoneyDayPage
from ui.fees.till_page import TillPage
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

TILL, MONEY_DAY = "till", "money_day"


@dataclass(frozen=True)
class FeesViews:
    """收费的两页 made all at once, or one after the other by `fees_views`."""

    till: TillPage = field(default_factory=TillPage)
    day: MoneyDayPage = field(default_factory=MoneyDayPage)


def fees_views() -> Generator[None, None, FeesViews]:
    """A turn for the screen after each."""
    till = TillPage()
    yield
    day = MoneyDayPage()
    yield
    return FeesViews(till, day)


class FeesHouse(ViewsHouse):
    """收费 with `till` and `day`, a presenter each."""

    def __init__(self, made: FeesViews, parent: QWidget | None = None, *, at_once: bool = True) -> None:
        self.till, self.day = made.till, made.day
        views = ((TILL, tr("收款"), self.till), (MONEY_DAY, tr("日结"), self.day))
        super().__init__("feesHouse", tr("收费"), views, parent, at_once=at_once)

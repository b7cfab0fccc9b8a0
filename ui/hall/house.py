"""大厅 the views of one page: how it stands now, the order of each line, the figures of days, and what was done with one number."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from ui.hall.log_page import LogPage
from ui.hall.now_page import NowPage
from ui.hall.order_page import OrderPage
from ui.hall.stats_page import StatsPage
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

NOW, ORDER, STATS, LOG = "hall_now", "hall_order", "hall_stats", "hall_log"


@dataclass(frozen=True)
class HallViews:
    """大厅的几页 made all at once, or one after another by `hall_views`; `order` knows the hall's lines."""

    order: OrderPage
    now: NowPage = field(default_factory=NowPage)
    stats: StatsPage = field(default_factory=StatsPage)
    log: LogPage = field(default_factory=LogPage)


def hall_views(letters: tuple[str, ...]) -> Generator[None, None, HallViews]:
    """A turn for the screen after each."""
    order = OrderPage(letters)
    yield
    now = NowPage()
    yield
    stats = StatsPage()
    yield
    log = LogPage()
    yield
    return HallViews(order, now, stats, log)


class HallHouse(ViewsHouse):
    """大厅 with `now`, `order`, `stats` and `log`, a presenter each."""

    def __init__(self, made: HallViews, parent: QWidget | None = None, *, at_once: bool = True) -> None:
        self.now, self.order, self.stats, self.log = made.now, made.order, made.stats, made.log
        views = (
            (NOW, tr("现在"), self.now),
            (ORDER, tr("次序"), self.order),
            (STATS, tr("统计"), self.stats),
            (LOG, tr("叫号记录"), self.log),
        )
        super().__init__("hallHouse", tr("大厅"), views, parent, at_once=at_once)

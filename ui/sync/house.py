"""离线与同步 the two views of one page: what waits, and the day's proof."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.sync.day_page import DayPage
from ui.sync.page import SyncPage
from ui.widgets.views_house import ViewsHouse

WAITING, DAY = "waiting", "day"


class SyncHouse(ViewsHouse):
    """离线与同步 what waits, and the day close."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.waiting, self.day = SyncPage(), DayPage()
        views = ((WAITING, tr("等着的"), self.waiting), (DAY, tr("日结"), self.day))
        super().__init__("syncHouse", tr("离线与同步"), views, parent)

"""设置 the views of one page: how the machine is, what it is, what its program wrote down."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.settings.pages import CheckupPage, LogPage, MachinePage
from ui.widgets.views_house import ViewsHouse

CHECKUP, MACHINE, LOG = "checkup", "machine", "log"


class SettingsHouse(ViewsHouse):
    """设置 in its views."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.checkup, self.machine, self.log = CheckupPage(), MachinePage(), LogPage()
        views = (
            (CHECKUP, "体检", self.checkup),
            (MACHINE, "这台机器", self.machine),
            (LOG, "日志", self.log),
        )
        super().__init__("settingsHouse", "设置", views, parent)

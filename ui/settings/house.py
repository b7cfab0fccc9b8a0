"""设置 the views of one page: how the machine is, what it is, what its program wrote down, its backup."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.settings.pages import BackupPage, CheckupPage, LogPage, MachinePage
from ui.widgets.views_house import ViewsHouse

CHECKUP, MACHINE, LOG, BACKUP, UPDATE = "checkup", "machine", "log", "backup", "update"


class SettingsHouse(ViewsHouse):
    """设置 in its views."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.checkup, self.machine, self.log, self.backup = CheckupPage(), MachinePage(), LogPage(), BackupPage()
        self.update_page = BackupPage("updatePage", tr("更新"))
        views = (
            (CHECKUP, tr("体检"), self.checkup),
            (MACHINE, tr("这台机器"), self.machine),
            (LOG, tr("日志"), self.log),
            (BACKUP, tr("备份"), self.backup),
            (UPDATE, tr("更新"), self.update_page),
        )
        super().__init__("settingsHouse", tr("设置"), views, parent)

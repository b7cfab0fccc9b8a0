"""用印登记 the views of one page: the register's lines, and the seals themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.seal_register.book_page import BookPage
from ui.seal_register.seals_page import SealsPage
from ui.widgets.views_house import View, ViewsHouse

REGISTER, SEALS = "register", "seals"


class SealRegisterHouse(ViewsHouse):
    """用印登记 登记簿 and 印章; `more` are views that stand beside them (验章)."""

    def __init__(self, more: tuple[View, ...] = (), parent: QWidget | None = None) -> None:
        self.book, self.seals = BookPage(), SealsPage()
        views = ((REGISTER, tr("登记簿"), self.book), (SEALS, tr("印章"), self.seals), *more)
        super().__init__("sealRegisterHouse", tr("用印登记"), views, parent)

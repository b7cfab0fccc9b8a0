"""对外页 partners and messages as a list, the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.outward.telling import NOTHING
from ui.oversight.matter_page import MatterPage
from ui.oversight.matter_view import MatterView


class OutwardPage(MatterPage):
    """对外页 `act(name, typed)`, `row_chosen(id)`, `opened()` when somebody turns to it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("outwardPage", tr("对外"), tr("等了"), parent, what=tr("告诉谁、什么"), where=tr("条数"))
        self.render(MatterView(title=tr("对外"), age=tr("等了"), empty=NOTHING))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()

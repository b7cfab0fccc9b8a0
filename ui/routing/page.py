"""分办页 what is nobody's on top, then person by person; the chosen one beside it with what is asked to give it on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.oversight.matter_page import MatterPage
from ui.oversight.matter_view import MatterView
from ui.routing.telling import NOTHING


class RoutingPage(MatterPage):
    """分办页 `act(name, typed)`, `row_chosen(id)`, `opened()` when somebody turns to it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("routingPage", tr("分办"), tr("期限"), parent, what=tr("办件"))
        self.render(MatterView(title=tr("分办"), age=tr("期限"), empty=NOTHING))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()

"""电脑页 the hall's machines as a list, the chosen one or a form beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.machines.telling import NOTHING
from ui.oversight.matter_page import MatterPage
from ui.oversight.matter_view import MatterView


class MachinesPage(MatterPage):
    """电脑页 `act(name, typed)`, `new_wanted()`, `row_chosen(id)`, `opened()` when somebody turns to it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("machinesPage", tr("大厅的电脑"), tr("怎样"), parent, what=tr("电脑"))
        self.render(MatterView(title=tr("大厅的电脑"), age=tr("怎样"), empty=NOTHING))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()

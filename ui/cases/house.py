"""办件两层 the list, and the one case that was opened from it; Esc goes back to where the hand was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.cases.page import CasesPage
from ui.cases.whole.page import WholePage


class CasesHouse(QStackedWidget):
    """办件两层 `turned(whole)` when one of them comes to the front."""

    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("casesHouse")
        self.setAccessibleName("办件")
        self.list, self.whole = CasesPage(self), WholePage(self)
        self.addWidget(self.list)
        self.addWidget(self.whole)

    def view(self) -> str:
        """Which one is in front; F1 shows its keys."""
        return "whole" if self.currentWidget() is self.whole else "cases"

    @Slot()
    def show_list(self) -> None:
        """Back to the list."""
        self.setCurrentWidget(self.list)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(False)

    @Slot()
    def show_whole(self) -> None:
        """The opened case in front."""
        self.setCurrentWidget(self.whole)
        self.turned.emit(True)

"""办件两层 the list, and the one case that was opened from it; Esc goes back to where the hand was."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.cases.page import CasesPage
from ui.cases.whole.page import WholePage
from ui.language import tr
from ui.registration.result_page import ResultPage


class CasesHouse(QStackedWidget):
    """办件两层 `turned(whole)` when one of them comes to the front."""

    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("casesHouse")
        self.setAccessibleName(tr("办件"))
        self.list, self.whole, self.result = CasesPage(self), WholePage(self), ResultPage(self)
        for page in (self.list, self.whole, self.result):
            self.addWidget(page)

    def minimumSizeHint(self) -> QSize:
        """Only what is in front asks for room."""
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()

    def view(self) -> str:
        """Which one is in front; F1 shows its keys."""
        if self.currentWidget() is self.result:
            return "result"
        return "whole" if self.currentWidget() is self.whole else "cases"

    @Slot()
    def show_list(self) -> None:
        """Back to the list."""
        self.setCurrentWidget(self.list)
        self.updateGeometry()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(False)

    @Slot()
    def show_whole(self) -> None:
        """The opened case in front."""
        self.setCurrentWidget(self.whole)
        self.updateGeometry()
        self.turned.emit(True)

    @Slot()
    def show_result(self) -> None:
        """What became of a company's form, over the opened case."""
        self.setCurrentWidget(self.result)
        self.updateGeometry()
        self.turned.emit(True)

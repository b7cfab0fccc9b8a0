"""放纸的地方 a part of a page, and in its place the paper that was opened from it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget
from shiboken6 import isValid

from ui.language import tr
from ui.papers.pane import PaperPane
from ui.papers.view import PaperView


class PaperStage(QStackedWidget):
    """放纸的地方 `turned(open)` when a paper comes or goes; `gone()` when it leaves the screen: nothing of it stays behind a cover.

    Only what is in front asks for room.
    """

    turned = Signal(bool)
    gone = Signal()

    def __init__(self, under: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._under, self.pane = under, PaperPane(self)
        self._hand: QWidget | None = None
        self.addWidget(under)
        self.addWidget(self.pane)

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()

    def reading(self) -> bool:
        """Whether a paper lies in front."""
        return self.currentWidget() is self.pane

    def show_paper(self, view: PaperView, image: QImage | None) -> None:
        """The paper, or its next page."""
        self.pane.render(view, image)
        if not self.reading():
            self._hand = QApplication.focusWidget()
            self.setCurrentWidget(self.pane)
            self.updateGeometry()
            self.turned.emit(True)

    def put_away(self) -> None:
        """What was there before, the hand where it was."""
        if not self.reading():
            return
        hand, self._hand = self._hand, None
        held = self.pane.holds_hand()
        self.setCurrentWidget(self._under)
        self.updateGeometry()
        self.pane.scan.show_image(None)
        if held and hand is not None and isValid(hand) and hand.isVisible():
            hand.setFocus()
        self.turned.emit(False)

    def ask_place(self, name: str) -> str:
        """Where a paper is put that cannot be drawn; empty: nowhere."""
        return QFileDialog.getSaveFileName(self, tr("原件存到哪里"), name)[0]

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, the lock, another person: not a window that was only made small."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.gone.emit()

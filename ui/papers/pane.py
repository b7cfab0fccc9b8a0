"""打开的纸 one page of what was opened, as wide as there is room, with the way on under it; Esc puts it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.language import tr
from ui.papers.scan_pane import ScanPane
from ui.papers.view import PaperView, ScanView
from ui.widgets.cover_pane import CoverPane
from ui.widgets.next_step import NextStepBar


class PaperPane(CoverPane):
    """打开的纸 `act(name)` for the bar's acts, `turn_wanted(±1)` by keys, `left()` by Esc."""

    act = Signal(str)
    turn_wanted = Signal(int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("openPaper")
        self.setAccessibleName(tr("打开的原件"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scan, self.bar = ScanPane(self), NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self.bar.refused.connect(self.refused)
        self.scan.turn_wanted.connect(self.turn_wanted)
        self.scan.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scan)

    def render(self, view: PaperView, image: QImage | None) -> None:  # type: ignore[override]
        """This page, or why there is none; the hand goes to it, unless it is busy elsewhere on the page."""
        hand = self.holds_hand()
        self.scan.render(ScanView(title=view.title, note=view.note))
        self.scan.show_image(image)
        if image is None:
            self.scan.say(view.note)
        self.bar.render(view.bar)
        if self.isVisible() and hand:
            self.take_hand()

    def holds_hand(self) -> bool:
        """Whether the focus is in it."""
        hand = QApplication.focusWidget()
        return hand is not None and self.isAncestorOf(hand)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_hand()

    def take_hand(self) -> None:
        """On the page, which is read by keys; without one on the way on, or back."""
        buttons = self.bar.buttons()
        if not self.scan.take_hand() and buttons:
            (self.bar.filled() or buttons[-1]).setFocus()

"""原件在细目的地方 one page of what came, as wide as there is room, with the way on under it; Esc goes back to the details."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.back_entry.scan_pane import ScanPane
from ui.back_entry.view import ScanView
from ui.inbox.paper_view import PaperView
from ui.language import tr
from ui.widgets.cover_pane import CoverPane
from ui.widgets.next_step import NextStepBar


class PaperPane(CoverPane):
    """原件 `act(name)` for the bar's acts, `left()` by Esc."""

    act = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inboxPaper")
        self.setAccessibleName(tr("打开的原件"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scan, self.bar = ScanPane(self), NextStepBar(self)
        self.bar.chosen.connect(self.act)
        self.bar.refused.connect(self.refused)
        self.scan.add_foot(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scan)

    def render(self, view: PaperView, image: QImage | None) -> None:  # type: ignore[override]
        """This page, or why there is none."""
        self.scan.render(ScanView(title=view.title, note=view.note))
        self.scan.show_image(image)
        if image is None:
            self.scan.say(view.note)
        self.bar.render(view.bar)
        if self.isVisible():
            self.take_hand()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_hand()

    def take_hand(self) -> None:
        """On the page, which scrolls by keys; without one on the way on."""
        filled = self.bar.filled()
        if not self.scan.take_hand() and filled is not None:
            filled.setFocus()

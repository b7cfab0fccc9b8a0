"""页位 the room of a page on the shell: it fills what is left, and where a low window leaves too little it scrolls.

Its next-step bars stay in sight all the same (`page_foot`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ui.page_foot import PageFeet
from ui.widgets.focus import focus_first
from ui.widgets.next_step import NextStepBar

LEAST, SLACK, AIR = 120, 12, 8
"""A few pixels are found within a page: its lists give way before a bar beside it is worth its room."""


class PageRoom(QScrollArea):
    """页位 as wide as its page needs, never as tall: large text must not push the window off a small screen."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt would make it as tall as all its lists together.
        self.setWidgetResizable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        # Once a turn: while the page's own layout is at work it still says what it wanted before.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fit)
        self._feet = PageFeet(self)
        self.verticalScrollBar().valueChanged.connect(self._feet.hold)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        page = self.widget()
        return QSize(page.minimumSizeHint().width() if page is not None else 0, LEAST)

    def sizeHint(self) -> QSize:
        page = self.widget()
        return page.sizeHint() if page is not None else self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        page, room = self.widget(), self.maximumViewportSize()
        if page is None:
            return
        least = page.minimumSizeHint()
        if room.height() < least.height() <= room.height() + SLACK:
            least.setHeight(room.height())
        bar = self.verticalScrollBar().sizeHint().width() if least.height() > room.height() else 0
        page.resize(max(room.width() - bar, least.width()), max(room.height(), least.height()))
        if bar:
            self._feet.find(page)
        self._feet.hold()
        if self.hasFocus():
            self._give_hand(page)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt lays the hand here when the page in front has nothing to take it yet."""
        super().focusInEvent(event)
        page = self.widget()
        if page is not None:
            self._give_hand(page)

    @staticmethod
    def _give_hand(page: QWidget) -> None:
        steps = (bar.filled() for bar in page.findChildren(NextStepBar) if bar.isVisible())
        step = next((step for step in steps if step is not None), None)
        if step is not None:
            step.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            focus_first(page)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """What Tab comes to is seen whole: Qt scrolls it to the edge, where a bar may lie."""
        if not super().focusNextPrevChild(forward):
            return False
        hand, page = QApplication.focusWidget(), self.widget()
        if hand is not None and page is not None and page.isAncestorOf(hand):
            covered = self._feet.covered(hand)
            if covered:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + covered + AIR)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A page that is seen whole leaves its keys to whoever is above it."""
        if self.verticalScrollBar().maximum() == 0:
            event.ignore()
            return
        super().keyPressEvent(event)

"""浮在页上 a pane that lies over the top of a page while it is asked about: the page under it keeps its size and its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui import theme

GAP = 12


class OverPage(QObject):
    """浮在页上 follows the page's width; a pane taller than the page is cut to it. The hand goes back to where it was."""

    def __init__(self, page: QWidget, pane: QWidget) -> None:
        super().__init__(pane)
        self._page, self._pane = page, pane
        self._hand: QWidget | None = None
        pane.setParent(page)
        pane.hide()
        page.installEventFilter(self)
        pane.installEventFilter(self)

    def show(self) -> None:
        """In front, and as tall as it wants to be."""
        hand = QApplication.focusWidget()
        if hand is not None and not self._holds(hand):
            self._hand = hand
        self._place()
        self._pane.show()
        self._pane.raise_()
        self._place()

    def hide(self) -> None:
        """Gone; the page was never touched."""
        at, hand, self._hand = QApplication.focusWidget(), self._hand, None
        back = self._pane.isVisible() and at is not None and self._holds(at)
        self._pane.hide()
        if back:
            known = hand is not None and isValid(hand) and hand.isVisible()
            (hand if known and hand is not None else self._page).setFocus()

    def _holds(self, widget: QWidget) -> bool:
        return widget is self._pane or self._pane.isAncestorOf(widget)

    def _place(self) -> None:
        gap = theme.current().px(GAP)
        width, room = self._page.width() - 2 * gap, self._page.height() - 2 * gap
        self._pane.resize(width, self._pane.height())
        layout = self._pane.layout()
        if layout is not None:
            layout.activate()
        if self._pane.hasHeightForWidth():  # a line that would break in a narrower pane takes one row in this one
            tall = self._pane.heightForWidth(width)
        else:
            tall = max(self._pane.sizeHint().height(), self._pane.minimumSizeHint().height())
        self._pane.setGeometry(QRect(gap, gap, width, min(tall, room)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = (self._page, QEvent.Type.Resize), (self._pane, QEvent.Type.LayoutRequest)
        if (watched, event.type()) in moved and self._pane.isVisible():
            self._place()
        return super().eventFilter(watched, event)

"""焦点 where the hand is after a page or a view came to the front: on the first thing to do."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def tab_through(*controls: QWidget) -> None:
    """Tab meets these in this order, as they are read; where the hand begins is another matter.

    Called when the rest of the page stands: Qt moves nothing behind the end of its ring.
    """
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def focus_first(page: QWidget) -> None:
    """The first control of the page that takes Tab; whatever of the page has the focus keeps it."""
    now = QApplication.focusWidget()
    if now is not None and (now is page or page.isAncestorOf(now)):
        return
    # The ring goes through every widget of the window, thousands: it is left as soon as the page's own are through.
    widget, left = page.nextInFocusChain(), len(page.findChildren(QWidget))
    while left > 0 and widget is not None and widget is not page:
        if page.isAncestorOf(widget):
            left -= 1
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
        widget = widget.nextInFocusChain()

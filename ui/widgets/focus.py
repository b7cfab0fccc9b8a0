"""焦点 where the hand is after a page or a view came to the front: on the first thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_first(page: QWidget) -> None:
    """The first control of the page that takes Tab; whatever of the page has the focus keeps it."""
    now = QApplication.focusWidget()
    if now is not None and (now is page or page.isAncestorOf(now)):
        return
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return
        widget = widget.nextInFocusChain()

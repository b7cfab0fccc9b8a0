"""呼叫 which window calls for help and who sits there, big enough to be read from across the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import icons, theme
from ui.hall.view import AlarmView
from ui.language import tr
from ui.widgets.sign import Sign
from ui.widgets.text import Text

SIGN = 30


class AlarmCard(QFrame):
    """呼叫 one window; hidden while nobody rings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarmCard")
        self.setProperty("strip", "warn")
        self._sign = Sign(icons.Icon.WARN, SIGN)
        self._head = Text("", "title", strong=True, wrap=True)
        self._rest = Text("", "dense", tone="ink2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._head)
        words.addWidget(self._rest)
        row.addLayout(words, 1)
        self.hide()

    def render(self, view: AlarmView | None) -> None:  # type: ignore[override]
        """Show who rings, or nothing."""
        self.setVisible(view is not None)
        if view is None:
            return
        self._sign.show_icon(icons.Icon.WARN, "warn")
        self._head.say(view.head)
        self._rest.say(view.rest)
        self.setAccessibleName(tr("{head}，{rest}", head=view.head, rest=view.rest))
        self.setMinimumHeight(theme.current().px(64))

    def text(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._head.text()

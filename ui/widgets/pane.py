"""块 the pane: a surface card with a title line, a body and, if wanted, a bar at its foot."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.language import said
from ui.spoken import speak_as
from ui.widgets.one_line import OneLine
from ui.widgets.text import Text


class Pane(QFrame):
    """块 a card, radius 6, padding 16; add to `body`, put small things right of the title with `add_to_head`."""

    def __init__(
        self, title: str = "", note: str = "", *, padding: int = 16, inner: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("pane", "inner" if inner else True)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self._head_box = QWidget(self)
        self._head_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head = QHBoxLayout(self._head_box)
        self._head.setContentsMargins(16, 10, 16, 6)
        self._head.setSpacing(8)
        self._title = Text(title, "body", strong=True)
        self._note: Text = OneLine(note, "dense")  # it gives up its end before the window grows
        self._head.addWidget(self._title)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self._outer.addWidget(self._head_box)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, 4 if title else padding, padding, padding)
        self.body.setSpacing(8)
        self._outer.addLayout(self.body, 1)
        # A pane taller than its content leaves the room under it, never between head and body.
        self._outer.addStretch(0)
        self.set_title(title, note)

    def set_title(self, title: str, note: str = "") -> None:
        """The title in bold and the note beside it; both empty hides the head."""
        self._title.say(title)
        self._note.say(note)
        self._head_box.setVisible(bool(title or note))
        self.setProperty("titled", bool(title or note))
        if title:
            self.setAccessibleName(said(title))

    def add_to_head(self, widget: QWidget) -> None:
        """Something small at the right end of the title line; it shows the head."""
        self._head.addWidget(widget)
        self._head_box.setVisible(True)

    def add_foot(self, widget: QWidget) -> None:
        """A bar or list that reaches the pane's edges, under the body."""
        self._outer.addWidget(widget)


class ScrollBody(QScrollArea):
    """卷面 a body that scrolls while bars stay; add to `body`. `widest`: no line or field in it grows longer, however wide the window."""

    def __init__(self, parent: QWidget | None = None, *, widest: int = 0) -> None:
        super().__init__(parent)
        self._widest = widest
        speak_as(self, "pane")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        content = QWidget()
        content.setProperty("scrollbody", True)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._widest and (content := self.widget()) is not None:
            content.setMaximumWidth(theme.current().px(self._widest))
        super().resizeEvent(event)

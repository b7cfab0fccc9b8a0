"""空 the empty state: why nothing is here, and the one thing that can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.language import said
from ui.widgets.key_button import KeyButton
from ui.widgets.sign import Sign
from ui.widgets.text import Text


@dataclass(frozen=True)
class EmptyView:
    """空 the words of an empty place: what is so, what comes or was kept, and a quiet figure under them."""

    head: str
    rest: str = ""
    note: str = ""
    icon: str = "person"
    tone: str = "ink2"
    link: str = ""
    key: str = ""


class EmptyCard(QWidget):
    """空 icon, head, sentence and at most one button, in the middle of its place."""

    link_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyCard")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        self._sign = Sign("", 32)
        self._head = Text("", "body", strong=True, wrap=True)
        self._rest = Text("", "body", tone="ink2", wrap=True)
        self._note = Text("", "note", wrap=True)
        self._button = KeyButton("", bind=False, parent=self)
        self._button.setObjectName("emptyLink")
        self._button.chosen.connect(self.link_chosen)
        self._button.hide()
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(self._sign, 0, middle)
        for text in (self._head, self._rest, self._note):
            text.setAlignment(middle)
            column.addWidget(text)
        column.addSpacing(4)
        column.addWidget(self._button, 0, middle)
        column.addStretch(3)
        self._view: EmptyView | None = None

    def render(self, view: EmptyView) -> None:  # type: ignore[override]
        """Show these words."""
        if view == self._view:
            return
        self._view = view
        self._sign.show_icon(view.icon, view.tone)
        self._sign.setVisible(bool(view.icon))
        self._head.say(view.head)
        self._rest.say(view.rest)
        self._note.say(view.note)
        self._button.set_text(view.link)
        self._button.setVisible(bool(view.link))
        self.setAccessibleName("".join(said(part) for part in (view.head, view.rest, view.note)))

    def text(self) -> str:
        """What it says now."""
        return "" if self._view is None else f"{self._view.head}{self._view.rest}{self._view.note}"

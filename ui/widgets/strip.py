"""行内消息 the strip: what happened, what was kept, what to do; it stays until the fault is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.language import said
from ui.spoken import speak_as
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text, restyle

StripKind = Literal["warn", "red", "info", "ok"]


@dataclass(frozen=True)
class StripView:
    """行内消息 a strip as data: head in bold, the rest under it, one button."""

    head: str
    rest: str = ""
    kind: StripKind = "warn"
    icon: str = "warn"
    link: str = ""
    key: str = ""


class Strip(QFrame):
    """行内消息 an inline message with at most one button; the same fault replaces its words."""

    link_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("strip", "warn")
        self.setObjectName("strip")
        speak_as(self, "alert")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 12, 10)
        row.setSpacing(12)
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._head = Text("", "body", strong=True, wrap=True)
        self._rest = Text("", "dense", tone="ink2", wrap=True)
        words.addWidget(self._head)
        words.addWidget(self._rest)
        row.addLayout(words, 1)
        self._button = KeyButton("", bind=False, parent=self)
        self._button.setObjectName("stripLink")
        self._button.set_height(32)
        self._button.chosen.connect(self.link_chosen)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._view: StripView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, text: str, *, rest: str = "", kind: StripKind = "warn", icon: str = "", link: str = "") -> None:
        """Say it: `text` in bold, `rest` under it, `link` on the one button."""
        self.render(StripView(text, rest, kind, icon or ("info" if kind == "info" else "warn"), link))

    def render(self, view: StripView | None) -> None:  # type: ignore[override]
        """Show this message, or nothing."""
        if view is None:
            self.clear()
            return
        if view != self._view:
            self._view = view
            self._head.say(view.head)
            self._rest.say(view.rest)
            self._button.set_text(view.link)
            self._button.setVisible(bool(view.link))
            self.setProperty("strip", view.kind)
            self.setAccessibleName(f"{said(view.head)} {said(view.rest)}".strip())
            restyle(self)
            self._draw_sign()
        self.show()

    def clear(self) -> None:
        """The fault is gone."""
        self._view = None
        self.hide()

    def text(self) -> str:
        """What it says now, head and rest; empty when nothing."""
        return "" if self._view is None else f"{self._view.head}{self._view.rest}"

    def _draw_sign(self) -> None:
        if self._view is None:
            return
        look = theme.current()
        tone = look.colour({"info": "accent"}.get(self._view.kind, self._view.kind))
        self._sign.setPixmap(icons.pixmap(self._view.icon, look.px(18), tone, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_view"):
            self._draw_sign()

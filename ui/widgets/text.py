"""文字 text and hairlines: labels that take their look from the one sheet by a role."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.language import said

Role = Literal["note", "dense", "body", "section", "title", "question", "ticket", "long_ticket"]
Tone = Literal["", "ink", "ink2", "ink3", "accent", "ok", "warn", "red"]


LONGEST = 20


def restyle(widget: QWidget) -> None:
    """Let the sheet see a changed property."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def in_pieces(words: str) -> str:
    """Numbers longer than a narrow pane go on in the next line: Qt breaks none of them."""
    return " ".join(
        "\n".join(word[at : at + LONGEST] for at in range(0, len(word), LONGEST)) if word.isascii() else word
        for word in words.split(" ")
    )


class Text(QLabel):
    """文字 a label by role (size, face) and tone; plain text only, so that no name can be read as markup."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        *,
        tone: Tone = "",
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(said(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setProperty("strong", strong)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour's meaning."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def say(self, text: str) -> None:
        """Set the words; an empty text takes no room."""
        if (told := said(text)) != self.text():
            self.setText(told)
        self.setVisible(bool(text))


class Hair(QFrame):
    """细线 a hairline of one pixel, lying or standing."""

    def __init__(self, *, standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("hair", True)
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

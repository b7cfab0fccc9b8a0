"""文字 text and hairlines: labels that take their look from the one sheet by a role."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import theme
from ui.language import said

Role = Literal["note", "dense", "body", "section", "title", "question", "ticket", "long_ticket"]
Tone = Literal["", "ink", "ink2", "ink3", "accent", "ok", "warn", "red"]


LONGEST = 20
JOINER = "\u2060"
HELD, QUOTED = 3, 8
PAIRS = {"”": "“", "）": "（", "》": "《", "〕": "〔"}


def restyle(widget: QWidget) -> None:
    """Let the sheet see a changed property."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def in_pieces(words: str) -> str:
    """Numbers longer than a narrow pane go on in the next line, at a hyphen if they have one: Qt breaks none of them."""
    return " ".join("\n".join(_lines(word)) if word.isascii() else word for word in words.split(" "))


def _lines(word: str) -> list[str]:
    if len(word) <= LONGEST + 1:
        return [word]
    cut = word.rfind("-", LONGEST // 2, LONGEST) + 1 or LONGEST
    return [word[:cut], *_lines(word[cut:])]


def held_end(words: str) -> str:
    """不落单 the last three signs of a paragraph stay in one line, with the short quotation they end: no line of one sign."""
    return "\n".join(_held(part) for part in words.split("\n"))


def _held(words: str) -> str:
    left, start = HELD, len(words)
    while left and start:
        start -= 1
        left -= words[start].isalnum()
    for closing in words[start:]:
        opened = words.rfind(PAIRS.get(closing, closing), 0, start + 1)
        if closing in PAIRS and 0 <= start - opened <= QUOTED:
            start = opened
    tail = words[start:]
    return words[:start] + JOINER.join(tail) if start and any(map(_is_hanzi, tail)) else words


def _is_hanzi(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


class Text(QLabel):
    """文字 a label by role (size, face) and tone; plain text only, so that no name can be read as markup."""

    _plain = ""

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
            self.setText(said(text))

    def text(self) -> str:
        """The words, without what holds their end together."""
        return super().text().replace(JOINER, "")

    def setText(self, words: str) -> None:
        """Words that may go on in the next line do not leave one sign there; what can be copied stays as it is."""
        copied = bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)
        held = held_end(words) if self.wordWrap() and not copied else words
        super().setText(held)
        if self.accessibleName() == self._plain:  # a name somebody else gave it stays
            self._plain = words if held != words else ""
            self.setAccessibleName(self._plain)

    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        """What can be copied has no signs in it that nobody sees."""
        super().setTextInteractionFlags(flags)
        self.setText(self.text())

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


class FactName(Text):
    """项名 the small word before a fact; its line stands on the same foot as the fact's first."""

    def __init__(self, text: str, *, wrap: bool = False) -> None:
        super().__init__(text, "dense", tone="ink2", wrap=wrap)
        self._drop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._drop()

    def _drop(self) -> None:
        look = theme.current()
        fact, name = (QFontMetrics(look.font(role)).ascent() for role in ("body", "dense"))
        if self.contentsMargins().top() != fact - name:
            self.setContentsMargins(0, fact - name, 0, 0)


class Hair(QFrame):
    """细线 a hairline of one pixel, lying or standing."""

    def __init__(self, *, standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("hair", True)
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

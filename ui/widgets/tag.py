"""标签 the small tag: a word on its ground, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import said
from ui.spoken import speak_as
from ui.widgets import paint

TagKind = Literal["plain", "info", "ok", "warn", "must", "red"]
_TONES: dict[str, tuple[str, str, str]] = {
    "plain": ("sunken", "line", "ink2"),
    "info": ("asoft", "aline", "accent"),
    "ok": ("oksoft", "okline", "ok"),
    "warn": ("wsoft", "wline", "warn"),
    "must": ("must", "must", "on_must"),
    "red": ("rsoft", "rline", "red"),
}


@dataclass(frozen=True)
class TagView:
    """标签 a tag's word and kind, for cells and lists."""

    text: str
    kind: TagKind = "plain"


def tag_size(text: str) -> tuple[float, float]:
    """Width and height a tag takes."""
    look = theme.current()
    return round(paint.width_of(text, look.font("note"))) + 2 * look.px(6) + 2, float(look.px(22))


def paint_tag(painter: QPainter, x: float, middle: float, view: TagView, room: float = 10_000) -> float:
    """Paint a tag with its left edge at `x`, its end given up beyond `room`; answers its width."""
    look = theme.current()
    ground, edge, ink = _TONES[view.kind]
    width, height = tag_size(view.text)
    width = min(width, room)
    rect = QRectF(round(x), round(middle - height / 2), width, height)
    paint.box(painter, rect, 3, ground=look.colour(ground), edge=look.colour(edge))
    font = look.font("note", bold=view.kind == "must")
    text = paint.elided(view.text, font, width - 2 * look.px(4))
    paint.words(painter, rect, text, font, look.colour(ink), paint.CENTRE)
    return width


class Tag(QWidget):
    """标签 a tag as a widget; an empty text hides it."""

    def __init__(self, text: str = "", kind: TagKind = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, "words")
        self._view = TagView(text, kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said(text))
        self.setVisible(bool(text))

    def render_tag(self, text: str, kind: TagKind = "plain") -> None:
        """Show this word; hidden when empty."""
        self._view = TagView(text, kind)
        self.setAccessibleName(said(text))
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word on the tag."""
        return self._view.text

    def sizeHint(self) -> QSize:
        width, height = tag_size(self._view.text)
        return QSize(round(width), round(height))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.current().px(64)), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tag(painter, 0, self.height() / 2, self._view, self.width())

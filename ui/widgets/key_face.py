"""键面 how a button with its key looks in each of its states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from ui import icons, theme
from ui.language import said
from ui.widgets import paint

Kind = Literal["plain", "next", "quiet", "link"]
PADDING = {"plain": 15, "next": 15, "quiet": 8, "link": 4}
GAP = 10
SIGN = 24


@dataclass(frozen=True)
class Face:
    """键面 all that a button's picture depends on."""

    words: str
    key: str
    kind: Kind
    icon: str
    stacked: bool
    reason: str
    lit: bool = False
    focused: bool = False


def label_font(face: Face) -> QFont:
    """The font of the words."""
    return theme.current().font("body", bold=face.kind == "next" and not face.reason)


_widths: tuple[theme.Theme, dict[tuple[str, ...], float]] = (theme.current(), {})
_MOST = 4096


def line_width(face: Face) -> float:
    """How wide icon, words and cap are side by side; layouts ask for it over and over, so each is measured once a theme."""
    global _widths
    look = theme.current()
    if _widths[0] is not look or len(_widths[1]) > _MOST:
        _widths = (look, {})
    asked = (said(face.words), face.key, face.kind, face.icon, face.reason, str(face.stacked))
    known = _widths[1].get(asked)
    if known is None:
        known = _widths[1][asked] = _line_width(face)
    return known


def _line_width(face: Face) -> float:
    look = theme.current()
    width = paint.width_of(face.words, label_font(face)) + (look.px(SIGN) if face.icon else 0)
    if face.key and (not face.stacked or face.reason):
        width += look.px(GAP) + paint.cap_size(face.key)[0]
    return width


def width(face: Face) -> int:
    """The width a button asks for; never less than its words and its reason need."""
    look = theme.current()
    inner = line_width(face)
    if face.reason and face.kind != "link":
        inner = max(inner, paint.width_of(face.reason, look.font("note")))
    return round(inner) + 2 * look.px(PADDING[face.kind]) + 2


def paint_face(painter: QPainter, rect: QRectF, face: Face) -> None:
    """Paint the whole button."""
    _ground(painter, rect, face)
    if face.reason and face.kind != "link":
        _refusal(painter, rect, face)
    elif face.stacked:
        _stacked(painter, rect, face)
    else:
        _line(painter, rect, rect.center().y(), face)
    if face.focused:
        _focus(painter, rect, face)


def _ground(painter: QPainter, rect: QRectF, face: Face) -> None:
    look = theme.current()
    if face.kind == "link":
        return
    if face.reason:
        paint.box(painter, rect, 4, ground=look.colour("disabled_ground"), edge=look.colour("line"))
    elif face.kind == "next":
        paint.box(painter, rect, 4, ground=look.colour("pressed" if face.lit else "fill"))
    elif face.kind == "plain":
        paint.box(painter, rect, 4, ground=look.colour("hover" if face.lit else "surface"), edge=look.colour("edge"))
    elif face.lit:
        paint.box(painter, rect, 4, ground=look.colour("hover"))


def _line(painter: QPainter, rect: QRectF, middle: float, face: Face) -> None:
    look = theme.current()
    font = label_font(face)
    label = paint.width_of(face.words, font)
    x = rect.left() + (rect.width() - line_width(face)) / 2
    tone = _tone(face)
    if face.icon:
        side = look.px(18)
        icons.draw(painter, face.icon, QRectF(round(x), round(middle - side / 2), side, side), tone)
        x += look.px(SIGN)
    paint.words(painter, QRectF(x, middle - look.px(14), label + 2, look.px(28)), face.words, font, tone)
    if face.kind == "link" and face.lit and not face.reason:
        painter.fillRect(QRectF(round(x), round(middle + look.px(9)), round(label), 1), tone)
    if face.key:
        ink, edge = _cap_tones(face)
        paint.key_cap(painter, x + label + look.px(GAP), middle, face.key, ink=ink, edge=edge)


def _stacked(painter: QPainter, rect: QRectF, face: Face) -> None:
    look = theme.current()
    half = rect.height() / 2
    top = QRectF(rect.left(), rect.top() + look.px(4), rect.width(), half)
    paint.words(painter, top, face.words, label_font(face), _tone(face), paint.CENTRE)
    low = QRectF(rect.left(), rect.top() + half - look.px(1), rect.width(), half - look.px(4))
    paint.words(painter, low, face.key, look.font("note"), look.colour("ink3"), paint.CENTRE)


def _refusal(painter: QPainter, rect: QRectF, face: Face) -> None:
    look = theme.current()
    _line(painter, rect, round(rect.top() + rect.height() * 0.3), face)
    low = QRectF(rect.left(), rect.top() + rect.height() * 0.52, rect.width(), rect.height() * 0.42)
    font = look.font("note")
    text = paint.elided(face.reason, font, rect.width() - 12)
    paint.words(painter, low, text, font, look.colour("ink2"), paint.CENTRE)


def _focus(painter: QPainter, rect: QRectF, face: Face) -> None:
    look = theme.current()
    if face.kind == "next" and not face.reason:
        paint.box(painter, rect.adjusted(2, 2, -2, -2), 3, edge=look.colour("on_fill"), width=2)
    else:
        paint.box(painter, rect, 4, edge=look.colour("accent"), width=2)


def _tone(face: Face) -> QColor:
    look = theme.current()
    if face.reason:
        return look.colour("disabled")
    if face.kind == "next":
        return look.colour("on_fill")
    return look.colour("accent" if face.kind in ("quiet", "link") else "ink")


def _cap_tones(face: Face) -> tuple[QColor, QColor]:
    look = theme.current()
    if face.reason:
        return look.colour("disabled"), look.colour("line")
    if face.kind == "next":
        edge = look.colour("on_fill")
        edge.setAlphaF(0.6)
        return look.colour("on_fill"), edge
    # A quiet button may stand on the rail, where ink3 is too pale.
    return look.colour("ink2" if face.kind == "quiet" else "ink3"), look.colour("line")

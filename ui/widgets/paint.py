"""画法 the few strokes every widget of ours is painted with."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui import theme
from ui.language import said

ELLIPSIS = "…"
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    *,
    ground: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box whose edge lies wholly inside `rect`, on whole pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge is not None else 0.0
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset / 2, radius - inset / 2)


def words(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor, flags: Qt.AlignmentFlag = LEFT
) -> None:
    """One line of text."""
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), said(text))


def width_of(text: str, font: QFont) -> float:
    """How wide a line is drawn."""
    return QFontMetricsF(font).horizontalAdvance(said(text))


def elided(text: str, font: QFont, width: float) -> str:
    """The text; where it does not fit a name gives up its end, a number its middle, and never its last digits."""
    metrics, text = QFontMetricsF(font), said(text)
    if metrics.horizontalAdvance(text) <= width:
        return text
    head, dash, tail = text.rpartition("-")
    if dash and tail.isdigit():
        kept = dash + tail
        room = width - metrics.horizontalAdvance(kept)
        if room >= metrics.horizontalAdvance(ELLIPSIS):
            return metrics.elidedText(head, Qt.TextElideMode.ElideRight, room) + kept
    numbered = any(sign.isdigit() for sign in text) and (text[-1:].isdigit() or text.endswith("号"))
    mode = Qt.TextElideMode.ElideMiddle if numbered else Qt.TextElideMode.ElideRight
    return metrics.elidedText(text, mode, width)


_CAPS = {"Ctrl++": "Ctrl +", "Ctrl+-": "Ctrl -", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def shown_key(key: str) -> str:
    """A key as its cap prints it: arrows as arrows, Ctrl and + apart."""
    if key in _CAPS:
        return _CAPS[key]
    *held, last = key.split("+")
    return "+".join([*held, _CAPS.get(last, last)])


def cap_size(key: str) -> tuple[float, float]:
    """Width and height of a key's cap."""
    look = theme.current()
    return width_of(shown_key(key), look.font("note")) + look.px(10), float(look.px(20))


def key_cap(
    painter: QPainter, x: float, middle: float, key: str, *, ink: QColor, edge: QColor, ground: QColor | None = None
) -> float:
    """Paint a key's cap with its left edge at `x`; answers its width."""
    width, height = cap_size(key)
    rect = QRectF(round(x), round(middle - height / 2), round(width), height)
    box(painter, rect, 4, ground=ground, edge=edge)
    words(painter, rect, shown_key(key), theme.current().font("note"), ink, CENTRE)
    return rect.width()


def lamp(painter: QPainter, centre: QPointF, kind: str, size: float) -> None:
    """The lamp's shape: its kind is read without its colour (desk.md §3)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone = theme.current().colour(LAMP_TONES.get(kind, "ink2"))
    _SHAPES.get(kind, _ring)(painter, centre, size / 2, tone)
    painter.restore()


LAMP_TONES = {
    "ok": "ok",
    "done": "ok",
    "soon": "warn",
    "busy": "warn",
    "cut": "warn",
    "unknown": "warn",
    "overdue": "red",
    "paused": "ink2",
    "waiting": "ink2",
}


def _disc(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    painter.drawEllipse(centre, radius * 0.82, radius * 0.82)


def _ring(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(QPen(tone, radius * 0.26))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius * 0.76, radius * 0.76)


def _half(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(QPen(tone, radius * 0.28))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius * 0.86, radius * 0.86)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    side = radius * 0.86
    painter.drawPie(QRectF(centre.x() - side, centre.y() - side, 2 * side, 2 * side), 90 * 16, 180 * 16)


def _cut(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(QPen(tone, radius * 0.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius * 0.86, radius * 0.86)
    reach = radius * 0.6
    painter.drawLine(QPointF(centre.x() - reach, centre.y() + reach), QPointF(centre.x() + reach, centre.y() - reach))


def _triangle(centre: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath(QPointF(centre.x(), centre.y() - radius))
    path.lineTo(centre.x() + radius * 1.1, centre.y() + radius * 0.86)
    path.lineTo(centre.x() - radius * 1.1, centre.y() + radius * 0.86)
    path.closeSubpath()
    return path


def _overdue(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(QPen(tone, 1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(tone)
    painter.drawPath(_triangle(centre, radius * 0.95))


def _unknown(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    pen = QPen(tone, radius * 0.24, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_triangle(centre, radius))
    painter.drawLine(QPointF(centre.x(), centre.y() - radius * 0.28), QPointF(centre.x(), centre.y() + radius * 0.22))
    painter.drawPoint(QPointF(centre.x(), centre.y() + radius * 0.56))


def _paused(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    for side in (-0.62, 0.18):
        painter.drawRect(QRectF(centre.x() + side * radius, centre.y() - radius * 0.75, radius * 0.44, radius * 1.5))


def _done(painter: QPainter, centre: QPointF, radius: float, tone: QColor) -> None:
    painter.setPen(QPen(tone, radius * 0.23, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    corner = QPointF(centre.x() - radius * 0.2, centre.y() + radius * 0.55)
    painter.drawLine(QPointF(centre.x() - radius * 0.75, centre.y() + radius * 0.02), corner)
    painter.drawLine(corner, QPointF(centre.x() + radius * 0.8, centre.y() - radius * 0.5))


_SHAPES = {
    "ok": _disc,
    "done": _done,
    "soon": _half,
    "busy": _half,
    "cut": _cut,
    "unknown": _unknown,
    "overdue": _overdue,
    "paused": _paused,
    "waiting": _ring,
}

"""印面 the face of a round seal, all outlines: ring, name on the arc, star, the line below it, number, a mark across."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import cos, pi, radians, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QTransform

from clerk_app.sealing.paper import SealFace
from printers.pages_fonts import PaperFonts

_ACROSS = 1000.0
INK = QColor("#d7111b")
MARK = QColor(215, 17, 27, 120)
# 「江州市市场监督管理局行政审批专用章(2)」: the office goes round the ring, what the seal is for stands under the star,
# and the number of one of several at the bottom.
_PARTS = re.compile(
    r"(?:(?P<office>.{3,}[局委会厅办府院部心])(?P<use>[^局委会厅办府院部心]{2,8}专用章)|(?P<whole>.+?))(?P<number>[(（]\w+[)）])?"
)


@dataclass(frozen=True)
class _Ring:
    """环文 how a text of so many characters lies on its arc: all in shares of the diameter, angles in degrees."""

    height: float
    width: float
    radius: float
    pitch: float

    @classmethod
    def fit(cls, count: int) -> _Ring:
        height = 0.155 - 0.0045 * min(max(count - 12, 0), 12)
        inner = 0.5 - 0.027 - 0.024 - height
        # Few characters stand a character apart; many share 280°, and never meet at their feet.
        pitch = min(26.0, 236 / max(count - 1, 1)) if count <= 12 else 280 / (count - 1)
        return cls(height, min(0.8 * height, 0.95 * inner * radians(pitch)), inner, pitch)


def seal_paths(face: SealFace, fonts: PaperFonts) -> tuple[QPainterPath, QPainterPath]:
    """What is printed in ink and what is laid across, in mm around (0, 0).

    Drawn a thousand wide first: Qt flattens and joins curves with tolerances of whole units.
    """
    office, use, number = _parts(face)
    ink = _circle()
    ink.addPath(_arc(fonts.outlines(office)))
    mark = QPainterPath()
    if face.mark:
        height = 0.21 if len(face.mark) <= 2 else min(0.21, 0.74 / len(face.mark))
        row = _row(fonts.outlines(face.mark), middle=0.0, height=height, room=0.66, spread=1.7)
        mark = QTransform().rotate(-24).map(row)
    if face.star:
        ink.addPath(_star(-0.012 if use else 0.0).subtracted(_around(mark)))
    if use:
        ink.addPath(_row(fonts.outlines(use), middle=0.238 if face.star else 0.05, height=0.082, room=0.56))
    if number:
        ink.addPath(_row(fonts.outlines(number), middle=0.345, height=0.062, room=0.3))
    scale = QTransform.fromScale(face.diameter / _ACROSS, face.diameter / _ACROSS)
    return scale.map(ink), scale.map(mark)


def _parts(face: SealFace) -> tuple[str, str, str]:
    """What goes round the ring, what stands below the star, and the number."""
    found = _PARTS.fullmatch(face.name)
    if found is None:
        return face.name, "", face.number
    return found["office"] or found["whole"], found["use"] or "", face.number or found["number"] or ""


def draw_seal(painter: QPainter, face: SealFace, fonts: PaperFonts) -> None:
    """Draw it around the painter's origin, which counts in mm."""
    ink, mark = seal_paths(face, fonts)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(ink, INK)
    painter.fillPath(mark, MARK)


def _circle() -> QPainterPath:
    ring, hole = QPainterPath(), QPainterPath()
    ring.setFillRule(Qt.FillRule.WindingFill)
    ring.addEllipse(QPointF(0, 0), 0.5 * _ACROSS, 0.5 * _ACROSS)
    hole.addEllipse(QPointF(0, 0), 0.473 * _ACROSS, 0.473 * _ACROSS)
    # Wound the other way round, the hole stays open under the winding rule that overlapping strokes of glyphs need.
    ring.addPath(hole.toReversed())
    return ring


def _arc(shapes: list[QPainterPath]) -> QPainterPath:
    """Characters upright on the ring, feet to the middle, the text's middle on top."""
    ring = _Ring.fit(len(shapes))
    path = QPainterPath()
    first = -ring.pitch * (len(shapes) - 1) / 2
    for index, shape in enumerate(shapes):
        turned = QTransform.fromScale(_ACROSS, _ACROSS).rotate(first + index * ring.pitch)
        place = turned.translate(-ring.width / 2, -ring.radius - ring.height)
        path.addPath(place.scale(ring.width, ring.height).map(shape))
    return path


def _star(middle: float) -> QPainterPath:
    """Five points, 14 mm from tip to tip on a seal of 45 mm."""
    outer = 0.164
    inner = outer * sin(pi / 10) / sin(7 * pi / 10)
    path = QPainterPath()
    for index in range(10):
        radius, angle = (inner if index % 2 else outer), index * pi / 5
        point = QPointF(radius * sin(angle), middle - radius * cos(angle)) * _ACROSS
        path.lineTo(point) if index else path.moveTo(point)
    path.closeSubpath()
    return path


def _around(mark: QPainterPath) -> QPainterPath:
    """The mark and a seam of paper round it: ink is multiplied onto the page, so nothing can be laid over it in white."""
    seam = QPainterPathStroker()
    seam.setWidth(0.022 * _ACROSS)
    return seam.createStroke(mark).united(mark) if not mark.isEmpty() else mark


def _row(shapes: list[QPainterPath], *, middle: float, height: float, room: float, spread: float = 1.0) -> QPainterPath:
    """Characters side by side, narrowed where the room is short."""
    pitch = room / len(shapes)
    width = min(height * 0.92, pitch)
    # A mark of two stands apart, so that the star shows between; a long row is narrowed to touch.
    pitch = min(pitch, width * spread)
    path = QPainterPath()
    for index, shape in enumerate(shapes):
        corner = QPointF((index - (len(shapes) - 1) / 2) * pitch - width / 2, middle - height / 2) * _ACROSS
        place = QTransform.fromTranslate(corner.x(), corner.y()).scale(_ACROSS, _ACROSS)
        path.addPath(place.scale(width, height).map(shape))
    return path

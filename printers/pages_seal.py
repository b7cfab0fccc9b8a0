"""印面 the face of a round seal as outlines: on a painter, or as the smallest PDF of its own size; drawn once for each face."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF, QTransform

from clerk_app.sealing.paper import SealFace
from printers.pages_fonts import PaperFonts
from printers.pages_seal_layout import NARROW, RING, STAR, Cell, seal_layout

INK = QColor("#d7111b")
_ACROSS = 1000.0
_KEPT = 64
_POINTS_A_MM = 72 / 25.4
_FINE = 100


class SealFaces:
    """印面册 every face asked for, drawn once; any thread may ask."""

    def __init__(self, fonts: PaperFonts) -> None:
        self._fonts = fonts
        self.shapes = lru_cache(_KEPT)(self._shapes)
        self.pdf = lru_cache(_KEPT)(self._pdf)

    def draw(self, painter: QPainter, face: SealFace, part: QRectF | None = None) -> None:
        """Around the painter's origin, which counts in mm; nothing that lies outside `part`."""
        for shape in self.shapes(face):
            if part is None or shape.boundingRect().intersects(part):
                painter.fillPath(shape, INK)

    def _shapes(self, face: SealFace) -> tuple[QPainterPath, ...]:
        """What is printed in ink, in mm around (0, 0): none lies over another, for ink is multiplied onto the page.

        Drawn a thousand wide first: Qt flattens and joins curves with tolerances of whole units.
        """
        layout = seal_layout(face)
        if missing := self._fonts.missing("".join(cell.char for cell in layout.cells)):
            raise ValueError(f"这台机器的字体里没有“{missing}”，印面没有画成。找管理员装上有这个字的字体再来。")
        shapes = [_circle(), *self._glyphs((*layout.name, *layout.line, *layout.number, *layout.code))]
        mark = self._glyphs(layout.mark)
        if layout.star is not None:
            star = _star(layout.star)
            for gap in layout.gaps:
                star = star.subtracted(_box(gap))
            shapes.append(star)
        scale = QTransform.fromScale(face.diameter / _ACROSS, face.diameter / _ACROSS)
        made = tuple(scale.map(shape) for shape in (*shapes, *mark))
        for shape in made:
            shape.boundingRect()  # Qt keeps it at the first call: not in two threads at once
        return made

    def _glyphs(self, cells: Iterable[Cell]) -> list[QPainterPath]:
        cells = tuple(cells)
        outlines = self._fonts.outlines("".join(cell.char for cell in cells))
        return [_placed(outline, cell) for outline, cell in zip(outlines, cells, strict=True)]

    def _pdf(self, face: SealFace) -> bytes:
        size = face.diameter * _POINTS_A_MM
        place = QTransform.fromScale(_FINE * _POINTS_A_MM, -_FINE * _POINTS_A_MM)
        place *= QTransform.fromTranslate(_FINE * size / 2, _FINE * size / 2)
        words = [f"{1 / _FINE:g} 0 0 {1 / _FINE:g} 0 0 cm {INK.redF():.3f} {INK.greenF():.3f} {INK.blueF():.3f} rg"]
        words += [_operators(place.map(shape)) for shape in self.shapes(face)]
        return _one_page(size, "\n".join(words).encode())


def _placed(outline: QPainterPath, cell: Cell) -> QPainterPath:
    """A narrow character's box is the middle of its em, and a bracket hangs below it."""
    place = QTransform.fromScale(_ACROSS, _ACROSS).translate(cell.x, cell.y).rotate(cell.turn)
    if cell.char.isascii():
        return place.scale(cell.width / NARROW, 0.95 * cell.height).translate(-0.5, -0.57).map(outline)
    return place.scale(cell.width, cell.height).translate(-0.5, -0.5).map(outline)


def _circle() -> QPainterPath:
    ring, hole = QPainterPath(), QPainterPath()
    ring.setFillRule(Qt.FillRule.WindingFill)
    ring.addEllipse(QPointF(0, 0), 0.5 * _ACROSS, 0.5 * _ACROSS)
    hole.addEllipse(QPointF(0, 0), (0.5 - RING) * _ACROSS, (0.5 - RING) * _ACROSS)
    # Wound the other way round, the hole stays open under the winding rule that overlapping strokes of glyphs need.
    ring.addPath(hole.toReversed())
    return ring


def _star(middle: float) -> QPainterPath:
    inner = STAR * sin(pi / 10) / sin(7 * pi / 10)
    path = QPainterPath()
    for index in range(10):
        radius, angle = (inner if index % 2 else STAR), index * pi / 5
        point = QPointF(radius * sin(angle), middle - radius * cos(angle)) * _ACROSS
        path.lineTo(point) if index else path.moveTo(point)
    path.closeSubpath()
    return path


def _box(cell: Cell) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) * _ACROSS for x, y in cell.corners()]))
    path.closeSubpath()
    return path


def _operators(path: QPainterPath) -> str:
    """As PDF has it: whole numbers of a hundredth of a point."""
    words, bend = [], []
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        at = f"{round(element.x)} {round(element.y)}"
        match element.type:
            case QPainterPath.ElementType.MoveToElement:
                words.append(f"{at} m")
            case QPainterPath.ElementType.LineToElement:
                words.append(f"{at} l")
            case _:
                bend.append(at)
        if len(bend) == 3:
            words.append(f"{' '.join(bend)} c")
            bend.clear()
    rule = "f" if path.fillRule() == Qt.FillRule.WindingFill else "f*"
    return " ".join([*words, rule])


def _one_page(size: float, drawn: bytes) -> bytes:
    """A PDF with nothing in it but the drawing."""
    packed = zlib.compress(drawn, 9)
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size:.4f} {size:.4f}]/Resources<<>>/Contents 4 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    pdf, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        pdf
        + head
        + table
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(pdf))
    )

"""骑缝章 slices of one seal down the right edge of the pages: laid side by side they are the whole seal."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from clerk_app.sealing.paper import Seam
from printers.pages_fonts import units
from printers.pages_seal import SealFaces


@dataclass(frozen=True)
class Slice:
    """一条 which part of the seal a page bears, from the left, of how many equal ones."""

    index: int
    count: int


def slices(seam: Seam, pages: int) -> dict[int, Slice]:
    """By page from 1. Groups differ by one page at most, and no page is a group: it would bear a whole seal.

    Both sides printed, the odd pages lie on top and their right edges are the same edge of the paper.
    """
    bearing = range(1, pages + 1, 2 if seam.duplex else 1)
    if len(bearing) < 2:
        return {}
    groups = min(-(-len(bearing) // seam.group), len(bearing) // 2)
    least, more = divmod(len(bearing), groups)
    counts = [least + 1] * more + [least] * (groups - more)
    cut = (Slice(index, count) for count in counts for index in range(count))
    return dict(zip(bearing, cut, strict=True))


def draw_seam(
    painter: QPainter, faces: SealFaces, seam: Seam, page: tuple[int, int], size: tuple[float, float]
) -> None:
    """The slice of this page of so many, half way up, on paper of this width and height in mm; below the text, so it stays black."""
    number, pages = page
    cut = slices(seam, pages).get(number)
    if cut is None:
        return
    width, height = size
    across = seam.face.diameter / cut.count
    strip = QRectF(width - seam.inset - across, (height - seam.face.diameter) / 2, across, seam.face.diameter)
    painter.save()
    painter.scale(units(1), units(1))
    painter.setClipRect(strip)
    middle = strip.left() - cut.index * across + seam.face.diameter / 2, height / 2
    painter.translate(*middle)
    faces.draw(painter, seam.face, strip.translated(-middle[0], -middle[1]))
    painter.restore()

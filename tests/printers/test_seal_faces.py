"""印面: whatever is written on a seal, nothing touches another, nothing leaves the ring; the file is one colour and small."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from math import cos, hypot, radians, sin

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform
from PySide6.QtWidgets import QApplication

from clerk_app.sealing.paper import SealFace
from printers.pages import QtPageMaker
from printers.pages_fonts import PaperFonts
from printers.pages_seal import SealFaces
from printers.pages_seal_layout import RING, Cell, seal_layout

LONGEST = "江州市文化广播电视新闻出版体育旅游和民族宗教事务"
CODE = "1429900012345"
MARKS = ("", "演练", "测试章", "非法定电子印章")


@pytest.fixture(scope="module")
def faces(qapp: QApplication) -> SealFaces:
    return SealFaces(PaperFonts())


def office(count: int) -> str:
    return (LONGEST * 2)[: count - 1] + "局"


def all_faces(count: int) -> Iterator[SealFace]:
    for use, star, number, code, mark in product(
        ("行政审批专用章", ""), (True, False), ("", "(12)"), ("", CODE), MARKS
    ):
        yield SealFace(name=office(count) + use, star=star, number=number, code=code, mark=mark)


def apart(one: Cell, other: Cell) -> bool:
    """Two boxes touch nowhere if a line along one of their sides parts them."""
    for turn in (one.turn, one.turn + 90, other.turn, other.turn + 90):
        across, down = cos(radians(turn)), sin(radians(turn))
        spans = [[x * across + y * down for x, y in cell.corners()] for cell in (one, other)]
        if max(spans[0]) <= min(spans[1]) + 1e-9 or max(spans[1]) <= min(spans[0]) + 1e-9:
            return True
    return False


@pytest.mark.parametrize("count", [3, *range(6, 25), 32])
def test_no_box_touches_another_or_the_ring(count: int) -> None:
    for face in all_faces(count):
        cells = seal_layout(face).cells
        assert max(hypot(*corner) for cell in cells for corner in cell.corners()) < 0.5 - RING, face
        met = [(a.char, b.char) for a, b in combinations(cells, 2) if not apart(a, b)]
        assert met == [], face


@pytest.mark.parametrize("count", [6, 10, 16, 24])
def test_what_is_written_can_be_read_on_the_smallest_seal(count: int) -> None:
    """Millimetres at 40 mm: a character of a name is narrow, never thin."""
    for face in all_faces(count):
        layout = seal_layout(face)
        assert "".join(cell.char for cell in layout.name) == office(count)
        assert min(40 * cell.width for cell in layout.name) >= 2.6
        assert min(40 * cell.height for cell in layout.name) >= 4.0
        for row, least in ((layout.line, 2.3), (layout.mark, 2.2)):
            assert min((40 * cell.width for cell in row), default=least) >= least, face


@pytest.mark.parametrize("count", [6, 13, 24])
def test_ink_stays_in_its_box_and_the_star_out_of_all_boxes(faces: SealFaces, count: int) -> None:
    for face in all_faces(count):
        layout, (_, *shapes) = seal_layout(face), faces.shapes(face)
        inked = [shape for index, shape in enumerate(shapes) if not is_star(face, index)]
        for cell, shape in zip(layout.cells, inked, strict=True):
            assert overhang(cell, shape, face.diameter) < 0.03, (face, cell.char)
        if face.star:
            star = next(shape for index, shape in enumerate(shapes) if is_star(face, index))
            assert not star.isEmpty()
            boxes = [box(cell, face.diameter) for cell in layout.cells]
            assert [cell.char for cell, one in zip(layout.cells, boxes, strict=True) if star.intersects(one)] == []


def is_star(face: SealFace, index: int) -> bool:
    """The star is drawn after name, line, number and code, before the mark."""
    layout = seal_layout(face)
    return face.star and index == len(layout.cells) - len(layout.mark)


def box(cell: Cell, diameter: float) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) * diameter for x, y in cell.corners()]))
    path.closeSubpath()
    return path


def overhang(cell: Cell, shape: QPainterPath, diameter: float) -> float:
    """How far a glyph leaves its box, in shares of the box."""
    place = QTransform.fromScale(diameter, diameter).translate(cell.x, cell.y).rotate(cell.turn)
    back, whole = place.scale(cell.width, cell.height).inverted()
    assert whole
    ink = back.map(shape).boundingRect()
    return max(-ink.left(), ink.right(), -ink.top(), ink.bottom()) - 0.5


def test_the_star_is_hardly_hidden_by_a_mark(faces: SealFaces) -> None:
    def area(face: SealFace) -> float:
        shapes = faces.shapes(face)
        star = next(shape for index, shape in enumerate(shapes[1:]) if is_star(face, index))
        return sum(polygon_area(polygon) for polygon in star.toSubpathPolygons())

    plain = SealFace(name=office(10) + "行政审批专用章")
    assert area(replace(plain, mark="演练")) > 0.9 * area(plain)
    assert area(replace(plain, mark="非法定电子印章")) > 0.35 * area(plain)


def polygon_area(polygon: QPolygonF) -> float:
    points = polygon.toList()
    return abs(sum(a.x() * b.y() - b.x() * a.y() for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2


def test_a_seal_without_a_star_has_its_line_in_the_middle() -> None:
    layout = seal_layout(SealFace(name="江州市教育局行政审批专用章", diameter=40.0, star=False))
    assert {cell.y for cell in layout.line} == {0.0}
    assert layout.star is None


@pytest.mark.parametrize(
    ("name", "number", "ring", "line", "shown"),
    [
        ("江州市市场监督管理局行政审批专用章", "", "江州市市场监督管理局", "行政审批专用章", ""),
        ("江州市政务服务中心收件专用章(12)", "", "江州市政务服务中心", "收件专用章", "(12)"),
        ("江州市政务服务中心收件专用章（2）", "", "江州市政务服务中心", "收件专用章", "(2)"),
        ("江州市政务服务中心收件专用章(2)", "(3)", "江州市政务服务中心", "收件专用章", "(3)"),
        ("江州市不动产登记专用章", "1", "江州市不动产登记专用章", "", "(1)"),
    ],
)
def test_a_name_is_parted_as_seals_are_cut(name: str, number: str, ring: str, line: str, shown: str) -> None:
    layout = seal_layout(SealFace(name=name, number=number, code=CODE))
    written = ["".join(cell.char for cell in row) for row in (layout.name, layout.line, layout.number, layout.code)]
    assert written == [ring, line, shown, CODE]
    assert min(cell.y for cell in layout.code) > 0.3


def test_a_face_is_one_red_of_its_own_size_and_drawn_once(qapp: QApplication) -> None:
    maker = QtPageMaker()
    face = SealFace(name=office(24) + "行政审批专用章", diameter=42.0, code=CODE, number="(2)", mark="非法定电子印章")
    pdf = maker.face(face)
    assert maker.face(replace(face)) is pdf
    assert len(pdf) < 25_000
    size = 42 * 72 / 25.4
    assert f"/MediaBox[0 0 {size:.4f} {size:.4f}]".encode() in pdf
    packed = re.search(rb"FlateDecode>>stream\n(.*)\nendstream", pdf, re.DOTALL)
    assert packed is not None
    drawn = zlib.decompress(packed[1])
    assert re.findall(rb"[\d.]+ [\d.]+ [\d.]+ (?:rg|RG|g|G|k|K|sc|scn)\b", drawn) == [b"0.843 0.067 0.106 rg"]
    assert set(re.findall(rb"[A-Za-z*]+", drawn)) == {b"cm", b"rg", b"m", b"l", b"c", b"f", b"f*"}


def test_a_seal_with_a_character_nothing_can_draw_is_refused_by_name(faces: SealFaces) -> None:
    with pytest.raises(ValueError, match="\U000f1234”，印面没有画成"):
        faces.pdf(SealFace(name="江州市\U000f1234局"))

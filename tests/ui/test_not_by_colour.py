"""Nothing is told by colour alone: every kind of mark reads in grey, and every coloured word on every page has a word or a shape of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.whole_desk import WholeDesk, whole_desk
from ui import theme
from ui.rail import RailButton
from ui.widgets import paint
from ui.widgets.key_face import Face, paint_face
from ui.widgets.lamp import Lamp, LampKind
from ui.widgets.row_delegate import tick_box
from ui.widgets.row_model import Cell, Column, Row
from ui.widgets.row_table import RowTable
from ui.widgets.strip import Strip
from ui.widgets.tag import Tag

SIDE, LOUD = 40, 24
DIFFERENT = 12
"""Pixels that must differ in shape, of a mark 26 pixels wide."""

MARKED = ("ok", "warn", "red")
STEPS = {"filled": ("next", ""), "plain": ("plain", ""), "refused": ("next", "还没受理")}


def drawn(draw: Callable[[QPainter], object], size: QSize) -> set[tuple[int, int]]:
    """The pixels a mark takes, whatever their colour: its shape."""
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    places = ((x, y) for x in range(size.width()) for y in range(size.height()))
    return {(x, y) for x, y in places if image.pixelColor(x, y).alpha() > LOUD}


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDesk]:
    theme.apply(qapp)
    with whole_desk(tmp_path_factory.mktemp("desk")) as made:
        made.window.resize(1366, 690)
        yield made


def test_every_lamp_is_known_by_its_shape(qapp: QApplication) -> None:
    theme.apply(qapp)
    middle, size = QPointF(SIDE / 2, SIDE / 2), QSize(SIDE, SIDE)
    shapes = {
        kind: drawn(lambda painter, kind=kind: paint.lamp(painter, middle, kind, 26), size)  # type: ignore[misc]
        for kind in get_args(LampKind)
    }
    alike = [pair for pair in combinations(shapes, 2) if len(shapes[pair[0]] ^ shapes[pair[1]]) < DIFFERENT]
    assert alike == [("soon", "busy")], "two lamps of one shape; soon and busy never stand for the same thing"


def test_a_tick_box_is_known_by_its_tick(qapp: QApplication) -> None:
    theme.apply(qapp)
    image = QImage(2 * SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for place, ticked in enumerate((False, True)):
        tick_box(painter, QRectF(place * SIDE + 8, 8, 24, 24), ticked)
    painter.end()
    inside = [(x, y) for x in range(14, 28) for y in range(14, 28)]
    empty, ticked_box = ({image.pixelColor(at + x, y).lightness() // 40 for x, y in inside} for at in (0, SIDE))
    assert len(empty) == 1
    assert len(ticked_box) > 1


def test_a_button_that_cannot_be_pressed_says_so_in_words(qapp: QApplication) -> None:
    theme.apply(qapp)
    size = QSize(200, 52)
    shapes = {}
    for name, (kind, reason) in STEPS.items():
        face = Face("受理", "Ctrl+Enter", kind, "", False, reason)  # type: ignore[arg-type]
        image = QImage(size, QImage.Format.Format_Grayscale8)
        image.fill(theme.current().colour("paper"))
        painter = QPainter(image)
        paint_face(painter, QRectF(0, 0, 200, 52), face)
        painter.end()
        shapes[name] = image
    grounds = {name: image.pixelColor(6, 26).lightness() for name, image in shapes.items()}
    assert abs(grounds["filled"] - grounds["plain"]) > LOUD
    low = [shapes["refused"].pixelColor(x, 40).lightness() for x in range(200)]
    assert min(low) < max(low) - LOUD


def icons_of(strip: Strip) -> bool:
    return any(not label.pixmap().isNull() for label in strip.findChildren(QLabel) if label.pixmap() is not None)


def by_colour_alone(page: QWidget) -> list[str]:
    """Tags without a word, lamps without a sentence, strips without a sign, and coloured cells whose words do not tell."""
    found = []
    for tag in page.findChildren(Tag):
        if tag.isVisible() and not tag.text():
            found.append(f"标签没有字：{tag.objectName()}")
    for lamp in page.findChildren(Lamp):
        if lamp.isVisible() and not lamp.sentence():
            found.append(f"灯没有话：{lamp.objectName()}")
    for strip in page.findChildren(Strip):
        if strip.isVisible() and not (strip.text() and icons_of(strip)):
            found.append(f"条没有记号：{strip.text()}")
    for table in page.findChildren(RowTable):
        if table.isVisible():
            found += [f"{table.objectName()} {said}" for said in cells_by_colour(table)]
    return found


def cells_by_colour(table: RowTable) -> list[str]:
    """The same words in a loud colour here and without it there, in one column, with nothing else beside them."""
    seen: dict[tuple[int, str, str, tuple[str, ...]], str] = {}
    found = []
    for row in table.rows():
        for column in range(len(row.cells)):
            cell = row.cell(column)
            loud = cell.tone if cell.tone in MARKED else ""
            others = (row.cell(at) for at in range(len(row.cells)) if at != column)
            key = (column, _read(cell), cell.lamp, tuple(_read(other) + other.lamp for other in others))
            if cell.text and seen.setdefault(key, loud) != loud:
                found.append(f"“{cell.text}”两种颜色，别的都一样")
    return found


def _read(cell: Cell) -> str:
    return f"{cell.text}|{cell.note}|{cell.checked}|{cell.bold}|{'|'.join(tag.text for tag in cell.tags)}"


def test_no_page_tells_by_colour_alone(desk: WholeDesk) -> None:
    found = []
    for place in desk.places():
        found += [f"{place}: {said}" for said in by_colour_alone(desk.turn(place))]
    shell = desk.desk.shell
    found += [said for part in (shell.top, shell.status) for said in by_colour_alone(part)]
    assert found == []


def test_what_waits_on_the_rail_is_a_number(desk: WholeDesk) -> None:
    button = next(one for one in desk.desk.shell.rail.findChildren(RailButton) if one.isVisible())
    button.set_badge(3, due=True)
    with_figure = button.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    button.set_badge(4, due=True)
    other_figure = button.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    button.set_badge(0, due=False)
    assert with_figure != other_figure
    assert with_figure != button.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_what_only_a_colour_tells_is_found(qapp: QApplication) -> None:
    plain, loud = Cell("3 天"), Cell("3 天", tone="red")
    table = RowTable((Column("事"), Column("余")))
    table.render((Row("a", ("甲", plain)), Row("b", ("甲", loud)), Row("c", (Cell("甲", lamp="overdue"), loud))))
    assert cells_by_colour(table) == ["“3 天”两种颜色，别的都一样"]

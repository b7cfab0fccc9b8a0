"""纸的页: every page of what a scanner wrote, upright, and never more of it than the screen needs."""

from __future__ import annotations

import struct

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.inbox.papers import page
from ui.papers.pages import DOTS, read_paper
from ui.papers.scan_pane import ScanPane
from ui.papers.view import ScanView


def tiff(*sizes: tuple[int, int]) -> bytes:
    """A scanner's TIFF with so many grey pages, uncompressed."""
    content, link = bytearray(b"II*\0\0\0\0\0"), 4
    for wide, tall in sizes:
        pixels = len(content)
        content += bytes([200]) * (wide * tall)
        content[link : link + 4] = struct.pack("<I", len(content))
        tags = {256: wide, 257: tall, 258: 8, 259: 1, 262: 1, 273: pixels, 277: 1, 278: tall, 279: wide * tall}
        content += struct.pack("<H", len(tags))
        for tag, value in tags.items():
            content += struct.pack("<HHII", tag, 4, 1, value)
        link = len(content)
        content += bytes(4)
    return bytes(content)


def turned(jpeg: bytes) -> bytes:
    """As a telephone writes a page that was photographed upright: the picture lies, and its head says so."""
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0) + bytes(4)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def test_no_page_of_a_tiff_stays_unseen(qapp: object) -> None:
    paper = read_paper(tiff((40, 60), (50, 70), (60, 80)))
    assert paper.count == 3
    assert [paper.picture(place).width() for place in range(3)] == [40, 50, 60]


def test_a_photographed_page_stands_upright_and_a_large_one_is_drawn_smaller(qapp: object) -> None:
    assert read_paper(page("一", 300, 200)).picture(0).width() == 300
    upright = read_paper(turned(page("一", 300, 200))).picture(0)
    assert (upright.width(), upright.height()) == (200, 300)
    assert read_paper(page("一", 1650, 1700)).picture(0).width() == DOTS
    assert read_paper(b"no picture at all").picture(0).isNull()


@pytest.fixture
def pane(qtbot: QtBot, front: object) -> ScanPane:
    pane = ScanPane()
    pane.resize(500, 400)
    front(pane)  # type: ignore[operator]
    pane.render(ScanView(title="章程"))
    pane.show_image(QImage.fromData(page("章程")))
    assert pane.take_hand()
    return pane


def press(qtbot: QtBot, pane: ScanPane, *keys: Qt.Key) -> list[int]:
    turned: list[int] = []
    pane.turn_wanted.connect(turned.append)
    hand: QWidget = pane._scroll
    for key in keys:
        qtbot.keyClick(hand, key)
    pane.turn_wanted.disconnect(turned.append)
    return turned


def test_a_page_is_read_to_its_end_before_the_next_one_comes(qtbot: QtBot, pane: ScanPane) -> None:
    down, bar = Qt.Key.Key_PageDown, pane._scroll.verticalScrollBar()
    assert press(qtbot, pane, down) == [], "there is more of this page"
    while bar.value() < bar.maximum():
        assert press(qtbot, pane, down) == []
    assert press(qtbot, pane, down) == [1]
    assert press(qtbot, pane, Qt.Key.Key_PageUp) == []
    assert press(qtbot, pane, Qt.Key.Key_Right, Qt.Key.Key_Left) == [1, -1]


def test_larger_it_moves_sideways_and_the_next_page_is_as_large(qtbot: QtBot, pane: ScanPane) -> None:
    before, bar = pane._picture.width(), pane._scroll.horizontalScrollBar()
    press(qtbot, pane, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert pane._picture.width() > 1.9 * before
    place = bar.value()
    assert press(qtbot, pane, Qt.Key.Key_Right) == [], "not turned by a slip of the hand"
    assert bar.value() > place
    pane.show_image(QImage.fromData(page("第二页")))
    assert pane._picture.width() > 1.9 * before
    press(qtbot, pane, Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_Minus)
    assert press(qtbot, pane, Qt.Key.Key_Right) == [1]
    pane.show_image(None)
    assert not pane.has_image()

"""有没有字: what counts as something on a page, read from its operators alone."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QFont, QPainter, QPdfWriter

from clerk_app.outside.page_ink import has_ink, page_has_ink


class Form(dict[str, object]):
    """A form in the resources of a page."""

    def __init__(self, data: bytes, **others: object) -> None:
        super().__init__({"/Subtype": "/Form", **{f"/{name}": value for name, value in others.items()}})
        self.data = data


@pytest.mark.parametrize(
    ("content", "inked"),
    [
        (b"", False),
        (b"q 1 0 0 1 0 0 cm Q", False),
        (b"0 0 m 9 9 l S", True),
        (b"0 0 9 9 re f", True),
        (b"0 0 9 9 re W n", False),
        (b"1 1 1 rg 0 0 595 842 re f", False),
        (b"1 g 0 0 595 842 re f*", False),
        (b"0 0 0 0 k 0 0 9 9 re f", False),
        (b"0 0 0 .9 k 0 0 9 9 re f", True),
        (b"/CSp cs 0.97 0.93 0.93 scn 0 0 9 9 re f", False),
        (b"/CSp cs 0.97 0.1 0.1 scn 0 0 9 9 re f", True),
        (b"/Pattern cs /P0 scn 0 0 9 9 re f", True),
        (b"1 1 1 rg 0 0 9 9 re B", True),
        (b"1 1 1 rg 1 1 1 RG 0 0 9 9 re B", False),
        (b"q 1 g Q 0 0 9 9 re f", True),
        (b"q 1 g q 0 g Q 0 0 9 9 re f Q", False),
        (b"BT /F1 12 Tf (x) Tj ET", True),
        (b"BT /F1 12 Tf () Tj ET", False),
        (b"BT /F1 12 Tf <> Tj <0012> Tj ET", True),
        (b"BT /F1 12 Tf [() -20 (a)] TJ ET", True),
        (b"BT /F1 12 Tf [() -20] TJ ET", False),
        (b"BT 3 Tr (only to be found) Tj ET", False),
        (b"BT 1 g (white) Tj ET", False),
        (b"% 0 0 9 9 re f\nn", False),
        (b"/Span <</ActualText (0 0 9 9 re f)>> BDC EMC", False),
        (rb"/Span <</ActualText (\) f \( B)>> BDC EMC", False),
        (b"/Span <</ActualText (a (nested) f)>> BDC EMC", False),
        (b"(never ended f", False),
        (b"/Sh0 sh", True),
        (b"BI /W 1 /H 1 ID x EI", True),
        (b"/Gone Do", False),
    ],
)  # fmt: skip
def test_operators(content: bytes, inked: bool) -> None:
    assert has_ink(content, {}) is inked


def test_forms_are_looked_into_and_pictures_count() -> None:
    things: dict[str, object] = {
        "/Picture": {"/Subtype": "/Image"},
        "/Empty": Form(b"q Q"),
        "/Dark": Form(b"0 0 9 9 re f"),
    }
    things["/Round"] = Form(b"/Round Do")
    things["/Over"] = Form(b"/Inner Do", Resources={"/XObject": {"/Inner": Form(b"(x) Tj")}})
    found = {name: has_ink(f"{name} Do".encode(), {"/XObject": things}) for name in things}
    assert found == {"/Picture": True, "/Empty": False, "/Dark": True, "/Round": False, "/Over": True}


@given(st.binary(max_size=200))
def test_no_bytes_break_it(content: bytes) -> None:
    assert has_ink(content, {}) in {True, False}


def page(draw: str) -> bytes:
    """By the very printer that makes our papers."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    if draw == "watermark":
        painter.setFont(QFont("sans-serif", 80))
        painter.setPen(QColor(248, 237, 237))
        painter.fillRect(0, 0, 9000, 9000, QColor(255, 255, 255))
        painter.drawRect(1000, 1000, 4000, 4000)
    if draw == "line":
        painter.drawLine(0, 0, 900, 900)
    painter.end()
    return bytes(buffer.data().data())


@pytest.mark.parametrize(("draw", "inked"), [("nothing", False), ("watermark", False), ("line", True)])
@pytest.mark.usefixtures("qapp")
def test_pages_of_our_own_printer(draw: str, inked: bool) -> None:
    reader = PdfFileReader(BytesIO(page(draw)))
    reference, resources = reader.find_page_for_modification(0)
    assert page_has_ink(reference.get_object(), resources) is inked

"""附页 a scanned paper on pages behind a report: pictures are drawn by Qt, the pages of a PDF are taken over as they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

MOST = 6
"""Pages of a scan that are shown."""
_TALLEST, _SMOOTH = 2400, Qt.TransformationMode.SmoothTransformation
_POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True)
class Scanned:
    """扫描件 as pictures, or as so many pages of a PDF; neither where it cannot be read."""

    images: tuple[QImage, ...] = ()
    pdf: bytes = b""
    pages: int = 0

    @property
    def count(self) -> int:
        """How many pages it takes."""
        return len(self.images) + self.pages


def read_scan(content: bytes) -> Scanned:
    """Whatever it is; what cannot be read has no pages."""
    if not content.startswith(b"%PDF-"):
        return Scanned(images=tuple(_images(content)))
    # The PDF library comes in with the first scan that is one.
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return Scanned(pdf=content, pages=_readable(PdfFileReader(BytesIO(content))))
    except Exception:
        # A scanner's file may be broken in any way; it is then said that it cannot be read.
        return Scanned()


def _readable(reader: PdfFileReader) -> int:
    """How many of its pages can be taken over: tried before a sheet says so."""
    from pyhanko.pdf_utils.writer import PdfFileWriter

    if reader.encrypted:
        return 0
    count = max(0, min(MOST, int(reader.root["/Pages"]["/Count"])))
    trial = PdfFileWriter()  # type: ignore[no-untyped-call]
    for index in range(count):
        trial.import_page_as_xobject(reader, page_ix=index)
        _turned(reader, index)
    return count


def _images(content: bytes) -> list[QImage]:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    found: list[QImage] = []
    while len(found) < MOST and not (image := reader.read()).isNull():
        small = image if image.height() <= _TALLEST else image.scaledToHeight(_TALLEST, _SMOOTH)
        found.append(small.convertToFormat(QImage.Format.Format_RGB32))
    return found


def fitted(width: float, height: float, room: QRectF) -> QRectF:
    """As large as the room lets it be, in its middle."""
    scale = min(room.width() / width, room.height() / height)
    place = QRectF(0, 0, width * scale, height * scale)
    place.moveCenter(room.center())
    return place


def with_pages(pdf: bytes, scan: Scanned, first: int, room: QRectF, height: float) -> bytes:
    """The scan's own pages on the pages from `first` (from 0), inside `room` (mm from the upper left of a page so high)."""
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader

    writer, reader = IncrementalPdfFileWriter(BytesIO(pdf)), PdfFileReader(BytesIO(scan.pdf))
    for index in range(scan.pages):
        form = writer.import_page_as_xobject(reader, page_ix=index)
        box = [float(side) for side in form.get_object()["/BBox"]]
        place = _placing(box, _turned(reader, index), room, height)
        drawn = StreamObject(stream_data=b"q %s cm /Scan Do Q" % place)
        named = DictionaryObject({NameObject("/Scan"): form})  # type: ignore[no-untyped-call]
        resources = DictionaryObject({NameObject("/XObject"): named})  # type: ignore[no-untyped-call]
        before, after = (writer.add_object(StreamObject(stream_data=part)) for part in (b"q ", b" Q "))
        writer.add_stream_to_page(first + index, before, prepend=True)  # type: ignore[no-untyped-call]
        writer.add_stream_to_page(first + index, after)  # type: ignore[no-untyped-call]
        writer.add_stream_to_page(first + index, writer.add_object(drawn), resources=resources)  # type: ignore[no-untyped-call]
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _turned(reader: PdfFileReader, index: int) -> int:
    """How far its page is turned, clockwise, in quarters; a scanner lays pages on their side."""
    page = reader.find_page_for_modification(index)[0].get_object()  # type: ignore[no-untyped-call]
    while "/Rotate" not in page and "/Parent" in page:
        page = page["/Parent"]
    return int(page["/Rotate"]) // 90 % 4 if "/Rotate" in page else 0


def _placing(box: list[float], quarters: int, room: QRectF, height: float) -> bytes:
    """The matrix that turns the box and puts it into the room; PDF counts upward from the lower left."""
    left, low, right, high = box
    wide, tall = right - left, high - low
    seen = (tall, wide) if quarters % 2 else (wide, tall)
    place = fitted(*seen, room)
    scale = place.width() * _POINTS_A_MM / seen[0]
    angle = -quarters * math.pi / 2
    cos, sin = round(math.cos(angle)) * scale, round(math.sin(angle)) * scale
    x, y = place.center().x() * _POINTS_A_MM, (height - place.center().y()) * _POINTS_A_MM
    middle = (left + wide / 2, low + tall / 2)
    right_by, up_by = x - cos * middle[0] + sin * middle[1], y - sin * middle[0] - cos * middle[1]
    return b"%.5f %.5f %.5f %.5f %.3f %.3f" % (cos, sin, -sin, cos, right_by, up_by)

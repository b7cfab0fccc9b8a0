"""纸的页 what of a file can be drawn: a picture, every page of a scanner's TIFF or PDF; any PDF where Qt's own reader is installed.

A PDF of which a page might stay unseen is not drawn at all: nobody may take half of it for the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

PDF = b"%PDF-"
DOTS = 1600
"""Wide enough to read small print on a page of A4; a page is never drawn with more, because the screen's thread paints it."""
_scans = re.compile(rb"/DCTDecode[^\0]{0,2000}?stream\r?\n(\xff\xd8\xff.*?)\r?\n?endstream", re.DOTALL)
_page = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


@dataclass(frozen=True)
class Paper:
    """一份纸 its bytes, and the pictures that are its pages; `count` is 0 where it cannot be drawn here."""

    content: bytes
    scans: tuple[bytes, ...] = ()
    count: int = 0

    @property
    def is_pdf(self) -> bool:
        """By its first bytes."""
        return self.content.startswith(PDF)

    def picture(self, place: int) -> QImage:
        """One page; null where it cannot be drawn. Slow: not for the screen's thread."""
        if not self.is_pdf:
            return _read(self.content, place)
        return _read(self.scans[place]) if self.scans else _rendered(self.content, place)


def read_paper(content: bytes) -> Paper:
    """By its bytes. Not for the screen's thread."""
    if not content.startswith(PDF):
        return Paper(content, (), _pictures(content))
    scans = scanned_pages(content)
    return Paper(content, scans, len(scans) or _count(content))


def scanned_pages(content: bytes) -> tuple[bytes, ...]:
    """A scanner's PDF: every page one JPEG, and no letter beside it; else nothing."""
    scans = tuple(found[1] for found in _scans.finditer(content))
    whole = len(scans) == len(_page.findall(content)) and b"/Font" not in content and b"/ObjStm" not in content
    return scans if whole else ()


def _source(content: bytes) -> QBuffer:
    """It has to live as long as who reads it."""
    source = QBuffer()
    source.setData(QByteArray(content))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    return source


def _pictures(content: bytes) -> int:
    """A scanner's TIFF may hold many; what cannot be read is told when it is drawn."""
    source = _source(content)
    reader = QImageReader(source)
    count = reader.imageCount()
    del reader
    return max(1, count)


def _read(content: bytes, place: int = 0) -> QImage:
    source = _source(content)
    reader = QImageReader(source)
    image = _drawn(reader, place)
    del reader  # before its source: a TIFF is closed through it
    return image


def _drawn(reader: QImageReader, place: int) -> QImage:
    """Upright as it was photographed, and no larger than is needed."""
    reader.setAutoTransform(True)
    if place and not reader.jumpToImage(place):
        return QImage()
    size = reader.size()
    shorter = min(size.width(), size.height())
    if shorter > DOTS:
        reader.setScaledSize(size * (DOTS / shorter))
    return reader.read()


def _document(content: bytes) -> tuple[Any, QBuffer] | None:
    """Qt's reader with its source; None where that part of Qt is not installed, or it cannot read it."""
    try:
        from PySide6.QtPdf import QPdfDocument
    except ImportError:
        return None
    source = _source(content)
    document = QPdfDocument()
    document.load(source)
    return (document, source) if document.status() == QPdfDocument.Status.Ready else None


def _count(content: bytes) -> int:
    found = _document(content)
    return 0 if found is None else int(found[0].pageCount())


def _rendered(content: bytes, place: int) -> QImage:
    found = _document(content)
    if found is None:
        return QImage()
    size = found[0].pagePointSize(place)
    if size.isEmpty():
        return QImage()
    drawn = found[0].render(place, QSize(DOTS, round(DOTS * size.height() / size.width())))
    white = QImage(drawn.size(), QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    return drawn if drawn.isNull() else _over(white, drawn)


def _over(ground: QImage, drawn: QImage) -> QImage:
    """What is not printed is paper."""
    from PySide6.QtGui import QPainter

    painter = QPainter(ground)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return ground

"""Files as applicants send them: what a scanner's program writes, and what an office program writes."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPdfWriter


def page(word: str, width: int = 620, height: int = 877) -> bytes:
    """A scanned page: JPEG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(QFont("Noto Sans CJK SC", 22))
    for line in range(6):
        painter.drawText(60, 120 + 60 * line, word if line == 0 else "　　本件由申请人在网上提交，与原件一致。")
    painter.drawRect(40, 60, width - 80, height - 120)
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]
    return bytes(kept.data())


def scanned(*words: str, font: bool = False) -> bytes:
    """A scanner's PDF: a JPEG a page, written as plainly as scanners do."""
    parts = [b"%PDF-1.4\n", b"1 0 obj <</Type/Pages/Count %d>> endobj\n" % len(words)]
    for place, word in enumerate(words):
        jpeg = page(word)
        parts.append(b"%d 0 obj <</Type /Page /Parent 1 0 R>> endobj\n" % (2 * place + 2))
        parts.append(b"%d 0 obj <</Subtype/Image/Filter/DCTDecode/Length %d>>\n" % (2 * place + 3, len(jpeg)))
        parts.append(b"stream\n" + jpeg + b"\nendstream endobj\n")
    return b"".join((*parts, b"9 0 obj <</Type/Font>> endobj\n" if font else b"", b"%%EOF\n"))


def written(word: str) -> bytes:
    """An office program's PDF: letters, no pictures."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.drawText(200, 400, word)
    painter.end()
    return bytes(kept.data())

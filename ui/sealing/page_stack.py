"""叠着的页 the pages of one paper under one another; a page is decoded only when it comes into sight."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

GAP = 16
KEPT = 4
"""So many decoded pages are kept: those in sight and their neighbours."""


class PageStack:
    """叠着的页 `put` them, ask `tall`, `paint` what is in sight; the last one bears the seal."""

    def __init__(self) -> None:
        self._pngs: tuple[bytes, ...] = ()
        self._shares: tuple[float, ...] = ()
        self._fitted: dict[int, QImage] = {}

    def put(self, pngs: tuple[bytes, ...]) -> None:
        """Other pages; what cannot be read is none."""
        read = [(png, share) for png in pngs if (share := _share(png)) > 0]
        self._pngs, self._shares = tuple(png for png, _ in read), tuple(share for _, share in read)
        self._fitted = {}

    @property
    def empty(self) -> bool:
        """Nothing to show."""
        return not self._pngs

    def tall(self, width: float) -> int:
        """How high they are together, so wide."""
        return sum(round(width * share) for share in self._shares) + GAP * max(0, len(self._shares) - 1)

    def places(self, left: float, top: float, width: float) -> tuple[QRectF, ...]:
        """Where each of them lies."""
        found = []
        for share in self._shares:
            found.append(QRectF(left, top, width, round(width * share)))
            top = found[-1].bottom() + GAP
        return tuple(found)

    def paint(self, painter: QPainter, number: int, place: QRectF) -> None:
        """One page on its place; made small once, well, not at every paint."""
        pixels = round(place.width() * painter.device().devicePixelRatioF())
        fitted = self._fitted.pop(number, None)
        if fitted is None or fitted.width() != pixels:
            image = QImage.fromData(self._pngs[number])
            fitted = image.scaledToWidth(pixels, Qt.TransformationMode.SmoothTransformation)
        self._fitted[number] = fitted
        while len(self._fitted) > KEPT:
            self._fitted.pop(next(iter(self._fitted)))
        painter.drawImage(place, fitted)


def _share(png: bytes) -> float:
    """Height to width, from its head alone."""
    buffer = QBuffer()
    buffer.setData(QByteArray(png))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    size = QImageReader(buffer).size()
    return size.height() / size.width() if size.width() > 0 else 0.0

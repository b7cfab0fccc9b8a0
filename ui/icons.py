"""图标 icons: our own drawings, rendered at paint time in one colour and at the screen's own pixel ratio."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


class Icon(StrEnum):
    """图标 the drawings under resources/icons."""

    HORN = "horn"
    FOLDER = "folder"
    BUILDING = "building"
    STAMP = "stamp"
    PEOPLE = "people"
    PRINTER = "printer"
    SYNC = "sync"
    BARS = "bars"
    SLIDERS = "sliders"
    SEARCH = "search"
    EYE = "eye"
    UNDO = "undo"
    LOCK = "lock"
    CLOCK = "clock"
    RECEIPT = "receipt"
    FILE = "file"
    INFO = "info"
    WARN = "warn"
    CHECK = "check"
    PERSON = "person"
    PLUS = "plus"
    PAUSE = "pause"
    LINK_OFF = "link-off"
    EXIT = "exit"
    VERIFY = "verify"
    COIN = "coin"
    LETTER = "letter"
    GEAR = "gear"


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _tinted(name: str, colour: str, pixels: int) -> QPixmap:
    """One icon as a pixmap of device pixels."""
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paint an icon into a square, sharp at any pixel ratio."""
    ratio = painter.device().devicePixelRatioF()
    pixmap = _tinted(str(name), colour.name(), max(1, round(rect.width() * ratio)))
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))


def pixmap(name: str, pixels: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """An icon for a place that wants a pixmap of its own (a label); `pixels` are logical."""
    picture = QPixmap(_tinted(str(name), colour.name(), max(1, round(pixels * ratio))))
    picture.setDevicePixelRatio(ratio)
    return picture

"""交号码 the signed code on the screen: whole pixels a module on white, so that a scan gun reads it off the glass."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.language import tr
from ui.tokens import LIGHT

QUIET = 4
LARGEST = 440
"""Pixels of the 100 % drawing: less is hard to scan, more covers the page."""


class CodeFace(QWidget):
    """交号码 a QR, dark on white in every theme; nothing while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handedCode")
        self.setAccessibleName(tr("交号码，给同类窗口扫"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.hide()

    def show_code(self, text: str) -> None:
        """Draw this text, or nothing."""
        self._rows = modules_of(text) if text else ()
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def module(self) -> int:
        """Whole pixels a module."""
        side = len(self._rows) + 2 * QUIET
        return max(3, LARGEST // side) if self._rows else 0

    def sizeHint(self) -> QSize:
        side = (len(self._rows) + 2 * QUIET) * self.module()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.input))
        one = self.module()
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    place = QRectF((x + QUIET) * one, (y + QUIET) * one, one, one)
                    painter.fillRect(place, QColor(LIGHT.ink))


@lru_cache(maxsize=4)
def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """Level M, as on the slip."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())

"""页上的二维码 a QR as one vector shape: runs of dark modules as rectangles, the quiet edge is the paper's; and how large it is drawn."""

from __future__ import annotations

import qrcode
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
"""Modules of white on every side, or no reader finds it."""
_MODULE, _LEAST, _MOST = 0.5, 16.0, 34.0
IN_FOOT = 23.0
"""The largest that has room below the text; a larger one stands beside name and date."""


def qr_path(text: str) -> tuple[QPainterPath, int]:
    """The shape, one unit a module, and how many modules a side has."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    rows = code.get_matrix()
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                path.addRect(start, y, x - start, 1)
            x += 1
    return path, len(rows)


def qr_size(modules: int) -> float:
    """How wide it is drawn, mm: half a millimetre a module, which a paper's own code (73 modules) leaves by a little."""
    return min(_MOST, max(_LEAST, modules * _MODULE))

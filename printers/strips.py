"""光栅条 one line as a picture, for characters the printer's own letters do not have."""

from __future__ import annotations

import re

from PIL import Image

from printers import builder
from printers.glyphs import CELL, draw_text
from printers.layout import Line

_GAP = 6
"""White rows under a strip, so that it stands as far from the next line as printed text does."""
_HEADER = 8
_LOOKALIKE = re.compile(rb"\x10(?=[\x04\x05\x14])")


def strip(line: Line, width: int) -> bytes:
    """`GS v 0` of the line; it moves the paper by its own height, so no newline follows."""
    ink = draw_text(line.text, line.size, line.bold)
    left = {"left": 0, "center": (width * CELL - ink.width) // 2, "right": width * CELL - ink.width}[line.align]
    height = ink.height + _GAP
    picture = Image.new("L", (-(-(left + ink.width) // 8) * 8, height + (height % 48 == 0)), 255)
    picture.paste(ink, (left, 0))
    command = builder.raster(picture.point(lambda grey: 0 if grey < 150 else 255).convert("1"))
    return command[:_HEADER] + scrub(command[_HEADER:])


def scrub(dots: bytes) -> bytes:
    """Printers obey DLE EOT, DLE ENQ and DLE DC4 inside pictures too; one dot more makes each of them harmless."""
    return _LOOKALIKE.sub(b"\x50", dots)

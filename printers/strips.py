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
_TALLEST = 190
_LOOKALIKE = re.compile(rb"\x10(?=[\x04\x05\x14])")


def strip(line: Line, width: int) -> bytes:
    """`GS v 0` of the line; it moves the paper by its own height, so no newline follows."""
    ink = draw_text(line.text, line.size, line.bold)
    left = {"left": 0, "center": (width * CELL - ink.width) // 2, "right": width * CELL - ink.width}[line.align]
    height = ink.height + _GAP
    picture = Image.new("L", (-(-(left + ink.width) // 8) * 8, height + (height % 48 == 0)), 255)
    picture.paste(ink, (left, 0))
    return _raster(picture)


def symbol_strips(data: str, dots: int) -> bytes:
    """A QR the printer cannot draw itself, in the middle of the paper, cut into strips its buffer holds."""
    modules = builder.symbol_modules(data)
    size = builder.module_dots(data, dots)
    side = len(modules) * size
    ink = Image.new("L", (len(modules), len(modules)), 255)
    ink.putdata([0 if dark else 255 for row in modules for dark in row])
    left = (dots - side) // 2
    picture = Image.new("L", (-(-(left + side) // 8) * 8, side), 255)
    picture.paste(ink.resize((side, side), Image.Resampling.NEAREST), (left, 0))
    strips, top = b"", 0
    while top < side:
        height = _strip_height(side - top)
        strips += _raster(picture.crop((0, top, picture.width, top + height)))
        top += height
    return strips


def _strip_height(rest: int) -> int:
    """At most 200 rows, and never a multiple of 48, which cheap printers turn into garbage; the last strip may be white below."""
    height = min(rest, _TALLEST)
    return height + 1 if height % 48 == 0 else height


def _raster(picture: Image.Image) -> bytes:
    command = builder.raster(picture.point(lambda grey: 0 if grey < 150 else 255).convert("1"))
    return command[:_HEADER] + scrub(command[_HEADER:])


def scrub(dots: bytes) -> bytes:
    """Printers obey DLE EOT, DLE ENQ and DLE DC4 inside pictures too; one dot more makes each of them harmless."""
    return _LOOKALIKE.sub(b"\x50", dots)

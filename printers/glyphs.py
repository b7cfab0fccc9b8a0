"""字形 characters drawn into the printer's own cells, from the bundled face and then the system's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from printers.wrapping import columns
from resources import path

CELL = 12
"""Dots of one column at size 1; a line is 24 dots high."""

_NOBODY = "\U0010ffff"
_SYSTEM = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsunb.ttf",
)
_SC_IN_NOTO_TTC = 2
_drawing = threading.Lock()


def draw_text(text: str, size: int = 1, bold: bool = False) -> Image.Image:
    """The text as the printer's cells would show it, black on white, mode L, exactly as wide as its columns."""
    picture = Image.new("L", (max(columns(text), 1) * CELL * size, 2 * CELL * size), 255)
    left = 0
    for char in text:
        cell = glyph(char, size, bold)
        picture.paste(cell, (left, 0))
        left += cell.width
    return picture


@lru_cache(maxsize=4096)
def glyph(char: str, size: int = 1, bold: bool = False) -> Image.Image:
    """One character in its cell; what no face knows is a frame with its code point, to be written in by hand."""
    width, height = columns(char) * CELL * size, 2 * CELL * size
    cell = Image.new("L", (width, height), 255)
    with _drawing:  # a FreeType face is not to be used by two threads at once
        face = next((f for f in _faces(_em(char, height), bold) if _knows(f, char)), None)
        if face is None:
            _frame(cell, char)
        else:
            _ink(cell, char, face)
    return cell


def _em(char: str, height: int) -> int:
    return height - height // 24 if char >= "\x80" else height * 5 // 6


def _ink(cell: Image.Image, char: str, face: ImageFont.FreeTypeFont) -> None:
    pen = ImageDraw.Draw(cell)
    # A face is taller than the cell: Hanzi hang from its upper edge, Latin keeps room for its descenders.
    baseline = cell.height * (40 if char >= "\x80" else 37) // 48
    left = (cell.width - face.getlength(char)) / 2
    pen.text((left, baseline), char, fill=0, font=face, anchor="ls")


def _frame(cell: Image.Image, char: str) -> None:
    pen = ImageDraw.Draw(cell)
    pen.rectangle((1, 1, cell.width - 2, cell.height - 2), outline=0)
    face = next(_faces(max(cell.height * 10 // 24, 8), False), None)
    code = f"{ord(char):06X}"
    if face is not None and cell.width >= cell.height:
        for row, digits in enumerate((code[:3], code[3:])):
            pen.text((cell.width / 2, cell.height * (3 + 4 * row) / 10), digits, fill=0, font=face, anchor="mm")


def _knows(face: ImageFont.FreeTypeFont, char: str) -> bool:
    if char in " 　":
        return True
    return bytes(face.getmask(char)) != bytes(face.getmask(_NOBODY))


def _faces(em: int, bold: bool) -> Iterator[ImageFont.FreeTypeFont]:
    """One after another as they are asked for: the system's, a few megabytes in each size, are hardly ever needed."""
    return (_face(file, index, em) for file, index in _files(bold))


@lru_cache(maxsize=4)
def _face(file: Path, index: int, em: int) -> ImageFont.FreeTypeFont:
    """A megabyte each; a slip needs four (two weights, Hanzi and Latin), and what was drawn once is kept as a picture."""
    return ImageFont.truetype(str(file), em, index=index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2)
def _files(bold: bool) -> tuple[tuple[Path, int], ...]:
    own = sorted(path("fonts").glob("*Sans*.otf"), key=lambda file: ("Bold" in file.name) != bold)
    system = [Path(name) for name in _SYSTEM if Path(name).is_file()]
    return tuple((file, _SC_IN_NOTO_TTC if file.name.startswith("NotoSansCJK") else 0) for file in own + system)

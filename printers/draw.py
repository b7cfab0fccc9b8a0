"""画票 printer bytes → a picture of the paper, as the training hall's printer window shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from printers.glyphs import CELL, draw_text
from printers.show import decode
from printers.tape import Piece, pieces
from printers.wrapping import columns

_MARGIN = 20
_SPACING = 30
_TOOTH = 8
_LEVELS = {48: 1, 49: 0, 50: 3, 51: 2}
"""ESC/POS names of the QR levels L M Q H → the qrcode library's."""


@dataclass
class _Paper:
    """纸 what is on the paper so far, and the state of the head."""

    width: int
    strips: list[Image.Image] = field(default_factory=list)
    line: str = ""
    align: int = 0
    size: int = 1
    bold: bool = False
    module: int = 3
    level: int = 48
    stored: bytes = b""

    def feed(self, rows: int) -> None:
        self.strips.append(Image.new("L", (self.width, rows), 255))

    def place(self, ink: Image.Image, rows: int, align: int) -> None:
        strip = Image.new("L", (self.width, rows), 255)
        strip.paste(ink, (max((self.width - ink.width) * align // 2, 0), 0))
        self.strips.append(strip)


def draw(data: bytes, width: int = 48) -> Image.Image:
    """The paper, mode L, one dot one pixel, with margins and a torn edge at each cut; `width` in columns."""
    paper = _Paper(width * CELL)
    for piece in pieces(data):
        _do(paper, piece)
    _end_line(paper)
    height = sum(strip.height for strip in paper.strips)
    picture = Image.new("L", (paper.width + 2 * _MARGIN, max(height, 1) + 2 * _MARGIN), 255)
    top = _MARGIN
    for strip in paper.strips:
        picture.paste(strip, ((picture.width - strip.width) // 2, top))
        top += strip.height
    return picture


def _do(paper: _Paper, piece: Piece) -> None:
    value = piece.params[0] if piece.params else 0
    match piece.name:
        case "TEXT":
            _write(paper, decode(piece.raw))
        case "LF":
            _end_line(paper, always=True)
        case "ESC d":
            _end_line(paper)
            paper.feed(_SPACING * value)
        case "GS v":
            _end_line(paper)
            _raster(paper, piece.raw)
        case "GS V":
            _end_line(paper)
            paper.strips.append(_edge(paper.width + 2 * _MARGIN))
        case "GS (":
            _symbol(paper, piece.raw)
        case _:
            _set(paper, piece.name, value)


def _set(paper: _Paper, name: str, value: int) -> None:
    match name:
        case "ESC @":
            paper.align, paper.size, paper.bold, paper.line = 0, 1, False, ""
        case "ESC a":
            paper.align = value % 48
        case "ESC E":
            paper.bold = bool(value & 1)
        case "GS !":
            paper.size = (value & 7) + 1
        case _:
            pass


def _write(paper: _Paper, text: str) -> None:
    """As a printer does, it breaks a line that is too long at the paper's edge: a layout fault is seen, not cut off."""
    for char in text:
        if columns(paper.line + char) * CELL * paper.size > paper.width:
            _end_line(paper)
        paper.line += char


def _end_line(paper: _Paper, *, always: bool = False) -> None:
    if paper.line:
        ink = draw_text(paper.line, paper.size, paper.bold)
        paper.place(ink, max(_SPACING, ink.height), paper.align)
        paper.line = ""
    elif always:
        paper.feed(_SPACING)


def _raster(paper: _Paper, raw: bytes) -> None:
    size = ((raw[4] + 256 * raw[5]) * 8, raw[6] + 256 * raw[7])
    ink = Image.frombytes("1", size, bytes(255 - byte for byte in raw[8:])).convert("L")
    paper.place(ink, ink.height, paper.align)


def _symbol(paper: _Paper, raw: bytes) -> None:
    if raw[2:3] != b"k" or raw[5:6] != b"1":
        return
    match raw[6]:
        case 67:
            paper.module = raw[7]
        case 69:
            paper.level = raw[7]
        case 80:
            paper.stored = raw[8:]
        case 81 if paper.stored:
            ink = _qr(paper.stored, paper.module, paper.level)
            paper.place(ink, ink.height, paper.align)
        case _:
            pass


def _qr(data: bytes, module: int, level: int) -> Image.Image:
    from qrcode.main import QRCode

    code = QRCode(error_correction=_LEVELS.get(level, 0), border=0)
    code.add_data(data)
    code.make(fit=True)
    matrix = code.get_matrix()
    ink = Image.new("L", (len(matrix), len(matrix)), 255)
    ink.putdata([0 if dark else 255 for row in matrix for dark in row])
    return ink.resize((len(matrix) * module, len(matrix) * module), Image.Resampling.NEAREST)


def _edge(width: int) -> Image.Image:
    edge = Image.new("L", (width, 2 * _TOOTH), 255)
    teeth = [(x, 2 if x // _TOOTH % 2 else _TOOTH + 2) for x in range(0, width + _TOOTH, _TOOTH)]
    ImageDraw.Draw(edge).line(teeth, fill=120, width=2)
    return edge

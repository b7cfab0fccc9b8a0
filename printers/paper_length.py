"""用纸 how long the paper of some printer bytes is, without drawing it: enough to know when a roll ends."""

from __future__ import annotations

from printers.tape import Piece, pieces

_LINE, _PER_MM = 30, 8.0
"""Dots of one line at its usual spacing, and dots of a millimetre (203 to the inch)."""
_CUT_MM = 15
"""From the head to the knife."""


def paper_mm(data: bytes) -> int:
    """Millimetres of paper, rounded; NULs and torn ends take none."""
    dots, cuts, magnified, module, stored = 0, 0, 1, 3, 0
    for piece in pieces(data):
        match piece.name:
            case "GS !":
                magnified = (piece.params[0] & 7) + 1
            case "LF":
                dots += _LINE if magnified == 1 else magnified * 24
            case "ESC d":
                dots += _LINE * piece.params[0]
            case "GS v":
                dots += piece.raw[6] + 256 * piece.raw[7]
            case "GS V":
                cuts += 1
            case "GS (":
                module, stored, rows = _symbol(piece, module, stored)
                dots += rows
    return round(dots / _PER_MM) + cuts * _CUT_MM


def _symbol(piece: Piece, module: int, stored: int) -> tuple[int, int, int]:
    """The module's size, how much is stored, and the rows a printed QR takes: a version for so many bytes at level M."""
    raw = piece.raw
    if raw[2:3] != b"k" or len(raw) < 7:
        return module, stored, 0
    match raw[6]:
        case 67:
            return raw[7], stored, 0
        case 80:
            return module, len(raw) - 8, 0
        case 81:
            holds = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
            version = next((place for place, most in enumerate(holds, 1) if stored <= most), 11)
            return module, stored, module * (17 + 4 * version)
    return module, stored, 0

"""读票 printer bytes → text a person can read."""

from __future__ import annotations

from collections.abc import Iterator

from printers.tape import Piece, pieces

_SILENT = ("ESC", "FS", "DLE", "NUL", "CTRL", "GS !", "GS L", "GS W", "GS B", "GS r", "GS a")
_CUT = "－－－－－－ 切纸 －－－－－－"


def show(data: bytes) -> str:
    """The paper in words: text, 〔二维码 …〕, 〔图 宽×高〕, a line where it is cut; damage is named, not hidden."""
    lines = [""]
    for piece in pieces(data):
        if piece.name == "LF":
            lines.append("")
        elif piece.name == "ESC d":
            lines += ["", ""] if lines[-1] else [""]
        elif piece.name == "GS V":
            _own_line(lines, _CUT)
        elif piece.name == "GS v":
            _own_line(lines, _picture(piece))
        elif piece.name not in _SILENT and not piece.name.startswith(_SILENT[:3]):
            lines[-1] += _said(piece)
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def symbols(data: bytes) -> Iterator[str]:
    """What the QR codes of this paper say."""
    for piece in pieces(data):
        if piece.name == "GS (" and piece.raw[2:3] == b"k" and piece.raw[5:7] == b"1P":
            yield piece.raw[8:].decode("utf-8", "backslashreplace")


def decode(text: bytes) -> str:
    """GB18030, with bytes that are none shown by their value."""
    return text.decode("gb18030", "backslashreplace")


def _own_line(lines: list[str], text: str) -> None:
    if lines[-1]:
        lines.append("")
    lines[-1] = text
    lines.append("")


def _picture(piece: Piece) -> str:
    return f"〔图 {(piece.raw[4] + 256 * piece.raw[5]) * 8}×{piece.raw[6] + 256 * piece.raw[7]}〕"


def _said(piece: Piece) -> str:
    if piece.name == "TEXT":
        return decode(piece.raw)
    if piece.name == "GS (":
        return "".join(f"〔二维码 {data}〕" for data in symbols(piece.raw))
    if piece.name == "TORN":
        return f"〔到此中断：最后一条指令不全，{len(piece.raw)} 字节〕"
    return f"〔不认识的指令 {piece.raw.hex(' ').upper()}〕"

"""指令流 printer bytes → single commands; knows nothing of how we make them, so it can judge what we made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_PARAMETERS = {
    "ESC": dict.fromkeys(b"aEG!dJtRM-V{ 3r", 1) | dict.fromkeys(b"@2mi<L", 0) | dict.fromkeys(b"$\\", 2) | {112: 3},
    "FS": {ord("&"): 0, ord("."): 0, ord("!"): 1, ord("-"): 1, ord("S"): 2, ord("C"): 1, ord("W"): 1},
    "GS": dict.fromkeys(b"!BHhwraIfT", 1) | dict.fromkeys(b"LWP", 2),
}
_LEADS = {0x1B: "ESC", 0x1C: "FS", 0x1D: "GS"}
_REAL_TIME = {0x04: 3, 0x05: 3, 0x14: 5}


@dataclass(frozen=True)
class Piece:
    """一条指令 one command or one run of text: `ESC @`, `GS v`, `LF`, `TEXT` …, and `?` for the unknown."""

    name: str
    raw: bytes

    @property
    def params(self) -> bytes:
        """What follows the two bytes of the command."""
        return self.raw[2:]


def pieces(data: bytes) -> Iterator[Piece]:
    """All commands in order; a torn last one comes as `TORN`."""
    at = 0
    while at < len(data):
        piece = take(data, at)
        if piece is None:
            yield Piece("TORN", data[at:])
            return
        yield piece
        at += len(piece.raw)


def take(data: bytes, at: int = 0) -> Piece | None:
    """The command that begins at `at`; None while its last bytes are still missing."""
    byte = data[at]
    if byte >= 0x20 and byte != 0x7F:
        return _text(data, at)
    if byte == 0x10:
        return _known(data, at, "DLE", _REAL_TIME.get(data[at + 1], 2) if at + 1 < len(data) else 2)
    if byte not in _LEADS:
        return Piece({0x0A: "LF", 0x00: "NUL"}.get(byte, "CTRL"), data[at : at + 1])
    if at + 1 >= len(data):
        return None
    lead, letter = _LEADS[byte], data[at + 1]
    name = f"{lead} {chr(letter)}"
    fixed = _PARAMETERS[lead].get(letter)
    if fixed is not None:
        return _known(data, at, name, 2 + fixed)
    length = _length(data, at, lead, letter)
    if length == 0:
        return Piece("?", data[at : at + 2])
    return None if length is None else _known(data, at, name, length)


def _text(data: bytes, at: int) -> Piece:
    end = at
    while end < len(data) and data[end] >= 0x20 and data[end] != 0x7F:
        end += 1
    return Piece("TEXT", data[at:end])


def _known(data: bytes, at: int, name: str, length: int) -> Piece | None:
    return Piece(name, data[at : at + length]) if at + length <= len(data) else None


def _length(data: bytes, at: int, lead: str, letter: int) -> int | None:
    """Length of a command whose parameters say it; None when they are not all there, 0 when it is unknown."""
    rest = data[at + 2 :][:8]
    if lead == "GS" and letter == ord("V"):
        return None if not rest else 4 if rest[0] in b"ABabgh" else 3
    if letter == ord("(") and lead in ("GS", "FS", "ESC"):
        return None if len(rest) < 3 else 5 + rest[1] + 256 * rest[2]
    if lead == "GS" and letter == ord("v"):
        if len(rest) < 6:
            return None
        return 8 + (rest[2] + 256 * rest[3]) * (rest[4] + 256 * rest[5])
    if lead == "ESC" and letter == ord("*"):
        return None if len(rest) < 3 else 5 + (rest[1] + 256 * rest[2]) * (3 if rest[0] > 1 else 1)
    return 0

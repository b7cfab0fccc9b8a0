"""有没有字 whether anything dark is painted on a page of a PDF: a sealed blank sheet is a blank cheque.

Its operators are read, nothing is drawn: words, pictures, dark lines and areas count; a pale watermark does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(rb"%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]{}()]|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+")
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_FILLS, _STROKES, _BOTH = {b"f", b"F", b"f*"}, {b"S", b"s"}, {b"B", b"B*", b"b", b"b*"}
_WORDS = {b"Tj", b"TJ", b"'", b'"'}
_FILL_COLOURS, _STROKE_COLOURS = {b"g", b"rg", b"k", b"sc", b"scn"}, {b"G", b"RG", b"K", b"SC", b"SCN"}
_SPACES = {b"cs": "fill", b"CS": "stroke"}
_UNSEEN = ([b"3"], [b"7"])
_PALE = 0.8
_DEPTH = 8


@dataclass
class _Pen:
    """笔 whether what is painted now is dark; `words` is false for words that are only there to be found."""

    fill: bool = True
    stroke: bool = True
    words: bool = True


@dataclass
class _Reading:
    pen: _Pen = field(default_factory=_Pen)
    kept: list[_Pen] = field(default_factory=list)


def page_has_ink(page: Any, resources: Any) -> bool:
    """A page's dictionary, and its resources, its own or inherited."""
    streams = found_in(page, "/Contents")
    if streams is None:
        return False
    parts = [streams[place] for place in range(len(streams))] if isinstance(streams, list) else [streams]
    return has_ink(b"\n".join(one.data for one in parts), resources.get_object() if resources is not None else {})


def has_ink(content: bytes, resources: Any, depth: int = 0) -> bool:
    """Whether this content, with the forms it draws, leaves anything dark. `resources` is its PDF dictionary."""
    reading = _Reading()
    operands: list[bytes] = []
    for token in _tokens(content):
        if _is_operand(token):
            operands.append(token)
            continue
        if _inks(token, operands, reading.pen) or (token == b"Do" and _drawn(operands, resources, depth)):
            return True
        _follow(token, operands, reading)
        operands = []
    return False


def _tokens(content: bytes) -> Iterator[bytes]:
    place = 0
    while found := _TOKEN.search(content, place):
        token, place = found.group(), found.end()
        if token == b"(":
            place = _end_of_string(content, place)
            yield b"(" + content[found.end() : place]
        elif token[:1] != b"%":
            yield token


def _end_of_string(content: bytes, place: int) -> int:
    depth = 1
    while depth and (found := _BRACKET.search(content, place)):
        place = found.end()
        depth += {b"(": 1, b")": -1}.get(found.group(), 0)
    return place if not depth else len(content)


def _is_operand(token: bytes) -> bool:
    return token[:1] in b"/(<>[]{}+-.0123456789" or token in {b"true", b"false", b"null"}


def _inks(token: bytes, operands: list[bytes], pen: _Pen) -> bool:
    if token in _WORDS:
        return pen.words and pen.fill and any(_says(one) for one in operands)
    dark = (token in _FILLS and pen.fill) or (token in _STROKES and pen.stroke)
    return dark or (token in _BOTH and (pen.fill or pen.stroke)) or token in {b"sh", b"BI"}


def _says(operand: bytes) -> bool:
    """A string with something in it."""
    return (operand[:1] == b"(" and len(operand) > 2) or (operand[:1] == b"<" and operand[1:2] not in (b"<", b">"))


def _follow(token: bytes, operands: list[bytes], reading: _Reading) -> None:
    pen = reading.pen
    if token == b"q":
        reading.kept.append(_Pen(pen.fill, pen.stroke, pen.words))
    elif token == b"Q" and reading.kept:
        reading.pen = reading.kept.pop()
    elif token in _FILL_COLOURS:
        pen.fill = _dark(operands)
    elif token in _STROKE_COLOURS:
        pen.stroke = _dark(operands)
    elif token in _SPACES:
        setattr(pen, _SPACES[token], True)
    elif token == b"Tr":
        pen.words = operands[-1:] not in _UNSEEN


def _dark(operands: list[bytes]) -> bool:
    """A colour nobody can tell here (a pattern, a spot colour) is dark: no finished page is refused for it."""
    try:
        parts = [float(one) for one in operands]
    except ValueError:
        return True
    if len(parts) == 4:
        return max(parts) > 1 - _PALE
    return len(parts) not in (1, 3) or min(parts) < _PALE


def _drawn(operands: list[bytes], resources: Any, depth: int) -> bool:
    """A picture is ink; a form is what stands in it."""
    things = found_in(resources, "/XObject") or {}
    thing = found_in(things, operands[-1].decode("latin-1")) if operands else None
    if thing is None or depth == _DEPTH:
        return False
    if found_in(thing, "/Subtype") != "/Form":
        return True
    return has_ink(thing.data, found_in(thing, "/Resources") or resources, depth + 1)


def found_in(dictionary: Any, key: str) -> Any:
    """The object itself, not its number (pyHanko's own `get` answers numbers); None when there is none."""
    try:
        return dictionary[key]
    except KeyError:
        return None

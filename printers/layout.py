"""版面 slip content → lines for a paper of so many columns; no bytes yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from clerk_app.receipts.slip import Align, Block, Feed, Pair, Qr, Rule, Slip, Text
from printers.wrapping import clean, columns, widest, wrap

_NUMBERED = re.compile(r"\d{1,2}(?:\. ?|、|．)(?!\d)")
LARGE = 2
TRAINING = "【演练　不作凭据】"


@dataclass(frozen=True)
class Line:
    """行 one printed line; it fits the paper at its size."""

    text: str
    size: int = 1
    bold: bool = False
    align: Align = "left"

    @property
    def width(self) -> int:
        """Columns of the paper it takes."""
        return columns(self.text) * self.size


@dataclass(frozen=True)
class Symbol:
    """二维码 a symbol the printer draws itself."""

    data: str


Row = Line | Symbol


def lay_out(slip: Slip, width: int) -> tuple[Row, ...]:
    """Every row of the paper from head to foot, the marks 演练 and 补打 included."""
    return (*_head(slip, width), *_body(slip.blocks, width, LARGE if slip.large else 1), *_foot(slip))


def _head(slip: Slip, width: int) -> Iterator[Row]:
    if slip.training:
        yield Line(TRAINING, bold=True, align="center")
    if slip.copy_no > 1:
        yield from _text(Text(f"【补打 第{slip.copy_no - 1}次】", size=2, align="center"), width)
    for mark in slip.marks:
        yield from _text(Text(mark, align="center"), width)


def _foot(slip: Slip) -> Iterator[Row]:
    if slip.training:
        yield Line("")
        yield Line(TRAINING, bold=True, align="center")


def _body(blocks: tuple[Block, ...], width: int, least: int) -> Iterator[Row]:
    for kind, run in groupby(blocks, key=type):
        if kind is Pair:
            pairs = [block for block in run if isinstance(block, Pair)]
            yield from _pairs(pairs, width) if least == 1 else _large_pairs(pairs, width // least)
            continue
        for block in run:
            yield from _rows(block, width, least)


def _rows(block: Block, width: int, least: int) -> Iterator[Row]:
    match block:
        case Text():
            yield from _text(block, width, least)
        case Rule():
            yield Line("─" * (width // 2))
        case Feed():
            yield from (Line("") for _ in range(block.lines))
        case Qr():
            yield Symbol(block.data)
            if block.caption:
                yield from _text(Text(block.caption, align="center"), width, least)
        case Pair():
            yield from _body((block,), width, least)


def _text(block: Text, width: int, least: int = 1) -> Iterator[Line]:
    """`least` is the smallest size on this paper: who reads badly is not helped by a long sentence made small again."""
    text, size = clean(block.text), min(max(block.size, 1) + least - 1, 3)
    number = _NUMBERED.match(text)
    if number and size == least and block.align == "left":
        hung = _hanging(number[0], text[number.end() :], columns(number[0]), block.bold, width // size)
        yield from (replace(line, size=size) for line in hung)
        return
    lines = wrap(text, width // size)
    while size > least and len(lines) > 2:  # a magnified sentence that fills the paper is harder to read, not easier
        size -= 1
        lines = wrap(text, width // size)
    if block.align == "center":
        lines = _balanced(text, width // size, lines)
    yield from (Line(line, size, block.bold, block.align) for line in lines)


def _balanced(text: str, width: int, lines: list[str]) -> list[str]:
    """Centred lines of like length: no single character alone on the last one, and no number torn for it."""
    whole = widest(text) if len(lines) > 1 else 0
    while len(lines) > 1 and width > max(8, whole):
        width -= 1
        narrower = wrap(text, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _pairs(pairs: list[Pair], width: int) -> Iterator[Line]:
    """Neighbouring pairs share one edge for their values; a label too long for it keeps its own."""
    labels = [_label(pair.label) for pair in pairs]
    most = width * 3 // 8
    edge = max((columns(label) for label in labels if columns(label) <= most), default=0)
    for pair, label in zip(pairs, labels, strict=True):
        yield from _pair(label, clean(pair.value), pair.bold, max(edge, columns(label)), width)


def _large_pairs(pairs: list[Pair], width: int) -> Iterator[Line]:
    """A dozen letters to a line leave no room for an edge: what does not fit beside its label stands under it."""
    for pair in pairs:
        label, value = _label(pair.label), clean(pair.value)
        beside = columns(label) + columns(value) <= width and "\n" not in value
        lines = [label + value] if beside else [*wrap(label, width), *("  " + line for line in wrap(value, width - 2))]
        yield from (Line(line, LARGE, pair.bold) for line in lines)


def _label(label: str) -> str:
    label = clean(label).replace("\n", " ")
    return label if label.endswith(("：", ":")) or not label else label + "："


def _pair(label: str, value: str, bold: bool, edge: int, width: int) -> Iterator[Line]:
    if width - edge < width // 3:
        yield from (Line(line, bold=bold) for line in wrap(label, width))
        yield from (Line("  " + line, bold=bold) for line in wrap(value, width - 2))
        return
    yield from _hanging(label, value, edge, bold, width)


def _hanging(label: str, value: str, edge: int, bold: bool, width: int) -> Iterator[Line]:
    first, *rest = wrap(value, width - edge)
    yield Line((label + " " * (edge - columns(label)) + first).rstrip(" "), bold=bold)
    yield from (Line(" " * edge + line, bold=bold) for line in rest)

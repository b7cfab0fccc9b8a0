"""断行 width by the printer's own encoding, and line breaks that keep 避头尾 and do not tear numbers and dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NEVER_FIRST = frozenset("，。、；：！？）》」』】〕〉”’％…—～·,.;:!?)]}%℃°元")
_NEVER_LAST = frozenset("（《「『【〔〈“‘￥([{$№第")
_ATOM = re.compile(
    r"\d{1,4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|（星期[一二三四五六日]）|￥?[!-~]+[份个页项人号元件张本]?|.",
    re.DOTALL,
)
_SWAPPED = str.maketrans({"¥": "￥", "\u00a0": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})


def clean(text: str) -> str:
    """Only what may stand on paper: a name must never carry a printer command or an invisible mark."""
    return "".join(filter(None, (_kept(char) for char in text.translate(_SWAPPED))))


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "□"
    if category in ("Cc", "Cf") and char != "\n":
        return ""
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return ""
    return char


def columns(text: str) -> int:
    """Half-width columns the printer gives this text: one byte in GB18030 is one column, anything longer is two."""
    return sum(1 if char < "\x80" else 2 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; at least one, so that an empty text keeps its line."""
    return [line for paragraph in text.split("\n") for line in _fill(paragraph, max(width, 2))]


def widest(text: str) -> int:
    """The columns of the longest run that is not to be torn."""
    return max((columns(cluster.rstrip()) for part in text.split("\n") for cluster in _clusters(part)), default=0)


def _fill(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for cluster in _clusters(paragraph):
        if columns(line) + columns(cluster.rstrip()) <= width:
            line += cluster
            continue
        if columns(cluster) > width:
            *full, line = _chop(line + cluster, width)
            lines += full
            continue
        lines.append(line)
        line = cluster.lstrip(" ")
    return [part.rstrip(" ") for part in [*lines, line]]


def _clusters(paragraph: str) -> Iterator[str]:
    """Runs that stay together: an atom with the closing marks behind it and the opening marks before it."""
    cluster = ""
    for atom in _ATOM.findall(paragraph):
        # A space hangs on what stands before it: at the head of a line it is dropped, and would bare a mark behind it.
        if cluster and not (atom[0] in _NEVER_FIRST or atom == " " or cluster.rstrip(" ")[-1:] in _NEVER_LAST):
            yield cluster
            cluster = ""
        cluster += atom
    if cluster:
        yield cluster


def _chop(text: str, width: int) -> list[str]:
    """A run longer than a whole line: torn where the line is full, after a separator when one is near."""
    parts: list[str] = []
    while columns(text) > width:
        cut = _fitting(text, width)
        near = max((at + 1 for at, char in enumerate(text[:cut]) if char in "-/_.&:,"), default=0)
        cut = near if near * 4 >= cut * 3 else cut
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _fitting(text: str, width: int) -> int:
    used = 0
    for at, char in enumerate(text):
        used += columns(char)
        if used > width:
            return max(at, 1)
    return len(text)

"""小票内容 the content of a slip as frozen blocks: no bytes, no widths. `printers` turns it into paper.

Magnification is 1–3; a pair is a label and its value on one line (wrapped under the value when long).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Text:
    """一行文字 one run of text; it wraps at the paper's edge."""

    text: str
    size: int = 1
    bold: bool = False
    align: Align = "left"


@dataclass(frozen=True)
class Pair:
    """标签与内容 a label and its value."""

    label: str
    value: str
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """分隔线 a line across the paper."""


@dataclass(frozen=True)
class Qr:
    """二维码 a QR symbol; `caption` is printed under it."""

    data: str
    caption: str = ""


@dataclass(frozen=True)
class Feed:
    """走纸 blank lines."""

    lines: int = 1


Block = Text | Pair | Rule | Qr | Feed


@dataclass(frozen=True)
class Slip:
    """小票 one paper: `doc_type` and `doc_no` and `copy_no` name it for ever (a second original is impossible).

    `training` prints 演练 at head and foot. `copy_no` > 1 is a reprint; its heading says so. `large` is for who reads
    badly (大字): every word of it in double size.
    """

    doc_type: str
    doc_no: str
    blocks: tuple[Block, ...]
    copy_no: int = 1
    training: bool = False
    subject: str = ""
    """What the paper speaks of, as `room:id`; the fact «paper out» is recorded on it."""
    marks: tuple[str, ...] = ()
    """Lines under the heading that say which paper this is: printed once more and why, or by another printer."""
    reason: str = ""
    """补打 why it is printed once more."""
    large: bool = False
    to: str = ""
    """The printer a person chose; empty: the desk's own rule says where it goes."""

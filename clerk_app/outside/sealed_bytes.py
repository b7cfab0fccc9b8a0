"""盖章的字节 what a sealed file's bytes alone say: what was signed, where the signature lies, and whether anything is left out.

No PDF reader is asked: readers agree to open files that were changed after sealing, and say «valid» to some of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from asn1crypto import parser

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_HEX = re.compile(rb"<(?:[0-9a-f]*|[0-9A-F]*)>")


@dataclass(frozen=True)
class SealedBytes:
    """盖章的字节 the signed bytes, the CMS, and in Chinese whatever in the file the signature does not vouch for."""

    ranges: tuple[int, int, int, int]
    signed: bytes
    cms: bytes
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """The signature vouches for the whole file but its own hole."""
        return not self.faults

    @property
    def end(self) -> int:
        """Where that which was sealed ends: what stands behind it came later."""
        return self.ranges[2] + self.ranges[3]


def read_sealed(pdf: bytes) -> SealedBytes:
    """The first signature of the file; raises ValueError with one sentence when there is none that can be read."""
    found = _RANGE.search(pdf)
    if found is None:
        raise ValueError("文件里没有能读的电子印章。只有印章的图样不算盖章。")
    start, first, resume, rest = (int(number) for number in found.groups())
    cms, padding = _der(pdf[start + first : resume], short=resume + rest > len(pdf))
    faults = []
    if pdf.count(b"/ByteRange") > 1:
        faults.append("文件里不止一个签名：盖章之后又有人加过。")
    if start:
        faults.append("印章没有盖住整个文件：盖章之后前面加过内容。")
    if resume + rest < len(pdf):
        faults.append("印章没有盖住整个文件：盖章之后后面加过内容，看到的可能不是盖章时的样子。")
    if resume + rest > len(pdf):
        faults.append("文件不完整：盖章时的尾部缺了一段。")
    if padding.strip(b"0"):
        faults.append("签名留空的地方有别的内容。")
    signed = pdf[start : start + first] + pdf[resume : resume + rest]
    return SealedBytes((start, first, resume, rest), signed, cms, tuple(faults))


def _der(hole: bytes, *, short: bool) -> tuple[bytes, bytes]:
    """The CMS and what stands behind it in the hole, still hexadecimal."""
    if not _HEX.fullmatch(hole):
        raise ValueError(_no_hole(hole, short))
    inside = hole[1:-1]
    if len(inside) % 2:
        raise ValueError(BROKEN)
    data = bytes.fromhex(inside.decode("ascii"))
    try:
        length = parser.peek(data)
    except ValueError:
        raise ValueError(BROKEN) from None
    return data[:length], inside[2 * length :]


BROKEN = "印章的签名读不成：签名被改过或坏了。"


def _no_hole(hole: bytes, short: bool) -> str:
    if short and hole[:1] in (b"", b"<"):
        return "文件不完整：盖章时的尾部缺了一段，印章没法认。"
    if re.fullmatch(rb"<[0-9a-fA-F]*>", hole):
        return BROKEN
    if re.search(rb"\A<[0-9a-fA-F]{64,}>|<[0-9a-fA-F]{64,}>\Z", hole):
        return "签名留空的地方还夹着别的东西，那一段印章没有盖住，不能认。"
    return "签名说的位置上不是签名：文件被别的软件重新存过，或者被改过，印章就作废了。拿盖章时的原件来验。"

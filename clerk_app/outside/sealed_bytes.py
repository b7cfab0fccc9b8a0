"""盖章的字节 what a sealed file's bytes alone say: what was signed, where the signature lies, and whether anything is left out.

No PDF reader is asked: readers agree to open files that were changed after sealing, and say «valid» to some of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from asn1crypto import parser

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_HEX = re.compile(rb"(?:[0-9a-f]*|[0-9A-F]*)")


@dataclass(frozen=True)
class SealedBytes:
    """盖章的字节 the signed bytes, the CMS, and in Chinese whatever in the file the signature does not vouch for."""

    ranges: tuple[int, int, int, int]
    signed: bytes
    cms: bytes
    faults: tuple[str, ...]


def read_sealed(pdf: bytes) -> SealedBytes | None:
    """The first signature of the file; None when there is none that can be read at all."""
    found = _RANGE.search(pdf)
    if found is None:
        return None
    start, first, resume, rest = (int(number) for number in found.groups())
    hole = pdf[start + first : resume]
    cms, padding = _der(hole)
    if not cms:
        return None
    faults = []
    if pdf.count(b"/ByteRange") > 1:
        faults.append("文件里不止一个签名：盖章之后又有人加过。")
    if start or resume + rest != len(pdf):
        faults.append("印章没有盖住整个文件：盖章之后前面或后面加过内容。")
    if padding.strip(b"0"):
        faults.append("签名留空的地方有别的内容。")
    signed = pdf[start : start + first] + pdf[resume : resume + rest]
    return SealedBytes((start, first, resume, rest), signed, cms, tuple(faults))


def _der(hole: bytes) -> tuple[bytes, bytes]:
    """The CMS and what stands behind it in the hole, still hexadecimal."""
    inside = hole[1:-1]
    if hole[:1] != b"<" or hole[-1:] != b">" or len(inside) % 2 or not _HEX.fullmatch(inside):
        return b"", b""
    data = bytes.fromhex(inside.decode("ascii"))
    try:
        length = parser.peek(data)
    except ValueError:
        return b"", b""
    return data[:length], inside[2 * length :]

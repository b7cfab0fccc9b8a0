"""文书码 what a paper's QR says of the paper itself, signed by the machine that made it: checked anywhere, without a line.

`PC1` + base32 of the signature (64 bytes) and the deflated canonical JSON: capitals and digits, which a QR packs best and a
scan gun types through any input method. It proves the fields, never the ink: whoever reads it holds them against the paper.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import msgspec

from clerk_app.canonical import canonical

MARK = "PC1"
DOOR = "v"
"""Under which a citizen's page shows one: `/v/PC1…`."""
LONGEST_TEXT, LONGEST_BODY = 2000, 1600
_SIGNATURE, _PACKED = 64, 22
_purpose = b"clerk:paper-code:1\n"
_alphabet = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_LONGEST = {"h": 16, "d": 36, "n": 40, "o": 60, "t": 80, "g": 60, "y": 10, "w": 120}
_needed = ("h", "d", "n", "t", "g", "y")
_unseen = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control and direction signs: they make a text look like another. (An unassigned character may be a newer Chinese one.)"""
_CUT = "…"

Genuine = Callable[[str, bytes, str], bool]
"""(public key, data, signature), both in base64: whether the key made it."""


class UnreadableCode(Exception):
    """读不出的码 no code of a paper, or a damaged one; one sentence."""

    def __init__(self, sentence: str = "这不是文书上的码，或者没有扫全。把纸铺平再扫一次。") -> None:
        super().__init__(sentence)


@dataclass(frozen=True, kw_only=True)
class PaperCode:
    """文书码 the hall and machine it was made at, the case's number (query code before it has one), and what stands on the paper.

    `to`: whom it is to, a company's name whole, a person's masked; empty where the paper names nobody.
    """

    hall: str
    device: str
    case_no: str
    document_no: str
    title: str
    department: str
    day: date
    to: str


@dataclass(frozen=True)
class ReadPaperCode:
    """读到的文书码 what it says, and the bytes and signature that vouch for it."""

    code: PaperCode
    signed: bytes
    signature: str


def is_paper_code(text: str) -> bool:
    """Whether a scanned line may be one of these at all, alone or behind an address."""
    return bare_code(text).startswith(MARK)


def bare_code(text: str) -> str:
    """What stands behind the address, in capitals."""
    return text.strip().rpartition("/")[2].upper()


def write_paper_code(code: PaperCode, sign: Callable[[bytes], str]) -> str:
    """The line; `sign` is the machine's (base64). What is too long for a code is cut, visibly.

    Raises ValueError for a code without what it must say.
    """
    said = {
        "h": code.hall, "d": _short(code.device), "n": code.case_no, "o": code.document_no,
        "t": code.title, "g": code.department, "y": code.day.isoformat(), "w": code.to,
    }  # fmt: skip
    fields = {name: _fitted(text, _LONGEST[name]) for name, text in said.items()}
    if fault := _fault(fields):
        raise ValueError(fault)
    body = canonical(fields)
    raw = base64.b64decode(sign(_purpose + body), validate=True) + _deflated(body)
    return MARK + base64.b32encode(raw).decode("ascii").rstrip("=")


def read_paper_code(text: str) -> ReadPaperCode:
    """What it says; whether to believe it is another question (`vouched_by`). Raises `UnreadableCode`."""
    if len(text) > LONGEST_TEXT:
        raise UnreadableCode
    raw = _unwritten(bare_code(text))
    try:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        body = unpacking.decompress(raw[_SIGNATURE:], LONGEST_BODY)
        if unpacking.unconsumed_tail or unpacking.unused_data or not unpacking.eof:
            raise UnreadableCode
        fields = msgspec.json.decode(body, type=dict[str, str])
        if _fault(fields) or canonical(fields) != body:
            raise UnreadableCode
        code = _code(fields)
    except (zlib.error, msgspec.MsgspecError, ValueError):
        raise UnreadableCode from None
    return ReadPaperCode(code, _purpose + body, base64.b64encode(raw[:_SIGNATURE]).decode("ascii"))


def vouched_by(read: ReadPaperCode, public: str, genuine: Genuine) -> bool:
    """Whether the key of the machine it names made it."""
    return genuine(public, read.signed, read.signature)


def code_address(pages: str, code: str) -> str:
    """What the QR carries: the code behind the hall's own pages, or alone where it has none.

    In capitals where that changes nothing (a host has no case, a path has), because a QR packs them half as large again.
    """
    if not pages:
        return code
    address = f"{pages}/{DOOR}/{code}"
    return address if urlsplit(pages).path else address.upper()


def _unwritten(line: str) -> bytes:
    """The bytes, when there is no other way to write them: the last character's unused bits are none."""
    coded = line.removeprefix(MARK)
    if not line.startswith(MARK) or not set(coded) <= _alphabet:
        raise UnreadableCode
    try:
        raw = base64.b32decode(coded + "=" * (-len(coded) % 8))
    except binascii.Error:
        raise UnreadableCode from None
    if len(raw) <= _SIGNATURE or base64.b32encode(raw).decode("ascii").rstrip("=") != coded:
        raise UnreadableCode
    return raw


def _deflated(body: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(body) + packing.flush()


def _fault(fields: dict[str, str]) -> str:
    """The name of the first field that is missing, too long, or has a character that cannot be printed."""
    if fields.keys() != _LONGEST.keys():
        return "fields"
    for name, longest in _LONGEST.items():
        text = fields[name]
        if len(text) > longest or (name in _needed and not text):
            return name
        if _seen(text) != text:
            return name
    return ""


def _seen(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter) not in _unseen)


def _fitted(text: str, longest: int) -> str:
    plain = _seen(text)
    return plain if len(plain) <= longest else plain[: longest - len(_CUT)] + _CUT


def _short(device: str) -> str:
    """A machine's id (UUID) in 22 characters instead of 36; any other name as it is."""
    try:
        made = uuid.UUID(device)
    except ValueError:
        return device
    if str(made) != device:
        return device
    return base64.urlsafe_b64encode(made.bytes).decode("ascii").rstrip("=")


def _whole(short: str) -> str:
    """Back; raises ValueError for a spelling `_short` would not have written."""
    whole = str(uuid.UUID(bytes=base64.urlsafe_b64decode(short + "=="))) if len(short) == _PACKED else short
    if _short(whole) != short:
        raise ValueError("d")
    return whole


def _code(fields: dict[str, str]) -> PaperCode:
    day = date.fromisoformat(fields["y"])
    if day.isoformat() != fields["y"]:
        raise ValueError("y")
    return PaperCode(
        hall=fields["h"],
        device=_whole(fields["d"]),
        case_no=fields["n"],
        document_no=fields["o"],
        title=fields["t"],
        department=fields["g"],
        day=day,
        to=fields["w"],
    )

"""号票码 what a ticket's QR says of the ticket, signed by the machine that issued it: read at any window, without a line.

`QT1` + base32 of the signature (64 bytes) and the packed fields: capitals and digits, which a scan gun types through any
input method. It stands behind `#` after the address a telephone opens, so that the page's server never gets it. No name and
no ID number is in it.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import msgspec

MARK = "QT1"
LONGEST = 1000
_SIGNATURE, _UUID, _NAME = 64, 16, b"\xff"
_purpose = b"clerk:ticket-code:1\n"
_alphabet = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_Packed = tuple[bytes, bytes, int, str, str, int, int, int, int, str, int]
_RESERVE, _CARRIED = 1, 2
_LONGEST = {"number": 12, "letter": 4, "item": 40}

Genuine = Callable[[str, bytes, str], bool]
"""(public key, data, signature), both in base64: whether the key made it."""


class UnreadableTicketCode(Exception):
    """读不出的号票码 no code of a ticket, or a damaged one; one sentence."""

    def __init__(self) -> None:
        super().__init__("这不是本大厅号票上的码，或者没有扫全。把号票铺平再扫一次，或输号码和 4 位校验。")


@dataclass(frozen=True, kw_only=True)
class TicketCode:
    """号票码 the ticket as its slip knows it: `device` issued it, `fallback` is the window that calls it with the line cut.

    `carried`: 次日条, the slip of who was not called that day.
    """

    id: str
    day: date
    number: str
    letter: str
    serial: int
    taken_at: datetime
    fallback: int = 0
    item: str = ""
    reserve: bool = False
    device: str = ""
    carried: bool = False


@dataclass(frozen=True)
class ReadTicketCode:
    """读到的号票码 what it says, and the bytes and signature that vouch for it."""

    code: TicketCode
    signed: bytes
    signature: str


def is_ticket_code(text: str) -> bool:
    """Whether a scanned line may be one of these at all, alone or behind an address."""
    return bare(text).startswith(MARK)


def bare(text: str) -> str:
    """What stands behind the address, in capitals, whatever width an input method gave the signs."""
    return unicodedata.normalize("NFKC", text[: LONGEST + 1]).strip().rpartition("#")[2].upper()


def write(code: TicketCode, sign: Callable[[bytes], str]) -> str:
    """The line; `sign` is the machine's (base64). Raises ValueError for a code without what it must say."""
    if not code.id or not code.device or not code.number or not code.letter or code.taken_at.utcoffset() is None:
        raise ValueError("ticket code")
    if any(len(getattr(code, name)) > most for name, most in _LONGEST.items()):
        raise ValueError("ticket code")
    body = msgspec.msgpack.encode(_packed(code))
    raw = base64.b64decode(sign(_purpose + body), validate=True) + body
    return MARK + base64.b32encode(raw).decode("ascii").rstrip("=")


def read(text: str) -> ReadTicketCode:
    """What it says; whether to believe it is another question (`vouched_by`). Raises `UnreadableTicketCode`."""
    if len(text) > LONGEST:
        raise UnreadableTicketCode
    raw = _unwritten(bare(text))
    body = raw[_SIGNATURE:]
    try:
        code = _code(msgspec.msgpack.decode(body, type=_Packed))
        if msgspec.msgpack.encode(_packed(code)) != body:
            raise UnreadableTicketCode
    except (msgspec.MsgspecError, ValueError, OverflowError, OSError):
        raise UnreadableTicketCode from None
    return ReadTicketCode(code, _purpose + body, base64.b64encode(raw[:_SIGNATURE]).decode("ascii"))


def vouched_by(found: ReadTicketCode, public: str, genuine: Genuine) -> bool:
    """Whether the key of the machine it names made it."""
    return genuine(public, found.signed, found.signature)


def _packed(code: TicketCode) -> _Packed:
    minutes = int((code.taken_at.utcoffset() or timedelta()).total_seconds() // 60)
    flags = _RESERVE * code.reserve + _CARRIED * code.carried
    return (
        _short(code.device), _short(code.id), code.day.toordinal(), code.number, code.letter, code.serial,
        int(code.taken_at.timestamp()), minutes, code.fallback, code.item, flags,
    )  # fmt: skip


def _code(fields: _Packed) -> TicketCode:
    device, key, day, number, letter, serial, taken, minutes, fallback, item, flags = fields
    return TicketCode(
        id=_whole(key),
        day=date.fromordinal(day),
        number=number,
        letter=letter,
        serial=serial,
        taken_at=datetime.fromtimestamp(taken, timezone(timedelta(minutes=minutes))),
        fallback=fallback,
        item=item,
        reserve=bool(flags & _RESERVE),
        device=_whole(device),
        carried=bool(flags & _CARRIED),
    )


def _short(key: str) -> bytes:
    """An id (UUID) in its 16 bytes; any other name as it is, behind a sign that says so, and never 16 bytes long."""
    try:
        made = uuid.UUID(key)
    except ValueError:
        made = None
    if made is not None and str(made) == key:
        return made.bytes
    named = _NAME + key.encode()
    return named if len(named) != _UUID else named + _NAME


def _whole(short: bytes) -> str:
    """Back; raises ValueError."""
    return str(uuid.UUID(bytes=short)) if len(short) == _UUID else short.strip(_NAME).decode()


def _unwritten(line: str) -> bytes:
    """The bytes, when there is no other way to write them: the last character's unused bits are none."""
    coded = line.removeprefix(MARK)
    if not line.startswith(MARK) or not set(coded) <= _alphabet:
        raise UnreadableTicketCode
    try:
        raw = base64.b32decode(coded + "=" * (-len(coded) % 8))
    except binascii.Error:
        raise UnreadableTicketCode from None
    if len(raw) <= _SIGNATURE or base64.b32encode(raw).decode("ascii").rstrip("=") != coded:
        raise UnreadableTicketCode
    return raw

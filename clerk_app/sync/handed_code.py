"""交号码 the tickets a window gives up, as one line of capital letters and digits for a QR: signed by its machine.

`HD1` + base32 of the signature (64 bytes) and the deflated canonical JSON. Capitals and digits survive any keyboard layout
and input method a scan gun types through, and take the least room in a QR.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from clerk_app.canonical import canonical
from clerk_app.queueing.handing import HandedTicket
from clerk_app.queueing.model import ticket_number
from clerk_app.sync.protocol import decode, encode

MARK = "HD1"
MOST = 40
"""Tickets in one code: more modules than that no slip can bear."""
LONGEST_TEXT, LONGEST_BODY = 6000, 16_384
_SIGNATURE = 64
_purpose = b"clerk:handed-tickets:1\n"


class UnreadableCode(Exception):
    """读不出的码 no code of ours, or a damaged one."""


@dataclass(frozen=True, kw_only=True)
class HandedCode:
    """交号码 which machine gave up which tickets, by which command, when, and by whose hand."""

    hall: str
    device: str
    handing: str
    window: int
    person: str
    at: datetime
    tickets: tuple[HandedTicket, ...]


@dataclass(frozen=True)
class ReadCode:
    """读到的码 what it says, and the bytes and signature that vouch for it."""

    code: HandedCode
    signed: bytes
    signature: str


def is_code(text: str) -> bool:
    """Whether a scanned line may be one of these at all."""
    return text.strip().upper().startswith(MARK) and len(text) > 3 * _SIGNATURE // 2


def write_code(code: HandedCode, sign: Callable[[bytes], str]) -> str:
    """The line; `sign` is the machine's (base64)."""
    body = canonical(
        {
            "h": code.hall,
            "d": code.device,
            "c": code.handing,
            "w": code.window,
            "p": code.person,
            "a": code.at.isoformat(timespec="seconds"),
            "t": [_packed(ticket, code.at) for ticket in code.tickets],
        }
    )
    raw = decode(sign(_purpose + body)) + zlib.compress(body, 9)
    return MARK + base64.b32encode(raw).decode("ascii").rstrip("=")


def read_code(text: str) -> ReadCode:
    """What it says; whether to believe it is another question. Raises `UnreadableCode`."""
    line = text.strip().upper()
    if not is_code(line) or len(line) > LONGEST_TEXT:
        raise UnreadableCode(len(line))
    coded = line.removeprefix(MARK)
    try:
        raw = base64.b32decode(coded + "=" * (-len(coded) % 8))
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(raw[_SIGNATURE:], LONGEST_BODY)
        if unpacking.unconsumed_tail or unpacking.unused_data or not unpacking.eof:
            raise UnreadableCode("size")
        return ReadCode(_code(msgspec.json.decode(body)), _purpose + body, encode(raw[:_SIGNATURE]))
    except (binascii.Error, zlib.error, msgspec.DecodeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableCode(type(error).__name__) from error


def _packed(ticket: HandedTicket, at: datetime) -> list[Any]:
    ago = round((at.replace(microsecond=0) - ticket.taken_at).total_seconds() * 1000)
    plain = [ticket.id, ticket.letter, ticket.serial, int(ticket.reserve), ago]
    # Flagged, or sent on from another line: then its number does not follow from its letter.
    number = [] if ticket.number == ticket_number(ticket.letter, ticket.serial) else [ticket.number]
    return [*plain, ticket.taken_window, ticket.priority, ticket.fence, *number]


def _code(body: Any) -> HandedCode:
    at = datetime.fromisoformat(body["a"])
    if at.tzinfo is None or not 0 < len(body["t"]) <= MOST:
        raise ValueError("a")
    return HandedCode(
        hall=str(body["h"]),
        device=str(body["d"]),
        handing=str(body["c"]),
        window=int(body["w"]),
        person=str(body["p"]),
        at=at,
        tickets=tuple(_ticket(row, at) for row in body["t"]),
    )


def _ticket(row: list[Any], at: datetime) -> HandedTicket:
    key, letter, serial, reserve, ago, window, priority, fence, *number = row
    return HandedTicket(
        id=str(key),
        day=at.date(),
        letter=str(letter),
        number=str(number[0]) if number else ticket_number(str(letter), int(serial)),
        serial=int(serial),
        reserve=bool(reserve),
        taken_at=at - timedelta(milliseconds=int(ago)),
        taken_window=int(window),
        priority=str(priority),
        fence=int(fence),
    )

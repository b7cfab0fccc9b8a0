"""练习口令 the passwords, PINs and recovery halves of the training hall's invented people; both ends make them the same way, pages show them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from datetime import datetime


def training_password(person: str) -> str:
    """练习密码 lian-xi- and the last three characters of the number."""
    return f"lian-xi-{person[-3:].lower()}"


def training_pin(person: str) -> str:
    """练习 PIN six digits: the last three characters twice, letters as 0."""
    digits = "".join(c if c.isdigit() else "0" for c in person[-3:])
    return digits * 2


def training_totp(person: str) -> str:
    """练习动态码的密钥 in base32, the same at every start: a phone's authenticator makes the codes."""
    return base64.b32encode(hashlib.sha256(f"lian-xi-{person}".encode()).digest()[:20]).decode()


def training_code(person: str, at: datetime) -> str:
    """练习动态码 of this half minute (RFC 6238), for who has no phone at hand; a real secret is never outside the centre."""
    step = struct.pack(">Q", int(at.timestamp()) // 30)
    digest = hmac.digest(base64.b32decode(training_totp(person)), step, "sha1")
    place = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[place : place + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


TRAINING_HALVES = ("lian-xi-qian-ban", "lian-xi-hou-ban")
"""练习恢复口令 the two halves that open the training hall's recovery key, one a person."""

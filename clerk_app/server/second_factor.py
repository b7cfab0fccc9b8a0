"""第二道验证 a code that changes every half minute (TOTP, RFC 6238); who has none set gives his PIN instead.

A code is good in its own half minute and the ones beside it, and never twice: its step is kept with the account. Without
either nobody who needs one gets in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import pyotp
from pyotp.utils import strings_equal
from sqlalchemy import Connection, update

from clerk_app.server.tables import accounts as a

Factor = Literal["", "totp", "pin"]
STEP = 30
BESIDE = (0, -1, 1)
"""Half minutes: a phone's clock is never quite the hall's."""
SECRET_CHARS = 32


@dataclass(frozen=True)
class Kept:
    """存着的动态码 the secret, and the newest step that was used."""

    secret: bytes
    step: int


def new_secret() -> str:
    """A fresh one, in base32."""
    return pyotp.random_base32(SECRET_CHARS)


def uri_of(secret: str, person: str, hall: str) -> str:
    """otpauth: what a phone's authenticator reads from a QR code. The person's number, not his name."""
    return pyotp.TOTP(secret).provisioning_uri(name=person, issuer_name=hall)


def right_step(kept: Kept, code: str, now: datetime) -> int | None:
    """The step this code belongs to; None when it is wrong or was used."""
    if not (code.isascii() and code.isdigit()):
        return None
    totp = pyotp.TOTP(kept.secret.decode("ascii"))
    base = int(now.timestamp()) // STEP
    for step in (base + beside for beside in BESIDE):
        if strings_equal(totp.generate_otp(step), code):
            return step if step > kept.step else None
    return None


def spend(connection: Connection, hall: str, person: str, step: int) -> None:
    """This step and all before it are over. Under the account's lock."""
    change = update(a).where(a.c.hall == hall, a.c.person == person)
    connection.execute(change.values(totp_step=step))


def set_totp(connection: Connection, hall: str, person: str, secret: str) -> bool:
    """A new secret takes the old one's place; False when there is no such account."""
    change = update(a).where(a.c.hall == hall, a.c.person == person)
    fresh = change.values(totp=secret.encode("ascii"), totp_step=0)
    return connection.execute(fresh.returning(a.c.person)).first() is not None

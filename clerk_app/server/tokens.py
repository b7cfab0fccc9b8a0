"""凭条 a short-lived word of the centre: HMAC over what it is good for and until when, by the hall's own key.

Nothing is kept of a token but the key it was made with, so that every process of the centre knows every token. `hello`
gives one to a device; the device signs it with each request, so that a captured request is good for minutes only.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select, update

from clerk_app.server.database import Database
from clerk_app.server.tables import hall_head

LIFE = timedelta(minutes=5)
_KEY_BYTES = 32


def new_key() -> bytes:
    """A hall's key; made when the hall is loaded."""
    return secrets.token_bytes(_KEY_BYTES)


def key_of(database: Database, hall: str) -> bytes:
    """The hall's key; made now for a hall that was loaded before there were tokens."""
    with database.reading() as connection:
        kept = _kept(connection, hall)
    if kept is not None:
        return kept
    with database.writing() as connection:
        return key_in(connection, hall)


def key_in(connection: Connection, hall: str) -> bytes:
    """The same inside a writing transaction."""
    kept = _kept(connection, hall)
    if kept is not None:
        return kept
    here = (hall_head.c.hall == hall, hall_head.c.token_key.is_(None))
    connection.execute(update(hall_head).where(*here).values(token_key=new_key()))
    return _kept(connection, hall) or b""


def _kept(connection: Connection, hall: str) -> bytes | None:
    found = connection.execute(select(hall_head.c.token_key).where(hall_head.c.hall == hall)).scalar_one()
    return None if found is None else bytes(found)


def make(key: bytes, subject: str, until: datetime) -> str:
    """A token for this subject."""
    expiry = int(until.timestamp())
    return f"{expiry}.{_mac(key, subject, expiry)}"


def queue_key(key: bytes, day: date) -> bytes:
    """日钥 of one day: every machine of the hall is told it, and it leads to no other day's."""
    return hmac.new(key, b"queue:" + day.isoformat().encode(), "sha256").digest()


def good(key: bytes | None, subject: str, token: str, now: datetime) -> bool:
    """Whether this token was made for this subject and is not over."""
    text, _, mac = token.partition(".")
    if key is None or not (text.isascii() and text.isdecimal() and len(text) <= 12 and mac.isascii()):
        return False
    return hmac.compare_digest(mac, _mac(key, subject, int(text))) and int(text) > now.timestamp()


def _mac(key: bytes, subject: str, expiry: int) -> str:
    return hmac.new(key, f"{subject}|{expiry}".encode(), "sha256").hexdigest()

"""外网的门 who knocks from outside: known, in use, of this moment, signed, and not heard before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import signed_by
from clerk_app.server.inbox import problems, senders
from clerk_app.server.inbox.senders import Sender
from clerk_app.server.tables import inbox_nonces
from clerk_app.store.cabinet import insert_once
from clerk_app.sync.protocol import decode

WINDOW = timedelta(minutes=5)
"""How far a request's moment may be from ours; used words are kept for twice as long."""
_nonce = re.compile(r"[0-9A-Za-z_-]{16,64}")
_n = inbox_nonces.c


@dataclass(frozen=True, kw_only=True)
class Knock:
    """敲门 what a request from outside brings; `digest` is what must have been signed."""

    sender: str
    moment: str
    nonce: str
    signature: str
    digest: bytes


def admitted(office: CentreOffice, knock: Knock) -> Sender:
    """The platform that signed this very request. Raises `partner-unknown`, `-revoked`, `-out-of-time`, `-replayed`."""
    now = office.now()
    with office.database.reading() as connection:
        sender = senders.find(connection, knock.sender)
    if sender is None or not signed_by(decode(sender.public_key), knock.signature, knock.digest):
        raise problems.sender_unknown()
    if sender.revoked_at is not None:
        raise problems.sender_revoked()
    office.limits.requests.take(f"partner:{sender.id}")
    if not _is_now(knock.moment, now):
        raise problems.out_of_time()
    if not _nonce.fullmatch(knock.nonce) or not _first_time(office, sender, knock.nonce, now):
        raise problems.replayed()
    return sender


def _is_now(moment: str, now: datetime) -> bool:
    try:
        said = datetime.fromisoformat(moment)
    except ValueError:
        return False
    return said.tzinfo is not None and abs(said - now) <= WINDOW


def _first_time(office: CentreOffice, sender: Sender, nonce: str, now: datetime) -> bool:
    """In a transaction of its own: a request that is refused later is not heard twice either."""
    row = {"hall": sender.hall, "sender": sender.id, "nonce": nonce, "at": now}
    with office.database.writing() as connection:
        connection.execute(delete(inbox_nonces).where(_n.at < now - 2 * WINDOW))
        return insert_once(connection, inbox_nonces, row, ("hall", "sender", "nonce"))

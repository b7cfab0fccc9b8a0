"""外网平台 who may send in: added and stopped at the centre's own command line, known by a public key, in one hall each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from clerk_app.outside.citizen_line import is_safe_address
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import inbox_senders
from clerk_app.store.cabinet import insert_once
from clerk_app.sync.protocol import decode

_s = inbox_senders.c
_id = re.compile(r"[a-z][a-z0-9-]{1,23}")
RESERVED = frozenset({"outbox"})


@dataclass(frozen=True, kw_only=True)
class Sender:
    """外网平台 `feed` is where its messages are fetched (empty: it sends them itself), `cursor` how far."""

    hall: str
    id: str
    name: str
    public_key: str
    feed: str
    cursor: str
    revoked_at: datetime | None
    trouble: str = ""
    pulled_at: datetime | None = None


def find(connection: Connection, key: str) -> Sender | None:
    """By its name, whichever hall it belongs to."""
    row = connection.execute(select(inbox_senders).where(_s.id == key)).one_or_none()
    return None if row is None else _sender(row)


def of_hall(connection: Connection, hall: str) -> tuple[Sender, ...]:
    """By name."""
    rows = connection.execute(select(inbox_senders).where(_s.hall == hall).order_by(_s.id))
    return tuple(_sender(row) for row in rows)


def add(connection: Connection, sender: Sender, at: datetime) -> None:
    """A new one. Raises what is wrong with it; a name once used is never another platform's."""
    if not _id.fullmatch(sender.id) or sender.id in RESERVED:
        raise ProblemError(422, "partner-name", "平台的名字写成小写字母、数字和横线，2 到 24 个，没有加。换一个再加。")
    if not sender.name.strip() or len(sender.name) > 60:
        raise ProblemError(422, "partner-name", "没有写平台叫什么，或超过 60 个字，没有加。用 --name 写上。")
    if not _is_key(sender.public_key):
        raise ProblemError(
            422, "partner-key", "钥匙要是 Ed25519 公钥的 Base64（32 字节），没有加。向平台要公钥，不要私钥。"
        )
    if sender.feed and not is_safe_address(sender.feed):
        raise ProblemError(422, "partner-feed", "来件的地址要用 https（本机可以 http），没有加。改好再加。")
    row = {
        "hall": sender.hall, "id": sender.id, "name": sender.name.strip(), "public_key": sender.public_key,
        "feed": sender.feed, "cursor": "", "trouble": "", "added_at": at,
    }  # fmt: skip
    if find(connection, sender.id) is not None or not insert_once(connection, inbox_senders, row, ("hall", "id")):
        raise ProblemError(409, "partner-known", f"已经有平台叫 {sender.id}，没有加。换钥匙就先停用它，换个名字再加。")


def revoke(connection: Connection, hall: str, key: str, at: datetime) -> None:
    """Nothing more is taken from it, nor fetched; what came stays. Said twice, the first time counts."""
    of_it = (_s.hall == hall, _s.id == key)
    if connection.execute(select(_s.id).where(*of_it)).one_or_none() is None:
        raise ProblemError(404, "partner-unknown", f"没有平台叫 {key}，没有停用。用 partner list 看看名字。")
    connection.execute(update(inbox_senders).where(*of_it, _s.revoked_at.is_(None)).values(revoked_at=at))


def _is_key(text: str) -> bool:
    try:
        return len(decode(text)) == 32
    except ValueError:
        return False


def _sender(row: Row[tuple[object, ...]]) -> Sender:
    names = ("hall", "id", "name", "public_key", "feed", "cursor", "revoked_at", "trouble", "pulled_at")
    return Sender(**{name: getattr(row, name) for name in names})

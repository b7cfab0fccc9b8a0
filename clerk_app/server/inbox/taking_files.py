"""收原件 the bytes a platform sends, or lays out: whole and as they were named, or nothing of them; before or after their message."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from clerk_app.cases.attachments import media_by
from clerk_app.cases.inbox.model import CameFile
from clerk_app.outside.ids import new_id
from clerk_app.server.centre import CentreOffice
from clerk_app.server.inbox import problems
from clerk_app.server.inbox.senders import Sender
from clerk_app.server.inbox.taking_in import Arrival
from clerk_app.server.tables import inbox_files, inbox_papers, upload_chunks
from clerk_app.sync.inbox_protocol import LARGEST_FILE

CHUNK = 1 << 20
MOST_UNNAMED = 500
"""Of one platform, with no message that names them yet."""
MEDIA = frozenset({"application/pdf", "image/jpeg", "image/png"})
_f, _p = inbox_files.c, inbox_papers.c


@dataclass(frozen=True, kw_only=True)
class FileReceipt:
    """原件收条 the same for the same bytes, however often they come."""

    sha256: str
    size: int
    came_at: datetime


def keep(office: CentreOffice, sender: Sender, digest: str, data: bytes) -> FileReceipt:
    """Whole and as it was named, or nothing of it; whatever names it hears of it. Raises what is wrong."""
    media = checked(digest, data)
    with office.database.writing() as connection:
        arrival = Arrival(office, connection, sender)
        if not arrival.hall.inbox.open:
            raise problems.closed()
        arrival.turn()
        this = (_f.hall == sender.hall, _f.sender == sender.id, _f.digest == digest)
        row = connection.execute(select(inbox_files).where(*this)).one_or_none()
        if row is None:
            wanting = _items_naming(connection, sender, digest)
            row = _written(arrival, data, {"digest": digest, "media": media}, named=bool(wanting))
            _tell(arrival, wanting, {digest: CameFile(row.size, row.media)})
        return FileReceipt(sha256=digest, size=row.size, came_at=row.came_at)


def checked(digest: str, data: bytes) -> str:
    """Which of the three kinds it is."""
    if len(data) > LARGEST_FILE:
        raise problems.file_too_large()
    if hashlib.sha256(data).hexdigest() != digest:
        raise problems.file_digest_wrong()
    media = media_by(data[:16])
    if media not in MEDIA:
        raise problems.file_kind()
    return media


def _written(arrival: Arrival, data: bytes, about: dict[str, str], *, named: bool) -> Row[Any]:
    connection, sender, upload = arrival.connection, arrival.sender, new_id()
    if not named and _unnamed(connection, sender) >= MOST_UNNAMED:
        raise problems.too_many_files()
    chunks = [
        {"hall": sender.hall, "upload": upload, "start": start, "data": data[start : start + CHUNK]}
        for start in range(0, len(data), CHUNK)
    ]
    connection.execute(upload_chunks.insert(), chunks)
    words = {"size": len(data), "upload": upload, "came_at": arrival.office.now(), **about}
    row = {"hall": sender.hall, "sender": sender.id, **words}
    return connection.execute(inbox_files.insert().returning(inbox_files), row).one()


def _unnamed(connection: Connection, sender: Sender) -> int:
    names = select(_p.item).where(_p.hall == _f.hall, _p.sender == _f.sender, _p.digest == _f.digest).exists()
    query = select(func.count()).select_from(inbox_files).where(_f.hall == sender.hall, _f.sender == sender.id, ~names)
    return int(connection.execute(query).scalar_one())


def _items_naming(connection: Connection, sender: Sender, digest: str) -> list[str]:
    where = (_p.hall == sender.hall, _p.sender == sender.id, _p.digest == digest)
    return list(connection.execute(select(_p.item).where(*where)).scalars())


def _tell(arrival: Arrival, keys: Sequence[str], files: dict[str, CameFile]) -> None:
    """What waits, or was taken: every window hears that it can be looked at."""
    arrival.lock_items(keys)
    for key in keys:
        row = arrival.books.inbox_item(key)
        if row is not None and row.state in ("waiting", "taken"):
            arrival.books.put_inbox_item(row.arrived(files))
    arrival.tell()

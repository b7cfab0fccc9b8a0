"""原件和附件 the bytes that came from outside (`server.inbox`) are no blobs of the hall: a window may read them, and when one
has made them a case's own and asks whether the centre has them, they become one, with nothing sent twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Select, select

from clerk_app.server.tables import blobs, inbox_files
from clerk_app.store.cabinet import insert_once

_f = inbox_files.c


def find_outside(connection: Connection, hall: str, digest: str) -> tuple[int, str] | None:
    """Its size and the upload its bytes came in, from whichever platform."""
    row = connection.execute(_found(hall, digest)).one_or_none()
    return None if row is None else (row.size, row.upload)


def _found(hall: str, digest: str) -> Select[tuple[int, str]]:
    return select(_f.size, _f.upload).where(_f.hall == hall, _f.digest == digest).order_by(_f.sender).limit(1)


def adopted(connection: Connection, hall: str, digest: str, now: datetime) -> int | None:
    """一件的附件了 a window has made it its case's own and asks for it: from now on it is a blob like any other. Its size."""
    found = connection.execute(_found(hall, digest).with_for_update()).one_or_none()
    if found is None:
        return None
    row = {"hall": hall, "digest": digest, "size": found.size, "upload": found.upload, "stored_at": now}
    insert_once(connection, blobs, row, ("hall", "digest"))
    return int(found.size)

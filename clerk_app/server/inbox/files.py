"""网上来的原件 which messages name which digests, what is still missing, and when what nobody takes goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select

from clerk_app.cases.inbox.model import CameFile, InboxItem
from clerk_app.server.centre import CentreOffice
from clerk_app.server.inbox.senders import Sender
from clerk_app.server.retention import bounds
from clerk_app.server.tables import blobs, inbox_files, inbox_papers, upload_chunks
from clerk_app.store.cabinet import insert_once
from clerk_app.store.tables_inbox import inbox_items

SWEPT_AT_ONCE = 200
_f, _p, _i, _b, _c = inbox_files.c, inbox_papers.c, inbox_items.c, blobs.c, upload_chunks.c


def named_by(connection: Connection, sender: Sender, row: InboxItem) -> InboxItem:
    """A message names these: noted, and what came before it is here."""
    digests = sorted({one.sha256 for one in row.materials if one.sha256})
    if not digests:
        return row
    for digest in digests:
        note = {"hall": sender.hall, "sender": sender.id, "digest": digest, "item": row.id}
        insert_once(connection, inbox_papers, note, ("hall", "sender", "digest", "item"))
    where = (_f.hall == sender.hall, _f.sender == sender.id, _f.digest.in_(digests))
    found = connection.execute(select(inbox_files).where(*where)).all()
    return row.arrived({one.digest: CameFile(one.size, one.media) for one in found})


def missing(connection: Connection, sender: Sender, limit: int) -> list[str]:
    """还没到的 digests that what waits names, the longest waiting first: where fetching goes on, whatever ended it before."""
    here = select(_f.digest).where(_f.hall == _p.hall, _f.sender == _p.sender, _f.digest == _p.digest).exists()
    waits = (_i.hall == _p.hall) & (_i.id == _p.item) & _i.state.in_(("waiting", "taken"))
    query = (
        select(_p.digest, func.min(_i.came_at).label("since"))
        .join(inbox_items, waits)
        .where(_p.hall == sender.hall, _p.sender == sender.id, ~here)
        .group_by(_p.digest)
        .order_by("since", _p.digest)
        .limit(limit)
    )
    return [row.digest for row in connection.execute(query)]


def sweep(office: CentreOffice) -> int:
    """清扫 what nobody took, in all halls, when the hall's term is over; answers how many."""
    return sum(
        _sweep_hall(office, hall, bound) for hall, bound in bounds(office, "outside_files", office.now()).items()
    )


def _sweep_hall(office: CentreOffice, hall: str, before: datetime) -> int:
    swept = 0
    while True:
        with office.database.writing() as connection:
            gone = _sweep(connection, hall, before)
        swept += gone
        if gone < SWEPT_AT_ONCE:
            return swept


def _sweep(connection: Connection, hall: str, before: datetime) -> int:
    """The row is locked first: a window that makes it a blob at this moment is waited for, or waits and finds none."""
    query = select(inbox_files).where(_f.hall == hall, _f.came_at < before, ~_still_needed(before)).limit(SWEPT_AT_ONCE)
    gone = connection.execute(query.with_for_update(skip_locked=True)).all()
    uploads = [row.upload for row in gone]
    used = select(_b.upload).where(_b.hall == hall, _b.upload.in_(uploads))
    if gone:
        connection.execute(delete(upload_chunks).where(_c.hall == hall, _c.upload.in_(uploads), _c.upload.not_in(used)))
        connection.execute(delete(inbox_files).where(_f.hall == hall, _f.upload.in_(uploads)))
    return len(gone)


def _still_needed(before: datetime) -> ColumnElement[bool]:
    """By something that waits or was taken, or that was over only lately."""
    item = (_i.hall == _p.hall) & (_i.id == _p.item)
    stands = _i.state.in_(("waiting", "taken")) | (_i.moved_at >= before)
    names = (_p.hall == _f.hall, _p.sender == _f.sender, _p.digest == _f.digest, stands)
    return select(_p.item).join(inbox_items, item).where(*names).exists()

"""变更流 what the hall's devices pull: one row a touched subject, numbered without gaps in commit order.

The cursor is {epoch, hall, seq, anchor}: `anchor` is the id of the row at `seq`, gone after a restore or a lossy
failover. Only this module knows how the cursor is made.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from clerk_app.outside.ids import new_id
from clerk_app.ports import Change, ChangePage
from clerk_app.server.problems import cursor_gone
from clerk_app.server.tables import changes, hall_head
from clerk_app.store.bulk import insert_rows


@dataclass(frozen=True)
class Entry:
    """一条变更 a subject's state and holder as they stand in this transaction."""

    subject: str
    row: Any
    """The value itself, or its plain form."""
    holder: str | None
    fence: int = 0


@dataclass(frozen=True)
class Cursor:
    """游标 how far a device has read."""

    epoch: str
    hall: str
    seq: int
    anchor: str

    def text(self) -> str:
        """Opaque to the device."""
        data = json.dumps(vars(self), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(data).decode().rstrip("=")


def append(connection: Connection, hall: str, entries: Sequence[Entry]) -> int:
    """Write the entries, last of all in the transaction: the lock of the head's row makes order and commit one.

    Answers the number of the first; 0 without any.
    """
    if not entries:
        return 0
    move = update(hall_head).where(hall_head.c.hall == hall).values(seq=hall_head.c.seq + len(entries))
    last = int(connection.execute(move.returning(hall_head.c.seq)).scalar_one())
    first = last - len(entries) + 1
    rows = [
        {
            "hall": hall,
            "seq": seq,
            "id": new_id(),
            "subject": e.subject,
            "row": e.row,
            "holder": e.holder,
            "fence": e.fence,
        }
        for seq, e in enumerate(entries, start=first)
    ]
    insert_rows(connection, changes, rows)
    return first


def one_more(entry: str, hall: str) -> str:
    """`append` of one entry as the end of a longer statement of PostgreSQL; `appended` has its number.

    `entry` names what comes before, with the columns subject, told (JSON text), holder, fence and id; `hall` is its parameter.
    """
    return f"""head AS (
  UPDATE hall_head SET seq = hall_head.seq + 1 FROM {entry} WHERE hall_head.hall = {hall} RETURNING hall_head.seq
), appended AS (
  INSERT INTO changes (hall, seq, id, subject, "row", holder, fence)
  SELECT {hall}, head.seq, {entry}.id, {entry}.subject, CAST({entry}.told AS jsonb), {entry}.holder, {entry}.fence
  FROM {entry}, head RETURNING seq
)"""


def read_page(connection: Connection, hall: str, cursor: str, limit: int) -> ChangePage:
    """Changes after the cursor; raises the problem `cursor-gone` when it does not belong to this feed."""
    head = select(hall_head.c.epoch, hall_head.c.horizon).where(hall_head.c.hall == hall)
    epoch, horizon = connection.execute(head).one()
    start = _read_cursor(cursor) if cursor else Cursor(epoch, hall, 0, "")
    known = start.epoch == epoch and start.hall == hall and start.seq >= horizon
    if not known or not _anchored(connection, start):
        raise cursor_gone()
    query = select(changes).where(changes.c.hall == hall, changes.c.seq > start.seq).order_by(changes.c.seq)
    rows = connection.execute(query.limit(limit + 1)).all()
    page = rows[:limit]
    end = Cursor(epoch, hall, page[-1].seq, page[-1].id) if page else start
    found = tuple(Change(seq=r.seq, subject=r.subject, row=r.row, holder=r.holder, fence=r.fence) for r in page)
    return ChangePage(changes=found, cursor=end.text(), more=len(rows) > limit)


def end_of_feed(connection: Connection, hall: str) -> tuple[str, int]:
    """The cursor behind the last change and its number, for one who reads the current rows in the same snapshot."""
    head = connection.execute(select(hall_head.c.epoch, hall_head.c.seq).where(hall_head.c.hall == hall)).one()
    here = (changes.c.hall == hall, changes.c.seq == head.seq)
    anchor = connection.execute(select(changes.c.id).where(*here)).scalar_one_or_none() or ""
    return Cursor(head.epoch, hall, head.seq, anchor).text(), int(head.seq)


def seq_of(connection: Connection, hall: str, cursor: str) -> int:
    """How far a cursor has read; raises the problem `cursor-gone` when it is of another feed."""
    place = _read_cursor(cursor)
    epoch = connection.execute(select(hall_head.c.epoch).where(hall_head.c.hall == hall)).scalar_one()
    if place.epoch != epoch or place.hall != hall:
        raise cursor_gone()
    return place.seq


def _anchored(connection: Connection, cursor: Cursor) -> bool:
    if cursor.seq == 0:
        return cursor.anchor == ""
    here = (changes.c.hall == cursor.hall, changes.c.seq == cursor.seq)
    return connection.execute(select(changes.c.id).where(*here)).scalar_one_or_none() == cursor.anchor


def _read_cursor(text: str) -> Cursor:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cursor = msgspec.convert(json.loads(data), Cursor)
    except (msgspec.ValidationError, ValueError) as error:
        raise cursor_gone() from error
    if not 0 <= cursor.seq < 1 << 62:
        raise cursor_gone()
    return cursor

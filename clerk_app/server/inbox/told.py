"""能告诉外面的 the state of what a platform sent, by its own number: a state word, and why it was not taken. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from clerk_app.cases.inbox.model import InboxItem, inbox_id
from clerk_app.server.inbox import problems
from clerk_app.server.inbox.senders import Sender
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables_inbox import inbox_items

_i = inbox_items.c


@dataclass(frozen=True, kw_only=True)
class Told:
    """外网反馈 `state` is stable, `word` and `reason` are for people; `moved_at` when it came to stand so.

    `awaited`: the digests of the files that have not come, while they may still be sent.
    """

    number: str
    kind: str
    state: str
    word: str
    reason: str
    moved_at: datetime
    awaited: tuple[str, ...] = ()


def told(connection: Connection, sender: Sender, number: str) -> Told:
    """What this platform may hear of what it sent. Raises `message-unknown`."""
    row = find(connection, sender.hall, sender.id, number)
    if row is None:
        raise problems.never_came(number)
    return told_of(row)


def told_of(row: InboxItem) -> Told:
    """As a row stands."""
    return Told(
        number=row.number,
        kind=row.kind,
        state=row.state,
        word=row.told,
        reason=row.told_reason,
        moved_at=row.moved_at,
        awaited=tuple(one.sha256 for one in row.materials if one.awaited and row.state in ("waiting", "taken")),
    )


def find(connection: Connection, hall: str, partner: str, number: str) -> InboxItem | None:
    """A row by its sender's number."""
    query = select(inbox_items).where(_i.hall == hall, _i.id == inbox_id(hall, partner, number))
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else to_value(shelves["inbox"], dict(row))


def of_case(connection: Connection, hall: str, case: str) -> InboxItem | None:
    """The row a case was taken in from: whoever sent it is told how the case goes on."""
    query = select(inbox_items).where(_i.hall == hall, _i["case"] == case).limit(1)
    row = connection.execute(query).mappings().one_or_none() if case else None
    return None if row is None else to_value(shelves["inbox"], dict(row))

"""来处 which cases came from outside, read from the inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from clerk_app.cases.inbox.model import inbox_subject
from clerk_app.server.outward.bodies import Origin
from clerk_app.store.tables_inbox import inbox_items

_i = inbox_items.c


def from_the_inbox(connection: Connection, hall: str, keys: Sequence[str]) -> Mapping[str, Origin]:
    """By case: what became of an application is told to whom it came from."""
    if not keys:
        return {}
    query = select(_i.id, _i.case, _i.partner, _i.number).where(_i.hall == hall, _i.case.in_(list(keys)))
    return {
        row.case: Origin(partner=row.partner, number=row.number, subject=inbox_subject(row.id))
        for row in connection.execute(query)
    }

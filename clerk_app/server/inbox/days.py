"""过了的 a booking whose day is over, and a pre-check that holds no longer: they end by themselves, an application never does."""

from __future__ import annotations

from sqlalchemy import select

from clerk_app.cases.inbox.model import inbox_subject
from clerk_app.oversight.model import CENTRE
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.server.locks import lock_subjects
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables_inbox import inbox_items

_i = inbox_items.c


def expire_inbox(office: CentreOffice, hall: str) -> None:
    """As a rule nothing is written."""
    now = office.now()
    query = select(inbox_items).where(_i.hall == hall, _i.state == "waiting", _i.kind != "application")
    with office.database.reading() as connection:
        rows = [to_value(shelves["inbox"], dict(row)) for row in connection.execute(query).mappings()]
    over = [row.id for row in rows if row.over is not None and row.over < now.date()]
    if not over:
        return
    with office.database.writing() as connection:
        lock_subjects(connection, hall, map(inbox_subject, over))
        cabinet = Cabinet(connection, hall)
        books = CentreBooks(cabinet, office.hall_in_force(connection, hall), CENTRE)
        for key in over:
            row = books.inbox_item(key)
            if row is not None and row.waiting:
                books.put_inbox_item(row.moved("expired", now))
        cabinet.flush()
        told = ((subject, cabinet.dump(subject)) for subject in cabinet.touched())
        feed.append(connection, hall, [feed.Entry(subject, one, None) for subject, one in told if one is not None])

"""Tickets and beats put into the centre's books as they stand, for tests of what the centre finds by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from clerk_app.canonical import canonical, sm3
from clerk_app.queueing.model import Ticket
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.holds import CentreBooks
from clerk_app.server.tables import hall_head, window_beats
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import hall_versions
from tests.server.desk import DAY, HALL, NOW


def ticket(serial: int, letter: str = "A", **changed: Any) -> Ticket:
    """One that waits since 9:05."""
    row = Ticket(
        id=f"t-{letter}-{serial}",
        day=DAY,
        letter=letter,
        number=f"{letter}{serial:03d}",
        serial=serial,
        reserve=False,
        taken_at=NOW,
        taken_window=1,
    )
    return replace(row, **changed)


def served(serial: int, minutes: int, letter: str = "A", **changed: Any) -> Ticket:
    """One that took so many minutes this morning."""
    at = NOW - timedelta(minutes=5)
    done = {"state": "finished", "window": 2, "called_at": at, "served_at": at}
    return ticket(serial, letter, **{**done, "ended_at": at + timedelta(minutes=minutes), **changed})


def put(office: CentreOffice, *rows: Ticket, holder: str = "") -> None:
    """Written as they are; held by a machine if one is named."""
    with office.database.writing() as connection:
        hall = office.hall_in_force(connection, HALL)
        cabinet = Cabinet(connection, HALL)
        books = CentreBooks(cabinet, hall, holder)
        for row in rows:
            books.put_ticket(row)
            if holder:
                books.take_hold(f"ticket:{row.id}", 7)
        cabinet.flush()


def books_of(office: CentreOffice, connection: Any) -> CentreBooks:
    return CentreBooks(Cabinet(connection, HALL), office.hall_in_force(connection, HALL), "")


def now_of(office: CentreOffice, *keys: str) -> list[Ticket]:
    with office.database.reading() as connection:
        found = [books_of(office, connection).ticket(key) for key in keys]
    assert all(found), keys
    return [one for one in found if one is not None]


def beat(office: CentreOffice, window: int, *, device: str, open_: bool, told: float = 1000.0) -> None:
    row = {"hall": HALL, "device": device, "window": window, "open": open_, "lease": told, "told": told}
    with office.database.writing() as connection:
        connection.execute(insert(window_beats).values(**row))


def with_queue(office: CentreOffice, **said: Any) -> None:
    """The hall's data with other calling rules, in force from now on."""
    v = hall_versions
    with office.database.writing() as connection:
        query = select(hall_head.c.hall_version).where(hall_head.c.hall == HALL)
        old = connection.execute(query).scalar_one()
        document = json.loads(document_text(connection, HALL, old) or "")
        document["queue"].update(said)
        version = sm3(canonical(document))
        row = connection.execute(select(v).where(v.c.hall == HALL, v.c.version == old)).mappings().one()
        text = json.dumps(document, ensure_ascii=False)
        connection.execute(insert(v).values(**{**row, "version": version, "document": text}))
        connection.execute(update(hall_head).where(hall_head.c.hall == HALL).values(hall_version=version))


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)

"""变更留存 old changes make room: whoever reads from before the horizon takes a snapshot instead."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update

from clerk_app.server.database import Database
from clerk_app.server.tables import changes, hall_head

PIECE = 5_000


def prune(database: Database, before: datetime) -> dict[str, int]:
    """How many changes each hall let go. The horizon moves first; the newest old one stays, a cursor may rest on it."""
    with database.reading() as connection:
        halls = connection.execute(select(hall_head.c.hall)).scalars().all()
    return {hall: _prune_hall(database, hall, _first_id_of(before)) for hall in halls}


def _prune_hall(database: Database, hall: str, bound: str) -> int:
    c, h = changes, hall_head
    with database.writing() as connection:
        young = select(func.min(c.c.seq)).where(c.c.hall == hall, c.c.id >= bound)
        first = connection.execute(young).scalar_one_or_none()
        head, horizon = connection.execute(select(h.c.seq, h.c.horizon).where(h.c.hall == hall)).one()
        fresh = max(horizon, head if first is None else first - 1)
        connection.execute(update(h).where(h.c.hall == hall).values(horizon=fresh))
    gone, low = 0, horizon
    while low < fresh:
        high = min(low + PIECE, fresh)
        with database.writing() as connection:
            old = delete(c).where(c.c.hall == hall, c.c.seq >= low, c.c.seq < high)
            gone += connection.execute(old).rowcount
        low = high
    return gone


def _first_id_of(moment: datetime) -> str:
    """The smallest id a change of that moment can have: ids begin with their milliseconds (UUIDv7)."""
    digits = f"{int(moment.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}-7000-8000-000000000000"

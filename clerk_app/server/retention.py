"""变更留存 old changes make room: whoever reads from before the horizon takes a snapshot instead; old log rows; what the outside was told long ago.

Nothing is let go before the hall's keeping times allow it (`oversight.keeping`), whatever was asked for.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update

from clerk_app.oversight.keeping import KeptKind
from clerk_app.server.centre import CentreOffice, hall_now
from clerk_app.server.database import Database
from clerk_app.server.outward.making import SENT
from clerk_app.server.tables import audit_events, changes, hall_head, outbox

PIECE = 5_000


def prune(database: Database, before: datetime, now: datetime | None = None) -> dict[str, int]:
    """How many changes each hall let go. The horizon moves first; the newest old one stays, a cursor may rest on it."""
    bounds = _bounds(database, "changes", now or hall_now())
    return {hall: _prune_hall(database, hall, _first_id_of(min(before, bound))) for hall, bound in bounds.items()}


def prune_logs(database: Database, now: datetime) -> dict[str, int]:
    """How many sign-ins and failures each hall let go: those older than its log months, and nothing else."""
    gone = {}
    for hall, bound in _bounds(database, "logs", now).items():
        with database.writing() as connection:
            old = delete(audit_events).where(audit_events.c.hall == hall, audit_events.c.at < bound)
            gone[hall] = connection.execute(old).rowcount
    return gone


def empty_told(database: Database, now: datetime) -> dict[str, int]:
    """送到外面的内容 of how many rows each hall let the body go; id, number, digest and when it was told stay for ever."""
    gone = {}
    for hall, bound in _bounds(database, "outside_told", now).items():
        old = (outbox.c.hall == hall, outbox.c.state == SENT, outbox.c.answered_at < bound, outbox.c.body != "")
        with database.writing() as connection:
            gone[hall] = connection.execute(update(outbox).where(*old).values(body="")).rowcount
    return gone


def _bounds(database: Database, kind: KeptKind, now: datetime) -> dict[str, datetime]:
    return bounds(CentreOffice(database), kind, now)


def bounds(office: CentreOffice, kind: KeptKind, now: datetime) -> dict[str, datetime]:
    """From when backwards each hall may let this kind go; a hall that never may is left out."""
    with office.database.reading() as connection:
        halls = connection.execute(select(hall_head.c.hall)).scalars().all()
        keeping = {hall: office.hall_in_force(connection, hall).keeping for hall in halls}
    allowed = {hall: kept.may_delete_before(kind, now) for hall, kept in keeping.items()}
    return {hall: bound for hall, bound in allowed.items() if bound is not None}


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

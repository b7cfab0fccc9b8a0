"""号还剩几个 how many serials of a kind this machine still holds, read without a unit of work."""

from __future__ import annotations

from sqlalchemy import func, select

from clerk_app.store import tables
from clerk_app.store.gate import Gate

_b, _u = tables.number_blocks, tables.numbers_used


def numbers_left(gate: Gate, hall: str, device: str, kind: str) -> int:
    """What is above the highest serial used in each block, as drawing goes."""
    highest = (
        select(func.max(_u.c.serial))
        .where(_u.c.hall == _b.c.hall, _u.c.kind == _b.c.kind, _u.c.serial.between(_b.c.first, _b.c.last))
        .scalar_subquery()
    )
    mine = (_b.c.hall == hall, _b.c.device == device, _b.c.kind == kind, _b.c.returned_from.is_(None))
    query = select(func.sum(_b.c.last - func.coalesce(highest, _b.c.first - 1))).where(*mine)
    with gate.begin() as connection:
        return int(connection.execute(query).scalar_one() or 0)

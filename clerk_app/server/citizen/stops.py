"""止号 the lines of a hall that give out no more numbers today, and in words from when they go on: read inside, told outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from clerk_app.queueing.usecases import reopening
from clerk_app.store.tables_queueing import line_stops

_s = line_stops.c


def stops_of(connection: Connection, hall: str, day: date) -> Mapping[str, str]:
    """By letter; as a rule there is none."""
    standing = select(_s.letter, _s.reopens).where(_s.hall == hall, _s.day == day, _s.ended_at.is_(None))
    return {row.letter: reopening(row.reopens).strip() for row in connection.execute(standing)}

"""锁 all subjects of a batch in one order, in one select: batches that share subjects never wait in a ring."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

_lock_all = text("SELECT pg_advisory_xact_lock(k) FROM unnest(CAST(:keys AS bigint[])) AS k")

_try_each = text(
    "SELECT place FROM unnest(CAST(:keys AS bigint[])) WITH ORDINALITY AS u(k, place) WHERE pg_try_advisory_xact_lock(k)"
)


def lock_judging(connection: Connection, hall: str, device: str, subjects: Iterable[str] = ()) -> None:
    """One judgement of a device's commands after another, in whatever process; taking them in is not held up by it.

    The device's turn comes before any subject: who waits for it holds nothing that a judgement waits for.
    """
    _lock(connection, [lock_key(hall, f"device:{device}"), *_sorted(hall, subjects)])


def lock_subjects(connection: Connection, hall: str, subjects: Iterable[str]) -> None:
    """Held until the transaction ends. SQLite needs none: BEGIN IMMEDIATE has let in one writer only."""
    _lock(connection, _sorted(hall, subjects))


def try_all(connection: Connection, hall: str, subjects: Sequence[str]) -> list[str]:
    """Those of these that nobody has locked, locked now."""
    if connection.dialect.name != "postgresql":
        return list(subjects)
    keys = {"keys": [lock_key(hall, subject) for subject in subjects]}
    return [subjects[place - 1] for (place,) in connection.execute(_try_each, keys)] if subjects else []


def _sorted(hall: str, subjects: Iterable[str]) -> list[int]:
    return sorted({lock_key(hall, subject) for subject in subjects})


def _lock(connection: Connection, keys: list[int]) -> None:
    if keys and connection.dialect.name == "postgresql":
        connection.execute(_lock_all, {"keys": keys})


def lock_key(hall: str, subject: str) -> int:
    """The number PostgreSQL locks a subject by."""
    digest = hashlib.blake2b(f"{hall}/{subject}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)

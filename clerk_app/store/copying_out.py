"""抄出一份 the store copied page by page while it is written to, and what is done to a copy before it may stand in for the store."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from clerk_app.store import local
from clerk_app.store.cabinet import upsert
from clerk_app.store.engine import migrate, open_engine, open_for_reading
from clerk_app.sync.catching_up import STORE


def copy_out(file: Path, key: bytes, target: Path) -> None:
    """One consistent state of the file, encrypted by the same key; nobody who writes waits for it."""
    from sqlcipher3 import dbapi2

    engine = open_for_reading(file, key)
    copy = dbapi2.connect(str(target))
    try:
        copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        source = engine.raw_connection()
        try:
            source.driver_connection.backup(copy)  # type: ignore[union-attr]
        finally:
            source.close()
    finally:
        copy.close()
        engine.dispose()


def upgrade_copy(file: Path, key: bytes) -> None:
    """To this program's version; raises `StoreUnreadable` or `StoreTooNew`."""
    engine = open_engine(file, key)
    try:
        migrate(engine, file)
    finally:
        engine.dispose()


def hold_back(file: Path, key: bytes, paper_said: str) -> None:
    """A restored copy does nothing until a journal of its own begins, and prints nothing that may be out already."""
    engine = open_engine(file, key)
    waits = local.spool.c.state.in_(["queued", "not_sent", "blocked", "sending"])
    try:
        with engine.begin() as connection:
            upsert(connection, local.meta, [{"key": STORE, "value": "old_copy"}])
            connection.execute(update(local.spool).where(waits).values(state="unknown", said=paper_said))
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    finally:
        engine.dispose()

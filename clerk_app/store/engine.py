"""开库 opening the one encrypted file: SQLCipher, WAL, synchronous=FULL, foreign keys; upgraded after a copy was made."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

MIGRATIONS = Path(__file__).parent / "migrations"
CACHE = "cache_size = -2000"
"""KiB of pages each connection keeps (SQLite's own default; this build of SQLCipher says 8000, and a day fills it)."""


class StoreUnreadable(Exception):
    """库打不开 the file is not ours, or the key does not fit; nothing in it was touched."""


class StoreTooNew(Exception):
    """库比程序新 the file was upgraded by a newer program; nothing in it was touched."""


def open_engine(file: Path, key: bytes) -> Engine:
    """An engine over one connection; `key` is 32 raw bytes. Raises `StoreUnreadable` at its first use."""
    engine = _engine(file, key, ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", CACHE))
    event.listen(engine, "begin", _begin_immediate)
    return engine


def open_for_reading(file: Path, key: bytes) -> Engine:
    """The same, for looking beside a running client: it can neither write nor keep the client from writing."""
    engine = _engine(file, key, ("query_only = ON", CACHE))
    event.listen(engine, "begin", _begin)
    return engine


def _engine(file: Path, key: bytes, pragmas: tuple[str, ...]) -> Engine:
    from sqlcipher3 import dbapi2

    def connect() -> Any:
        connection = dbapi2.connect(str(file), check_same_thread=False, isolation_level=None, timeout=10)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except dbapi2.DatabaseError as error:
            connection.close()
            raise StoreUnreadable(file.name) from error
        return connection

    return create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=StaticPool)


def _begin_immediate(connection: Connection) -> None:
    """The write lock first: a read turned write would fail half-way behind another process."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    """One snapshot, no lock that a writer would wait for."""
    connection.exec_driver_sql("BEGIN")


def version_of(engine: Engine) -> int:
    """How far the file was upgraded."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def versions_known() -> int:
    """How far this program upgrades."""
    return len(_steps())


def _steps() -> list[Path]:
    return sorted(MIGRATIONS.glob("[0-9]*.sql"))


def migrate(engine: Engine, file: Path) -> int:
    """Run what is missing; the file is copied first when it holds something. Returns the version reached."""
    steps, version = _steps(), version_of(engine)
    if version > len(steps):
        raise StoreTooNew(file.name)
    if 0 < version < len(steps):
        _copy(engine, file, version)
    for number, step in enumerate(steps[version:], start=version + 1):
        with engine.begin() as connection:
            for statement in _statements(step.read_text(encoding="utf-8")):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    return len(steps)


def _copy(engine: Engine, file: Path, version: int) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    shutil.copy2(file, file.with_suffix(f".v{version}.bak"))


def _statements(script: str) -> list[str]:
    """Whole statements (triggers hold semicolons of their own)."""
    found, text = [], ""
    for line in script.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            found.append(text)
            text = ""
    return found

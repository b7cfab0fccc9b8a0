"""数据库 one engine for PostgreSQL (psycopg 3) or SQLite (training hall), and its transactions: reading or writing."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

if TYPE_CHECKING:
    import psycopg

MIGRATIONS = Path(__file__).parent / "migrations"
DATABASE_VARIABLE = "CLERK_DATABASE_URL"
CODE_VARIABLE = "CLERK_ENROLMENT_CODE"
REST = 1.0
"""Seconds after which a connection is asked whether it still lives."""
_UNSURE, _RETURNED = "commit_unsure", "returned"
_NEVER = 1 << 62
PREPARED = "prepared"
"""执行选项 a statement that is asked so often that PostgreSQL keeps its plan (on this connection); no other is prepared."""


class CommitUnsureError(Exception):
    """提交没等到备库 the wait for the standby was cut short: the rows may still be lost, nothing is called applied."""


class Database:
    """数据库 the centre's database, opened by URL."""

    def __init__(self, url: str) -> None:
        self.engine = _open(_full_url(url))

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[Connection]:
        """One transaction; when the block ends without an exception it is committed for sure, or this raises.

        `wait=False` commits without waiting for the disk: only where nothing is answered before a later commit that waits.
        """
        with self.engine.connect() as connection:
            connection.info.pop(_UNSURE, None)
            with connection.begin():
                if not wait and connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
                yield connection
            if connection.info.pop(_UNSURE, False):
                raise CommitUnsureError

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that takes no write lock."""
        with self.engine.connect() as plain:
            connection = plain.execution_options(reading=True)
            with connection.begin():
                yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """For one single question: without the words around a transaction, it is a third of the way."""
        with self.engine.connect() as plain:
            if plain.dialect.name == "postgresql":
                yield plain.execution_options(isolation_level="AUTOCOMMIT")
                return
            connection = plain.execution_options(reading=True)
            with connection.begin():
                yield connection

    def migrate(self) -> None:
        """Bring the tables up to date, all or nothing."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


_many_hosts = re.compile(
    r"(?P<scheme>postgres[^:]*://)(?P<user>[^@/]*@)?(?P<hosts>[^@/?]*,[^/?]*)(?P<path>/[^?]*)?(\?(?P<more>.*))?"
)


def _full_url(text: str) -> URL:
    """`postgresql://` means psycopg 3 here; several hosts may stand as libpq writes them (`h1:5432,h2:5432`)."""
    if found := _many_hosts.fullmatch(text):
        hosts = [f"host={host}" for host in found["hosts"].split(",")]
        query = "&".join([*hosts, *filter(None, [found["more"]])])
        text = f"{found['scheme']}{found['user'] or ''}{found['path'] or '/'}?{query}"
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _open(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=16,
        max_overflow=32,
        isolation_level="READ COMMITTED",
        connect_args={"prepare_threshold": _NEVER, "connect_timeout": 5},
    )
    event.listen(engine, "do_execute", _execute_prepared)
    event.listen(engine, "connect", _listen_to_notices)
    event.listen(engine, "checkin", _note_return)
    event.listen(engine, "checkout", _ask_after_rest)
    return engine


def _execute_prepared(
    cursor: psycopg.Cursor[Any], statement: str, parameters: Any, context: DefaultExecutionContext | None
) -> bool:
    """Planning one of those costs more than running it. True: done here."""
    if context is None or not context.execution_options.get(PREPARED):
        return False
    cursor.execute(statement, parameters, prepare=True)
    return True


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """The write lock first: a read turned write would fail half-way behind another one."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _listen_to_notices(connection: psycopg.Connection[Any], record: ConnectionPoolEntry) -> None:
    """A cancelled wait for the standby comes back from COMMIT as a warning 01000 and nothing else."""

    def heard(diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.sqlstate == "01000":
            record.info[_UNSURE] = True

    connection.add_notice_handler(heard)


def _note_return(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_RETURNED] = time.monotonic()


def _ask_after_rest(connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Whether the database is still there behind it; not asked of one that was used just now."""
    if time.monotonic() - record.info.get(_RETURNED, math.inf) < REST:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except connection.Error as error:
        raise InvalidatePoolError from error

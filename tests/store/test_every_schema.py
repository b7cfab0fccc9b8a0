"""升级 from every schema a window may still have: each row is there afterwards, the tables are today's, and the copy opens as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from clerk_app.store import engine as engines
from clerk_app.store.engine import migrate, open_engine, version_of, versions_known
from tests.store.conftest import KEY, rows_of
from tests.store.test_schema import shape

Rows = dict[str, list[dict]]


def tables(connection: Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'word_index%'"
    return [row["name"] for row in rows_of(connection, query, {})]


def a_row_each(connection: Connection) -> None:
    """Something in every column of every table, whatever it means."""
    for table in tables(connection):
        columns = rows_of(connection, f'PRAGMA table_info("{table}")', {})
        values = [
            b"\x00" if c["type"] == "BLOB" else 1 if "INT" in c["type"] or c["type"] == "FLOAT" else "x"
            for c in columns
        ]
        names = ", ".join(f'"{c["name"]}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', tuple(values))


def everything(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return {table: rows_of(connection, f'SELECT * FROM "{table}"', {}) for table in tables(connection)}


def file_of(tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as the program of that schema left it."""
    file = tmp_path / "counter.db"
    steps = engines._steps()[:version]
    engine = open_engine(file, KEY)
    with monkeypatch.context() as then:
        then.setattr(engines, "_steps", lambda: steps)
        assert migrate(engine, file) == version
    with engine.begin() as connection:
        a_row_each(connection)
    engine.dispose()
    return file


@pytest.mark.parametrize("version", range(1, versions_known()))
def test_no_row_is_lost_and_the_old_file_stays_beside(version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = file_of(tmp_path, version, monkeypatch)
    engine = open_engine(file, KEY)
    before = everything(engine)
    assert all(before.values()), "a row in every table"
    assert migrate(engine, file) == versions_known() == version_of(engine)
    after = everything(engine)
    for table, rows in before.items():
        assert len(after[table]) == len(rows), table
        for old, new in zip(rows, after[table], strict=True):
            kept = {name: value for name, value in old.items() if name in new}
            assert kept == {name: new[name] for name in kept}, table
    with engine.connect() as connection:
        reached = shape(connection)
    engine.dispose()
    fresh = open_engine(tmp_path / "fresh.db", KEY)
    migrate(fresh, tmp_path / "fresh.db")
    with fresh.connect() as connection:
        assert reached == shape(connection), "as a new file is"
    fresh.dispose()
    copy = open_engine(file.with_suffix(f".v{version}.bak"), KEY)
    assert everything(copy) == before
    assert version_of(copy) == version
    copy.dispose()

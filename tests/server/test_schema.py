"""The written migration and the tables the program believes in are the same, on both databases."""

from __future__ import annotations

import re
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, inspect, text

from clerk_app.server.database import Database
from clerk_app.server.tables import own
from clerk_app.store.tables import shared
from tests.server.conftest import Cluster


def everything() -> MetaData:
    both = MetaData()
    for table in (*shared.tables.values(), *own.tables.values()):
        table.to_metadata(both)
    return both


def described(connection: Connection) -> dict[str, Any]:
    look = inspect(connection)
    names = [name for name in look.get_table_names() if name != "alembic_version"]
    return {
        name: {
            "columns": [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(name)],
            "key": look.get_pk_constraint(name)["constrained_columns"],
            "indexes": indexes(connection, name),
        }
        for name in names
    }


def indexes(connection: Connection, table: str) -> list[str]:
    if connection.dialect.name == "postgresql":
        query = text("SELECT indexdef FROM pg_indexes WHERE tablename = :t")
    else:
        query = text("SELECT coalesce(sql, name) FROM sqlite_master WHERE type = 'index' AND tbl_name = :t")
    found = connection.execute(query, {"t": table}).scalars()
    return sorted(re.sub(r"\s+", " ", row) for row in found)


def test_the_migrated_tables_are_the_tables(empty_url: str, request: pytest.FixtureRequest, tmp_path: Any) -> None:
    if empty_url.startswith("sqlite"):
        other_url = f"sqlite:///{tmp_path / 'other.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        other_url = cluster.fresh()
    with closing(Database(empty_url)) as migrated, closing(Database(other_url)) as made:
        migrated.migrate()
        migrated.migrate()
        with made.writing() as connection:
            everything().create_all(connection)
            expected = described(connection)
        with migrated.reading() as connection:
            assert described(connection) == expected


def test_every_key_begins_with_the_hall() -> None:
    for table in everything().tables.values():
        assert next(iter(table.primary_key.columns)).name == "hall", table.name
        assert not table.foreign_keys

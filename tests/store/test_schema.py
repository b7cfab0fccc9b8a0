"""The numbered migrations and the tables in Python say the same; whatever one of them forgets is found here."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Connection, create_engine

from clerk_app.store.engine import MIGRATIONS, open_engine
from clerk_app.store.local import local
from clerk_app.store.tables import shared
from tests.store.conftest import rows_of

Shape = dict[str, dict[str, object]]


def shape(connection: Connection) -> Shape:
    """Tables with their columns and every index behind them (name or origin, unique, columns, condition)."""
    names = [
        row["name"]
        for row in rows_of(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'word_index_%' ORDER BY name",  # SQLite's own tables behind an index of words
            {},
        )
    ]
    return {
        name: {
            "columns": [
                (c["name"], c["type"], c["notnull"], c["dflt_value"], c["pk"])
                for c in rows_of(connection, f'PRAGMA table_info("{name}")', {})
            ],
            "indexes": sorted(
                index(connection, row) for row in rows_of(connection, f'PRAGMA index_list("{name}")', {})
            ),
            "foreign": rows_of(connection, f'PRAGMA foreign_key_list("{name}")', {}),
        }
        for name in names
    }


def index(connection: Connection, row: dict) -> tuple[str, int, tuple[str, ...], str]:
    columns = tuple(c["name"] for c in rows_of(connection, f'PRAGMA index_info("{row["name"]}")', {}))
    (made,) = rows_of(connection, "SELECT sql FROM sqlite_master WHERE name = :name", {"name": row["name"]})
    condition = re.sub(r"\s+", " ", made["sql"].partition(" WHERE ")[2]).strip() if made["sql"] else ""
    # A constraint's own index has a made-up name; who asked for it (pk, u) is what must agree.
    return (row["name"] if made["sql"] else row["origin"], row["unique"], columns, condition)


def index_of_words(connection: Connection) -> dict[str, str]:
    """The virtual table and what keeps it true, as they were said."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE name = 'word_index' OR tbl_name = 'case_words' AND type = 'trigger'"
    )
    return {row["name"]: re.sub(r"\s+", " ", row["sql"]) for row in rows_of(connection, query, {})}


def test_the_index_of_words_is_made_as_declared(vault):
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        shared.create_all(connection)
        local.create_all(connection)
        declared = index_of_words(connection)
    engine.dispose()
    with vault._gate.begin() as connection:
        assert index_of_words(connection) == declared
    assert len(declared) == 4


@pytest.fixture
def declared() -> Shape:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        shared.create_all(connection)
        local.create_all(connection)
        found = shape(connection)
    engine.dispose()
    return found


def test_migrated_file_and_tables_agree(vault, declared):
    with vault._gate.begin() as connection:
        migrated = shape(connection)
    assert migrated.keys() == declared.keys()
    for name, table in declared.items():
        assert migrated[name] == table, name


def test_every_shared_key_begins_with_the_hall_and_nothing_points_across(declared):
    for name, table in shared.tables.items():
        assert next(c.name for c in table.primary_key.columns) == "hall"
        assert declared[name]["foreign"] == []
        for _, unique, columns, _ in declared[name]["indexes"]:
            assert not unique or columns[0] == "hall", name


def test_the_open_file_has_the_promised_settings(vault, tmp_path, key):
    engine = open_engine(tmp_path / "counter.db", key)
    with engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
        }
    engine.dispose()
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "user_version": len(list(MIGRATIONS.glob("[0-9]*.sql"))),
    }

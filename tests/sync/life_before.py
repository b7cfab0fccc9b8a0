"""How both ends looked before the life of a case was kept: the file and the database of the schema 0005, with rows of that day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from clerk_app.outside.secrets import secret_of
from clerk_app.server.database import MIGRATIONS, Database
from clerk_app.store import engine as opening
from clerk_app.store.engine import open_engine
from tests.server.real_windows import RealWindow

OLD = 5
NEWER = {
    "case": ("life", "due_on"), "ticket": ("forwards",),
    "seal_use": ("document", "item", "keeper", "grant", "entered_at", "clock", "device", "page", "seam"),
}  # fmt: skip
"""What the feed says of a row today, and did not say then."""
OF_A_PAPER = ("name", "essential", "brought_at")


def store_of_before(window: RealWindow) -> None:
    """The window's closed file, as the program of that day had left it: its own tables and columns, everything in them."""
    file, key = window.settings.store_file, secret_of(window.box, "store-key")[0]
    kept = file.with_suffix(".now")
    _whole(file, key)
    file.rename(kept)
    engine = open_engine(file, key)
    with engine.begin() as connection:
        for step in opening._steps()[:OLD]:
            for statement in opening._statements(step.read_text(encoding="utf-8")):
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {OLD}")
    _copy(engine, kept, key)
    engine.dispose()
    kept.unlink()


def _whole(file: Path, key: bytes) -> None:
    """Nothing left beside it in the log."""
    engine = open_engine(file, key)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _copy(engine: Engine, kept: Path, key: bytes) -> None:
    source = open_engine(kept, key)
    with source.begin() as there, engine.begin() as here:
        for table in inspect(here).get_table_names():
            columns = [column["name"] for column in inspect(here).get_columns(table)]
            names = ", ".join(f'"{name}"' for name in columns)
            rows = [tuple(row) for row in there.exec_driver_sql(f'SELECT {names} FROM "{table}"')]
            if rows:
                marks = ", ".join("?" * len(columns))
                here.exec_driver_sql(f'DELETE FROM "{table}"')
                here.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
        _plain_papers(here)
    source.dispose()


def _plain_papers(connection: Connection) -> None:
    """A list of materials said three things of each then."""
    for hall, key, materials in connection.execute(text("SELECT hall, id, materials FROM cases")).all():
        plain = json.dumps(_plain(_read(materials)), ensure_ascii=False)
        query = text(f"UPDATE cases SET materials = {_json(connection)} WHERE hall = :hall AND id = :id")
        connection.execute(query, {"row": plain, "hall": hall, "id": key})


def _plain(materials: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: material[name] for name in OF_A_PAPER} for material in materials]


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value


def _json(connection: Connection) -> str:
    return "CAST(:row AS JSONB)" if connection.dialect.name == "postgresql" else ":row"


def database_of_before(database: Database) -> None:
    """The centre's database taken back by its own downgrade, and the rows of its feed as they were said then."""
    with database.engine.begin() as connection:
        command.downgrade(_scripts(connection), f"000{OLD}")
        _plain_papers(connection)
        changes = connection.execute(text('SELECT hall, seq, subject, "row" FROM changes')).all()
        for hall, seq, subject, row in changes:
            word, said = subject.partition(":")[0], dict(_read(row))
            then = {name: value for name, value in said.items() if name not in NEWER.get(word, ())}
            if word == "case":
                then["materials"] = _plain(said["materials"])
            query = text('UPDATE changes SET "row" = CAST(:row AS JSONB) WHERE hall = :hall AND seq = :seq')
            connection.execute(query, {"row": json.dumps(then, ensure_ascii=False), "hall": hall, "seq": seq})


def _scripts(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def columns_of(connection: Connection, table: str) -> set[str]:
    return {column["name"] for column in inspect(connection).get_columns(table)}

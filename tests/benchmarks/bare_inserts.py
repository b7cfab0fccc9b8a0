"""The floor of a push: the very rows it left in PostgreSQL, written again by multi-row INSERTs and nothing else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import JSON, Table

from clerk_app.server.database import Database
from clerk_app.server.tables import changes, envelopes
from clerk_app.store.rows import shelves
from clerk_app.store.tables import holds, numbers_used
from tests.faults.postgres import Postgres

BATCH = 100
_tables = (envelopes, changes, *(shelf.table for shelf in shelves.values()), holds, numbers_used)
_order = {envelopes: "device_seq", changes: "seq"}


@dataclass(frozen=True)
class Pile:
    """The rows of one table, as the driver takes them."""

    table: Table
    rows: Sequence[tuple[Any, ...]]

    def part(self, number: int, parts: int) -> Sequence[tuple[Any, ...]]:
        count = len(self.rows)
        return self.rows[count * number // parts : count * (number + 1) // parts]

    def insert(self, rows: int) -> str:
        columns = ", ".join(f'"{column.name}"' for column in self.table.columns)
        one = ", ".join("%s::jsonb" if isinstance(column.type, JSON) else "%s" for column in self.table.columns)
        return f"INSERT INTO {self.table.name} ({columns}) VALUES {', '.join([f'({one})'] * rows)}"


def bare_inserts(postgres: Postgres, name: str) -> float:
    """Seconds for all of it into a fresh database, one commit a batch of envelopes."""
    postgres.sql(f"CREATE DATABASE {name}")
    with closing(Database(postgres.url(name))) as database:
        database.migrate()
    piles = [pile for table in _tables if (pile := _pile(postgres, table)).rows]
    parts = -(-len(piles[0].rows) // BATCH)
    with psycopg.connect(postgres.url(name)) as connection:
        begun = time.perf_counter()
        for number in range(parts):
            for pile in piles:
                if rows := pile.part(number, parts):
                    connection.execute(pile.insert(len(rows)), [value for row in rows for value in row])  # type: ignore[arg-type]
            connection.commit()
        return time.perf_counter() - begun


def _pile(postgres: Postgres, table: Table) -> Pile:
    columns = ", ".join(f'"{c.name}"::text' if isinstance(c.type, JSON) else f'"{c.name}"' for c in table.columns)
    order = f" ORDER BY {_order[table]}" if table in _order else ""
    return Pile(table, postgres.sql(f"SELECT {columns} FROM {table.name}{order}"))

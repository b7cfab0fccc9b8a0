"""公开表 the citizen process's own tables hang here, and how a row is written on either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite

public = MetaData()


def insert(connection: Connection, table: Table) -> Any:
    """INSERT with its ON CONFLICT, as this database writes it."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)

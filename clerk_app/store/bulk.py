"""成批写 many rows of many tables in one statement: a JSON text a table for PostgreSQL, a call a table for SQLite."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, Connection, Insert, LargeBinary, String, Table
from sqlalchemy.dialects import postgresql, sqlite

from clerk_app.store.columns import Moment

_dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_quote = _dialect.identifier_preparer.quote
_nul = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """一批行 for one table, all naming the same columns, written in their order.

    `replace`: one that stands already takes what is named here and keeps the rest; otherwise it is an IntegrityError.
    """

    table: Table
    rows: Sequence[Row]
    replace: bool = True

    @property
    def shape(self) -> _Shape:
        """What its statement depends on."""
        return self.table, tuple(self.rows[0]), self.replace


_Shape = tuple[Table, tuple[str, ...], bool]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """New rows only."""
    write_together(connection, [Rows(table, rows, replace=False)])


def upsert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert, or replace by primary key."""
    write_together(connection, [Rows(table, rows)])


def write_together(connection: Connection, writes: Sequence[Rows]) -> None:
    """No table twice: PostgreSQL does not say which of them it writes first."""
    writes = [write for write in writes if write.rows]
    if not writes:
        return
    if connection.dialect.name == "postgresql":
        texts = {f"w{number}": _text(write) for number, write in enumerate(writes)}
        connection.exec_driver_sql(_statement(tuple(write.shape for write in writes)), texts)
    else:
        for write in writes:
            connection.execute(_row_by_row(*write.shape), _plain(write))


def _text(write: Rows) -> str:
    """All its rows at once. A moment without its zone would become one of the database's own; of a NUL it would complain
    with the words around it.
    """
    for name in _of_kind(write.table, Moment):
        if any(row.get(name) is not None and row[name].tzinfo is None for row in write.rows):
            raise ValueError("时刻要带时区")
    text = msgspec.json.encode(write.rows).decode()
    if "\\u0000" in text and _nul.search(text):
        raise ValueError("文字里有空字符")
    return text


def _plain(write: Rows) -> list[Row]:
    """Documents as lists, dicts and texts: what SQLAlchemy can write itself."""
    names = _of_kind(write.table, JSON)
    return [{**row, **{name: msgspec.to_builtins(row[name]) for name in names if name in row}} for row in write.rows]


@lru_cache(maxsize=512)
def _of_kind(table: Table, kind: type[Any]) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, kind))


@lru_cache(maxsize=512)
def _statement(shapes: tuple[_Shape, ...]) -> str:
    """All but the last are its WITH clauses."""
    *others, last = (_from_text(number, *shape) for number, shape in enumerate(shapes))
    before = ", ".join(f"t{number} AS ({insert})" for number, insert in enumerate(others))
    return f"WITH {before} {last}" if before else last


def _from_text(number: int, table: Table, names: tuple[str, ...], replace: bool) -> str:
    columns = [table.c[name] for name in names]
    given = ", ".join(f"{_quote(column.name)} {_given_as(column)}" for column in columns)
    into = f"INSERT INTO {_quote(table.name)} ({', '.join(_quote(name) for name in names)})"
    source = f"SELECT {', '.join(map(_taken, columns))} FROM json_to_recordset(%(w{number})s::json) AS given({given})"
    if not replace:
        return f"{into} {source}"
    keys = [column.name for column in table.primary_key.columns]
    changed = ", ".join(f"{_quote(n)} = excluded.{_quote(n)}" for n in names if n not in keys)
    todo = f"UPDATE SET {changed}" if changed else "NOTHING"
    return f"{into} {source} ON CONFLICT ({', '.join(_quote(key) for key in keys)}) DO {todo}"


def _given_as(column: Column[Any]) -> str:
    """A length here would cut silently what the column itself refuses."""
    if isinstance(column.type, JSON):
        return "jsonb"
    return "text" if isinstance(column.type, String | LargeBinary) else column.type.compile(_dialect)


def _taken(column: Column[Any]) -> str:
    """Bytes are base64 in JSON; a document that is null is no missing one."""
    name = f"given.{_quote(column.name)}"
    if isinstance(column.type, LargeBinary):
        return f"decode({name}, 'base64')"
    return f"COALESCE({name}, 'null')" if isinstance(column.type, JSON) else name


@lru_cache(maxsize=256)
def _row_by_row(table: Table, names: tuple[str, ...], replace: bool) -> Insert:
    """Building a statement costs more than running it, so it is built once."""
    statement = sqlite.insert(table)
    if not replace:
        return statement
    keys = [column.name for column in table.primary_key.columns]
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)

"""成批写 many rows of many tables in one statement: an array a column for PostgreSQL, a call a table for SQLite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, Connection, Insert, String, Table
from sqlalchemy.dialects import postgresql, sqlite

_dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_quote = _dialect.identifier_preparer.quote

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
        arrays: dict[str, list[Any]] = {}
        for number, write in enumerate(writes):
            arrays.update(_arrays(number, write))
        connection.exec_driver_sql(_statement(tuple(write.shape for write in writes)), arrays)
    else:
        for write in writes:
            connection.execute(_row_by_row(*write.shape), list(write.rows))


def _arrays(number: int, write: Rows) -> dict[str, list[Any]]:
    """A parameter a column: `w0_3` is the fourth of the first table."""
    table, names, _ = write.shape
    plain = ((name, _plain(table, name)) for name in names)
    return {f"w{number}_{n}": [do(row[name]) for row in write.rows] for n, (name, do) in enumerate(plain)}


@lru_cache(maxsize=512)
def _statement(shapes: tuple[_Shape, ...]) -> str:
    """All but the last are its WITH clauses."""
    *others, last = (_from_arrays(number, *shape) for number, shape in enumerate(shapes))
    before = ", ".join(f"t{number} AS ({insert})" for number, insert in enumerate(others))
    return f"WITH {before} {last}" if before else last


def _from_arrays(number: int, table: Table, names: tuple[str, ...], replace: bool) -> str:
    columns = [table.c[name] for name in names]
    given = [f"w{number}_{n}" for n in range(len(columns))]
    taken = [f"{one}::jsonb" if isinstance(c.type, JSON) else one for one, c in zip(given, columns, strict=True)]
    arrays = [_array(one, column) for one, column in zip(given, columns, strict=True)]
    into = f"INSERT INTO {_quote(table.name)} ({', '.join(_quote(name) for name in names)})"
    source = f"SELECT {', '.join(taken)} FROM unnest({', '.join(arrays)}) AS given({', '.join(given)})"
    if not replace:
        return f"{into} {source}"
    keys = [column.name for column in table.primary_key.columns]
    changed = ", ".join(f"{_quote(n)} = excluded.{_quote(n)}" for n in names if n not in keys)
    todo = f"UPDATE SET {changed}" if changed else "NOTHING"
    return f"{into} {source} ON CONFLICT ({', '.join(_quote(key) for key in keys)}) DO {todo}"


def _array(parameter: str, column: Column[Any]) -> str:
    """Binary: as text, every quote in a document would be escaped and read back. A length in the cast would cut
    silently what the column itself refuses.
    """
    kind = "text" if isinstance(column.type, String | JSON) else column.type.compile(_dialect)
    return f"%({parameter})b::{kind}[]"


@lru_cache(maxsize=512)
def _plain(table: Table, name: str) -> Callable[[Any], Any]:
    """What the driver takes for a value of this column."""
    if isinstance(table.c[name].type, JSON):
        return _json
    return table.c[name].type.bind_processor(_dialect) or _as_it_is


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _as_it_is(value: Any) -> Any:
    return value


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

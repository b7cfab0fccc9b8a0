"""一起读 many questions in one statement, each row as JSON beside the number of its question (SQLite: a call each).

Asking costs the server's processor more than answering costs the database, and a batch has a dozen questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Select, literal_column
from sqlalchemy.dialects import postgresql

from clerk_app.store.columns import Moment

Row = Mapping[str, Any]
_dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_parameter = re.compile(r"%\((\w+)\)s")
_read = msgspec.json.Decoder(dict[str, Any])
_moment = Moment()


class Look(NamedTuple):
    """一问 a statement, what it is asked for, and who takes the rows; dates in them may be texts, moments are hall time."""

    statement: Select[Any]
    wanted: Row
    take: Callable[[list[Row]], object]


def look_together(connection: Connection, looks: Sequence[Look], **options: bool) -> None:
    """Each is told its rows, in the order of the questions; `options` are of the execution."""
    for look, rows in zip(looks, _answers(connection, looks, options), strict=True):
        look.take(rows)


def _answers(connection: Connection, looks: Sequence[Look], options: Mapping[str, bool]) -> list[list[Row]]:
    if connection.dialect.name != "postgresql":
        return [
            [dict(row) for row in connection.execute(look.statement, dict(look.wanted)).mappings()] for look in looks
        ]
    if not looks:
        return []
    asked, found = _asked(tuple(look.statement for look in looks)), [list[Row]() for _ in looks]
    for number, text in connection.exec_driver_sql(asked.text, asked.parameters(looks), dict(options)):
        found[number].append(asked.row(number, text))
    return found


class _Asked(NamedTuple):
    """The text of several statements; what each says by itself, and which of its columns are moments."""

    text: str
    said: tuple[Row, ...]
    moments: tuple[tuple[str, ...], ...]

    def parameters(self, looks: Sequence[Look]) -> dict[str, Any]:
        return {
            f"q{number}_{name}": look.wanted[name] if value is None else value
            for number, (look, said) in enumerate(zip(looks, self.said, strict=True))
            for name, value in said.items()
        }

    def row(self, number: int, text: str) -> Row:
        row = _read.decode(text)
        for name in self.moments[number]:
            row[name] = _moment.process_result_value(row[name], _dialect)
        return row


@lru_cache(maxsize=512)
def _asked(statements: tuple[Select[Any], ...]) -> _Asked:
    """Built once for statements that stand as long as the process; their order is part of the text."""
    texts, said = zip(*(_compiled(statement, number) for number, statement in enumerate(statements)), strict=True)
    moments = (tuple(c.name for c in s.selected_columns if isinstance(c.type, Moment)) for s in statements)
    return _Asked(" UNION ALL ".join(texts), said, tuple(moments))


def _compiled(statement: Select[Any], number: int) -> tuple[str, Row]:
    """Whole rows are asked for by a star: the driver remembers only short statements."""
    columns = statement.selected_columns
    table, *others = {column.table for column in columns if isinstance(column, Column)}
    if not others and len(columns) == len(table.columns):
        statement = statement.with_only_columns(literal_column("*"), maintain_column_froms=True)
    compiled = statement.compile(dialect=_dialect)
    whole = compiled.construct_expanded_state(
        dict.fromkeys(name for name, value in compiled.params.items() if value is None)
    )
    text = _parameter.sub(rf"%(q{number}_\1)s", whole.statement)
    return f"SELECT {number}, row_to_json(r)::text FROM ({text}) AS r", whole.parameters

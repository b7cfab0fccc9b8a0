"""在其中 «column is one of these» with one parameter, however many there are: the statement stays one text, compiled once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, String, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class _Keys(TypeDecorator[Iterable[Any]]):
    """An array for PostgreSQL, a JSON list for SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database knows no arrays."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(postgresql.ARRAY(BigInteger() if self.numbers else Text()))

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> Any:
        """The keys, in whatever collection they come."""
        keys = list(value or ())
        return json.dumps(keys) if dialect.name == "sqlite" else keys


class _Among(FunctionElement[Any]):
    """The condition; its children are the column and the parameter.

    It is not called a Boolean: where a database has none, `= 1` would be written behind it, and no index be used.
    """

    type = NullType()
    inherit_cache = True
    name = "among"


def among(column: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """`column` is one of the keys given as `parameter`."""
    return _Among(column, bindparam(parameter, type_=_Keys(isinstance(column.type, Integer))))


@compiles(_Among, "postgresql")
def _any_of_array(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    """From a subquery: how many keys there are is not for the planner to see. Of a table it knows nothing of yet (new, or
    just restored), it would read the whole hall rather than look so many of them up.
    """
    column, keys = element.clauses
    return f"{compiler.process(column, **more)} = ANY (ARRAY(SELECT unnest({compiler.process(keys, **more)})))"


@compiles(_Among, "sqlite")
def _in_list(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = element.clauses
    return f"{compiler.process(column, **more)} IN (SELECT value FROM json_each({compiler.process(keys, **more)}))"

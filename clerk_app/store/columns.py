"""列类型 the two column types both databases share: hall moments and JSON."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, MetaData, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

HALL_ZONE = timezone(timedelta(hours=8))
shared = MetaData()
"""The tables both ends have."""


class Moment(TypeDecorator[datetime]):
    """时刻 a moment with its offset: timestamptz in PostgreSQL, ISO 8601 text in SQLite; always read back as +08:00."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database knows no zones."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Aware moments only."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("时刻要带时区")
        return value.astimezone(HALL_ZONE).isoformat() if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Hall time."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(HALL_ZONE)


Json = JSON().with_variant(JSONB(), "postgresql")


def sorted_after(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """先挑后排 an order that is put on what was found: by the column itself SQLite goes through every row of the hall in that order."""
    return func.coalesce(column, column)

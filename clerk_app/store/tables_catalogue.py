"""目录变动的表 lists of changes of the catalogue, on both ends; kept for ever."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

catalogue_changes = Table(
    "catalogue_changes",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("lines", Json, nullable=False),
    Column("basis", String(80), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("hall_version", String(64), nullable=False),
    Column("asked_by", String(16), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("confirmed_by", String(16), nullable=False),
    Column("confirmed_at", Moment),
    Column("dropped_by", String(16), nullable=False),
    Column("dropped_at", Moment),
    Column("applied_version", String(64), nullable=False),
    Column("applied_at", Moment),
    Column("refused_at", Moment),
    Column("note", Text, nullable=False),
    Index("ix_catalogue_changes_asked", "hall", "asked_at"),
    Index("ix_catalogue_changes_day", "hall", "effective_on"),
)

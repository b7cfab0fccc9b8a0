"""补录的表 paper kits and their sheets, on both ends."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

paper_kits = Table(
    "paper_kits",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("first", String(24), nullable=False),
    Column("last", String(24), nullable=False),
    Column("count", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("printed_by", String(16), nullable=False),
    Column("printed_at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Column("taken_by", String(16), nullable=False),
    Column("handed_by", String(16), nullable=False),
    Column("handed_at", Moment),
    Column("returned_by", String(16), nullable=False),
    Column("returned_at", Moment),
    Index("ix_paper_kits_printed", "hall", "printed_at"),
)
kit_sheets = Table(
    "kit_sheets",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(24), primary_key=True),
    Column("kit", String(36), nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("query_code", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("moved_at", Moment, nullable=False),
    Column("case", String(36), nullable=False),
    Column("entry", Json),
    Column("typed_by", Json, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("checked_by", String(16), nullable=False),
    Column("checked_at", Moment),
    Column("scan", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("noted_by", String(16), nullable=False),
    Index("ix_kit_sheets_kit", "hall", "kit"),
    Index("ix_kit_sheets_state", "hall", "state", "moved_at"),
)

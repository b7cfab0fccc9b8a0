"""外部系统办件表 the traces of matters another system carries."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from clerk_app.store.columns import Moment, shared

external_matters = Table(
    "external_matters",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("ticket", String(36), nullable=False),
    Column("item", String(32), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("other_number", String(60), nullable=False),
    Column("promised_on", Date),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Column("acting_for", String(16), nullable=False),
    Index("ix_external_matters_at", "hall", "at"),
    Index("ix_external_matters_ticket", "hall", "ticket"),
)

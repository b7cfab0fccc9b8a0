"""收件箱的表 what came from outside, on both ends."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

inbox_items = Table(
    "inbox_items",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("partner", String(32), nullable=False),
    Column("number", String(40), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("item", String(40), nullable=False),
    Column("item_name", String(120), nullable=False),
    Column("applicant", Json, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("came_at", Moment, nullable=False),
    Column("moved_at", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("id_end", String(4), nullable=False),
    Column("fields", Json, nullable=False),
    Column("materials", Json, nullable=False),
    Column("words", Text, nullable=False),
    Column("slot", Json),
    Column("valid_until", Date),
    Column("case", String(36), nullable=False),
    Column("ticket", String(36), nullable=False),
    Column("window", Integer, nullable=False),
    Column("by", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("missing", Json, nullable=False),
    Index("ix_inbox_items_state", "hall", "state", "came_at"),
    Index("ix_inbox_items_moved", "hall", "moved_at"),
    Index("ix_inbox_items_case", "hall", "case"),
)

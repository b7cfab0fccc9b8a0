"""分办的表 whose each accepted case is, on both ends."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

assignments = Table(
    "assignments",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case_no", String(32), nullable=False),
    Column("item", String(32), nullable=False),
    Column("department", String(16), nullable=False),
    Column("post", String(16), nullable=False),
    Column("person", String(16), nullable=False),
    Column("acting_for", String(16), nullable=False),
    Column("how", String(8), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("turn_post", String(16), nullable=False),
    Column("earlier", Json, nullable=False),
    Index("ix_assignments_person", "hall", "person"),
    Index("ix_assignments_turn", "hall", "turn_post", "turn"),
)

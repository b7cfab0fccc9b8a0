"""共享的表 which paper the hall held already was used by whose word, on both ends."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

share_consents = Table(
    "share_consents",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("materials", Json, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("asked_by", String(16), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Column("acting_for", String(16), nullable=False),
    Column("way", String(12), nullable=False),
    Column("given_by", String(12), nullable=False),
    Column("giver", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("scan", String(64), nullable=False),
    Column("answered_by", String(16), nullable=False),
    Column("answered_at", Moment),
    Column("withdrawn_by", String(16), nullable=False),
    Column("withdrawn_at", Moment),
    Column("uses", Json, nullable=False),
    Column("looks", Json, nullable=False),
    Index("ix_share_consents_case", "hall", "case", "asked_at"),
)

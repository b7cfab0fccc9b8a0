"""文书表 a case's papers as they were printed, and what was explained of numbers never used; at both ends."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

case_documents = Table(
    "case_documents",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("paper", String(40), nullable=False),
    Column("sort", String(12), nullable=False),
    Column("document_no", String(60), nullable=False),
    Column("number_kind", String(40), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("seal", String(16), nullable=False),
    Column("by", String(16), nullable=False),
    Column("acting_for", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("flags", Json, nullable=False),
    Index("ix_case_documents_case", "hall", "case"),
)

gap_notes = Table(
    "gap_notes",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("number_kind", String(40), nullable=False),
    Column("serials", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_gap_notes_kind", "hall", "number_kind"),
)

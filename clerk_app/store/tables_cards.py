"""监察卡的表 cards."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

cards = Table(
    "cards",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("case_no", String(32), nullable=False),
    Column("item_name", String(120), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("rule", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("due", Date),
    Column("finish_by", Date),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(16), nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("person", String(16), nullable=False),
    Column("post", String(16), nullable=False),
    Column("department", String(60), nullable=False),
    Column("window", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("ended", String(12), nullable=False),
    Column("ended_by", String(16), nullable=False),
    Column("ended_at", Moment),
    Column("why", Text, nullable=False),
    Index("ix_cards_ended", "hall", "ended", "made_at"),
    Index("ix_cards_made", "hall", "made_at"),
)

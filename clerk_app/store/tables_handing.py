"""出件的表 where the paper of each decided case is, on both ends."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text
from sqlalchemy.types import Integer

from clerk_app.store.columns import Json, Moment, shared

results = Table(
    "results",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case_no", String(32), nullable=False),
    Column("document_no", String(60), nullable=False),
    Column("state", String(12), nullable=False),
    Column("window", Integer, nullable=False),
    Column("shelf", String(24), nullable=False),
    Column("moved_at", Moment, nullable=False),
    Column("waybill", String(24), nullable=False),
    Column("transfer", String(36), nullable=False),
    Column("since", Moment),
    Column("delivery", Json),
    Column("taken_in", Json),
    Column("posting", Json),
    Column("posted_before", Json, nullable=False),
    Column("reminders", Json, nullable=False),
    Column("back_to", String(16), nullable=False),
    Column("back_why", Text, nullable=False),
    Index("ix_results_state", "hall", "state", "moved_at"),
    Index("ix_results_moved", "hall", "moved_at"),
    Index("ix_results_transfer", "hall", "transfer"),
    Index("ix_results_waybill", "hall", "waybill"),
)

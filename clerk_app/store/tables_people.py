"""群众一侧的表 first-asked records, complaints and follow-ups of bad ratings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

asked = Table(
    "asked",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("ticket", String(36), nullable=False),
    Column("number", String(12), nullable=False),
    Column("topic", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Column("phone", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("led_to", String(60), nullable=False),
    Column("how", String(12), nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_asked_open", "hall", "how", "at"),
    Index("ix_asked_at", "hall", "at"),
)

complaints = Table(
    "complaints",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("via", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("words", Text, nullable=False),
    Column("name", String(60), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("ticket", String(36), nullable=False),
    Column("seen", Json, nullable=False),
    Column("against", Json, nullable=False),
    Column("windows", Json, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("received_by", String(16), nullable=False),
    Column("received_window", Integer, nullable=False),
    Column("investigated", Json),
    Column("disposed", Json),
    Column("replied", Json),
    Index("ix_complaints_received", "hall", "received_at"),
)
"""Rows of it are not sent to the windows they are about (`server.kept_back`)."""

follow_ups = Table(
    "follow_ups",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("level", Integer, nullable=False),
    Column("number", String(12), nullable=False),
    Column("clerk", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("rated_at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("contacts", Json, nullable=False),
    Column("fixed", Json),
    Column("closed", Json),
    Index("ix_follow_ups_rated", "hall", "rated_at"),
)

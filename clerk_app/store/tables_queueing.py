"""排队表 tickets, stops of lines, what a window calls for a day, slips served on paper."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from clerk_app.store.columns import Json, Moment, shared

_open_call = text("state IN ('called', 'serving')")

tickets = Table(
    "tickets",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("letter", String(4), nullable=False),
    Column("number", String(12), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("reserve", Boolean, nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("taken_window", Integer, nullable=False),
    Column("priority", String(24), nullable=False),
    Column("state", String(12), nullable=False),
    Column("window", Integer),
    Column("calls", Integer, nullable=False),
    Column("called_at", Moment),
    Column("served_at", Moment),
    Column("ended_at", Moment),
    Column("clerk", String(16), nullable=False),
    Column("forwards", Json, nullable=False, server_default="[]"),
    Column("rank", Integer, nullable=False, server_default="3"),
    Column("placed_at", Moment),
    Column("to_window", Integer, nullable=False, server_default="0"),
    Column("fallback", Integer, nullable=False, server_default="0"),
    Column("item", String(32), nullable=False, server_default=""),
    Column("case", String(36), nullable=False, server_default=""),
    Column("appointment", Moment),
    Column("aids", Json, nullable=False, server_default="[]"),
    Column("person", String(64), nullable=False, server_default=""),
    Column("by_paper", Boolean, nullable=False, server_default="0"),
    Column("outcome", String(12), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("parked", Json),
    Column("rejoins", Integer, nullable=False, server_default="0"),
    Column("lifts", Json, nullable=False, server_default="[]"),
    Column("before", Json),
    UniqueConstraint("hall", "day", "number", name="uq_tickets_number"),
    Index("ix_tickets_queue", "hall", "day", "letter", "state"),
    Index(
        "uq_tickets_open_call",
        "hall",
        "day",
        "window",
        unique=True,
        sqlite_where=_open_call,
        postgresql_where=_open_call,
    ),
)

line_stops = Table(
    "line_stops",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("letter", String(4), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reopens", Moment, nullable=False),
    Column("rule", Boolean, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", String(16), nullable=False),
    Index("ix_line_stops_day", "hall", "day"),
)

window_letters = Table(
    "window_letters",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("window", Integer, nullable=False),
    Column("letters", Json, nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_window_letters_day", "hall", "day"),
)

papers_served = Table(
    "papers_served",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("ticket", String(36), nullable=False),
    Column("number", String(12), nullable=False),
    Column("letter", String(4), nullable=False),
    Column("window", Integer, nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("how", String(8), nullable=False),
    Column("real", String(36), nullable=False),
    Column("known", Text, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", String(12), nullable=False),
    Index("ix_papers_served_day", "hall", "day"),
)

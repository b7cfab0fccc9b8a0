"""收费表 bills, cash at the bank, the money's day."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from clerk_app.store.columns import Json, Moment, shared

bills = Table(
    "bills",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("no", String(24), nullable=False),
    Column("payer", Text, nullable=False),
    Column("lines", Json, nullable=False),
    Column("state", String(12), nullable=False),
    Column("set_by", String(16), nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Column("hall_version", String(64), nullable=False),
    Column("matters", Json, nullable=False),
    Column("taken", Json),
    Column("ebills", Json, nullable=False),
    Column("ebill_numbers", Json, nullable=False),
    Column("asked_void", Json),
    Column("void", Json),
    Column("refund", Json),
    Column("moved_at", Moment, nullable=False),
    UniqueConstraint("hall", "no", name="uq_bills_no"),
    Index("ix_bills_state", "hall", "state", "set_at"),
    Index("ix_bills_moved", "hall", "moved_at"),
    Index("ix_bills_matters", "matters", postgresql_using="gin"),
    Index("ix_bills_ebills", "ebill_numbers", postgresql_using="gin"),
)

cash_handed_in = Table(
    "cash_handed_in",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("unit", String(16), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("slip_no", String(60), nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Index("ix_cash_handed_in_day", "hall", "day"),
)

money_days = Table(
    "money_days",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False),
    Column("window", Integer, nullable=False),
    Column("lines", Json, nullable=False),
    Column("bills", Integer, nullable=False),
    Column("voided", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("second", String(16), nullable=False),
    Column("second_at", Moment),
    Column("second_said", Text, nullable=False),
    Index("ix_money_days_day", "hall", "day"),
)

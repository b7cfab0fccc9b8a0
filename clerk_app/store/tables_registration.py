"""登记表格 the points on a form, its way to the departments, and the companies on record."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

form_points = Table(
    "form_points",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("department", String(60), nullable=False),
    Column("pointer", String(200), nullable=False),
    Column("label", Text, nullable=False),
    Column("opinion", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("before", Json),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("explained", Text, nullable=False),
    Column("dropped_by", String(16), nullable=False),
    Column("dropped_at", Moment),
    Index("ix_form_points_case", "hall", "case"),
)

form_routes = Table(
    "form_routes",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("rows", Json, nullable=False),
)

companies = Table(
    "companies",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(18), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("trade_name", String(120), nullable=False),
    Column("industry_term", String(120), nullable=False),
    Column("authority_code", String(120), nullable=False),
    Column("standing", String(12), nullable=False),
    Column("document", Json, nullable=False),
    Column("case", String(36), nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("by", String(16), nullable=False),
    Index("ix_companies_name", "hall", "trade_name", "industry_term"),
    Index("ix_companies_filed", "hall", "filed_at"),
)

"""0009 排队: where a ticket stands in the line and why, whose share it is, stops, other letters, slips on paper; who is on the line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")
_tables = ("window_calls", "window_beats", "papers_served", "window_letters", "line_stops")


def _fresh() -> list[sa.Column[object]]:
    return [
        sa.Column("rank", sa.Integer, nullable=False, server_default="3"),
        sa.Column("placed_at", moment),
        sa.Column("to_window", sa.Integer, nullable=False, server_default="0"),
        sa.Column("fallback", sa.Integer, nullable=False, server_default="0"),
        sa.Column("item", sa.String(32), nullable=False, server_default=""),
        sa.Column("case", sa.String(36), nullable=False, server_default=""),
        sa.Column("appointment", moment),
        sa.Column("aids", document, nullable=False, server_default="[]"),
        sa.Column("person", sa.String(64), nullable=False, server_default=""),
        sa.Column("by_paper", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("outcome", sa.String(12), nullable=False, server_default=""),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("parked", document),
        sa.Column("rejoins", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lifts", document, nullable=False, server_default="[]"),
        sa.Column("before", document),
    ]


def upgrade() -> None:
    for column in _fresh():
        op.add_column("tickets", column)
    op.execute("UPDATE tickets SET rank = 2 WHERE priority <> ''")
    _days()
    _papers()
    _line()


def _days() -> None:
    op.create_table(
        "line_stops",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("letter", sa.String(4), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("reopens", moment, nullable=False),
        sa.Column("rule", sa.Boolean, nullable=False),
        sa.Column("ended_at", moment),
        sa.Column("ended_by", sa.String(16), nullable=False),
    )
    op.create_index("ix_line_stops_day", "line_stops", ["hall", "day"])
    op.create_table(
        "window_letters",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("letters", document, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_window_letters_day", "window_letters", ["hall", "day"])


def _papers() -> None:
    op.create_table(
        "papers_served",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("letter", sa.String(4), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("real", sa.String(36), nullable=False),
        sa.Column("known", sa.Text, nullable=False),
        sa.Column("ended_at", moment),
        sa.Column("outcome", sa.String(12), nullable=False),
    )
    op.create_index("ix_papers_served_day", "papers_served", ["hall", "day"])


def _line() -> None:
    op.create_table(
        "window_beats",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("device", sa.String(36), primary_key=True),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("lease", sa.Float, nullable=False),
        sa.Column("told", sa.Float, nullable=False),
    )
    op.create_table(
        "window_calls",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("window", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("at", moment, nullable=False),
    )


def downgrade() -> None:
    for table in _tables:
        op.drop_table(table)
    with op.batch_alter_table("tickets") as tickets:
        for column in _fresh():
            tickets.drop_column(column.name)

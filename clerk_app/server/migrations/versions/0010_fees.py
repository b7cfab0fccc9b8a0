"""0010 收费: bills, cash handed in at the bank, the money's day of a window."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")
_tables = ("money_days", "cash_handed_in", "bills")


def upgrade() -> None:
    _bills()
    _days()


def _bills() -> None:
    op.create_table(
        "bills",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("no", sa.String(24), nullable=False),
        sa.Column("payer", sa.Text, nullable=False),
        sa.Column("lines", document, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("set_by", sa.String(16), nullable=False),
        sa.Column("set_at", moment, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("hall_version", sa.String(64), nullable=False),
        sa.Column("matters", document, nullable=False),
        sa.Column("taken", document),
        sa.Column("ebills", document, nullable=False),
        sa.Column("ebill_numbers", document, nullable=False),
        sa.Column("asked_void", document),
        sa.Column("void", document),
        sa.Column("refund", document),
        sa.Column("moved_at", moment, nullable=False),
        sa.UniqueConstraint("hall", "no", name="uq_bills_no"),
    )
    op.create_index("ix_bills_state", "bills", ["hall", "state", "set_at"])
    op.create_index("ix_bills_moved", "bills", ["hall", "moved_at"])
    op.create_index("ix_bills_matters", "bills", ["matters"], postgresql_using="gin")
    op.create_index("ix_bills_ebills", "bills", ["ebill_numbers"], postgresql_using="gin")


def _days() -> None:
    op.create_table(
        "cash_handed_in",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("slip_no", sa.String(60), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
    )
    op.create_index("ix_cash_handed_in_day", "cash_handed_in", ["hall", "day"])
    op.create_table(
        "money_days",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("lines", document, nullable=False),
        sa.Column("bills", sa.Integer, nullable=False),
        sa.Column("voided", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("second", sa.String(16), nullable=False),
        sa.Column("second_at", moment),
        sa.Column("second_said", sa.Text, nullable=False),
    )
    op.create_index("ix_money_days_day", "money_days", ["hall", "day"])


def downgrade() -> None:
    for table in _tables:
        op.drop_table(table)

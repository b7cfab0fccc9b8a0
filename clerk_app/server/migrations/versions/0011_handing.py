"""0011 出件: where the paper of each decided case is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "results",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case_no", sa.String(32), nullable=False),
        sa.Column("document_no", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("shelf", sa.String(24), nullable=False),
        sa.Column("moved_at", moment, nullable=False),
        sa.Column("waybill", sa.String(24), nullable=False),
        sa.Column("transfer", sa.String(36), nullable=False),
        sa.Column("since", moment),
        sa.Column("delivery", document),
        sa.Column("taken_in", document),
        sa.Column("posting", document),
        sa.Column("posted_before", document, nullable=False),
        sa.Column("reminders", document, nullable=False),
        sa.Column("back_to", sa.String(16), nullable=False),
        sa.Column("back_why", sa.Text, nullable=False),
    )
    op.create_index("ix_results_state", "results", ["hall", "state", "moved_at"])
    op.create_index("ix_results_moved", "results", ["hall", "moved_at"])
    op.create_index("ix_results_transfer", "results", ["hall", "transfer"])
    op.create_index("ix_results_waybill", "results", ["hall", "waybill"])


def downgrade() -> None:
    op.drop_table("results")

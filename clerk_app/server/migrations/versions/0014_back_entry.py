"""0014 补录: kits of numbered sheets printed beforehand, and what each sheet says once it is typed in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _kits()
    _sheets()


def _kits() -> None:
    op.create_table(
        "paper_kits",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("first", sa.String(24), nullable=False),
        sa.Column("last", sa.String(24), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("printed_by", sa.String(16), nullable=False),
        sa.Column("printed_at", moment, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("taken_by", sa.String(16), nullable=False),
        sa.Column("handed_by", sa.String(16), nullable=False),
        sa.Column("handed_at", moment),
        sa.Column("returned_by", sa.String(16), nullable=False),
        sa.Column("returned_at", moment),
    )
    op.create_index("ix_paper_kits_printed", "paper_kits", ["hall", "printed_at"])


def _sheets() -> None:
    op.create_table(
        "kit_sheets",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("kit", sa.String(36), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("query_code", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("moved_at", moment, nullable=False),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("entry", document),
        sa.Column("typed_by", document, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("checked_by", sa.String(16), nullable=False),
        sa.Column("checked_at", moment),
        sa.Column("scan", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("noted_by", sa.String(16), nullable=False),
    )
    op.create_index("ix_kit_sheets_kit", "kit_sheets", ["hall", "kit"])
    op.create_index("ix_kit_sheets_state", "kit_sheets", ["hall", "state", "moved_at"])


def downgrade() -> None:
    op.drop_table("kit_sheets")
    op.drop_table("paper_kits")

"""0018 共享材料: which material the hall held already was used with whose consent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "share_consents",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("materials", document, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("given_by", sa.String(12), nullable=False),
        sa.Column("giver", sa.Text, nullable=False),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("scan", sa.String(64), nullable=False),
        sa.Column("answered_by", sa.String(16), nullable=False),
        sa.Column("answered_at", moment),
        sa.Column("withdrawn_by", sa.String(16), nullable=False),
        sa.Column("withdrawn_at", moment),
        sa.Column("uses", document, nullable=False),
        sa.Column("looks", document, nullable=False),
    )
    op.create_index("ix_share_consents_case", "share_consents", ["hall", "case", "asked_at"])


def downgrade() -> None:
    op.drop_table("share_consents")

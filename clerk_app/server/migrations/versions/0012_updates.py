"""0012 更新: packages of the program, and who let them out to which windows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "updates",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("version", sa.String(24), primary_key=True),
        sa.Column("platform", sa.String(40), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("added_at", moment, nullable=False),
    )
    op.create_index("ix_updates_digest", "updates", ["hall", "digest"])
    op.create_table(
        "update_plans",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("first_windows", document, nullable=False),
        sa.Column("rest_from", sa.Date),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("confirmed_by", sa.String(16), nullable=False, server_default=""),
        sa.Column("confirmed_at", moment),
        sa.Column("paused_by", sa.String(16), nullable=False, server_default=""),
        sa.Column("paused_at", moment),
    )
    op.create_index("ix_update_plans_version", "update_plans", ["hall", "version", "asked_at"])


def downgrade() -> None:
    op.drop_table("update_plans")
    op.drop_table("updates")

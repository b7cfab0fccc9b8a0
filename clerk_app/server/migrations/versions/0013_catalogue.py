"""0013 目录变动: lists of changes of the catalogue, who asked, who confirmed, from which day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "catalogue_changes",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("lines", document, nullable=False),
        sa.Column("basis", sa.String(80), nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("hall_version", sa.String(64), nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("confirmed_by", sa.String(16), nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("dropped_by", sa.String(16), nullable=False),
        sa.Column("dropped_at", moment),
        sa.Column("applied_version", sa.String(64), nullable=False),
        sa.Column("applied_at", moment),
        sa.Column("refused_at", moment),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_catalogue_changes_asked", "catalogue_changes", ["hall", "asked_at"])
    op.create_index("ix_catalogue_changes_day", "catalogue_changes", ["hall", "effective_on"])


def downgrade() -> None:
    op.drop_table("catalogue_changes")

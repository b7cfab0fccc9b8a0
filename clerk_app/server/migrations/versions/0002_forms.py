"""0002 一表: the form draft of each case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("form_version", sa.String(16), nullable=False),
        sa.Column("document", document, nullable=False),
        sa.Column("saved_at", moment, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
    )

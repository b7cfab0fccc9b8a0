"""0016 分办: to which post and person an accepted case goes, and each time it is given to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case_no", sa.String(32), nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("department", sa.String(16), nullable=False),
        sa.Column("post", sa.String(16), nullable=False),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("turn_post", sa.String(16), nullable=False),
        sa.Column("earlier", document, nullable=False),
    )
    op.create_index("ix_assignments_person", "assignments", ["hall", "person"])
    op.create_index("ix_assignments_turn", "assignments", ["hall", "turn_post", "turn"])


def downgrade() -> None:
    op.drop_table("assignments")

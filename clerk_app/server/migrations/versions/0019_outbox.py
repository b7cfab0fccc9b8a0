"""0019 对外: what is to be told to the outside, and how far each partner has heard it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    _partners()
    _rows()


def _partners() -> None:
    op.create_table(
        "outside_partners",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("partner", sa.String(24), primary_key=True),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("scan", sa.String(48)),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("lease_by", sa.String(36), nullable=False),
        sa.Column("lease_until", moment, nullable=False),
        sa.Column("looked_at", moment),
        sa.Column("heard_at", moment),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("rule", sa.String(64), nullable=False),
    )


def _rows() -> None:
    op.create_table(
        "outbox",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("partner", sa.String(24), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(48), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("answered_at", moment),
        sa.Column("decided_by", sa.String(16), nullable=False),
        sa.Column("decided_at", moment),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_outbox_state", "outbox", ["hall", "partner", "state", "place"])
    op.create_index("ix_outbox_subject", "outbox", ["hall", "partner", "subject", "kind", "place"])


def downgrade() -> None:
    op.drop_table("outbox")
    op.drop_table("outside_partners")

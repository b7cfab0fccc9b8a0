"""0017 收件箱: what came from outside and waits to be accepted at a counter; who may send, what came, and used nonces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _items()
    _senders()
    _messages()


def _items() -> None:
    op.create_table(
        "inbox_items",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("partner", sa.String(32), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("item_name", sa.String(120), nullable=False),
        sa.Column("applicant", document, nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("came_at", moment, nullable=False),
        sa.Column("moved_at", moment, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("id_end", sa.String(4), nullable=False),
        sa.Column("fields", document, nullable=False),
        sa.Column("materials", document, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("slot", document),
        sa.Column("valid_until", sa.Date),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("missing", document, nullable=False),
    )
    op.create_index("ix_inbox_items_case", "inbox_items", ["hall", "case"])
    op.create_index("ix_inbox_items_moved", "inbox_items", ["hall", "moved_at"])
    op.create_index("ix_inbox_items_state", "inbox_items", ["hall", "state", "came_at"])


def _senders() -> None:
    op.create_table(
        "inbox_senders",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("pulled_at", moment),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("revoked_at", moment),
    )
    op.create_index("uq_inbox_senders_id", "inbox_senders", ["id"], unique=True)


def _messages() -> None:
    op.create_table(
        "inbox_messages",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("sender", sa.String(24), primary_key=True),
        sa.Column("number", sa.String(40), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("item", sa.String(36), nullable=False),
        sa.Column("came_at", moment, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
    )
    op.create_table(
        "inbox_nonces",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("sender", sa.String(24), primary_key=True),
        sa.Column("nonce", sa.String(64), primary_key=True),
        sa.Column("at", moment, nullable=False),
    )
    op.create_index("ix_inbox_nonces_at", "inbox_nonces", ["at"])


def downgrade() -> None:
    for name in ("inbox_nonces", "inbox_messages", "inbox_senders", "inbox_items"):
        op.drop_table(name)

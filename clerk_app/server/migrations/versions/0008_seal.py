"""0008 用印: grants, intents, where each seal stands, the book of its changes, certificates made elsewhere; more of each use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")
_beside = ("item", "keeper", "grant", "entered_at", "clock", "device", "page", "seam", "heard_at")
_tables = ("certificates", "seal_events", "seal_standings", "seal_intents", "seal_grants")


def upgrade() -> None:
    op.add_column("seal_uses", sa.Column("item", sa.String(40), nullable=False, server_default=""))
    op.add_column("seal_uses", sa.Column("keeper", sa.String(16), nullable=False, server_default=""))
    op.add_column("seal_uses", sa.Column("grant", sa.String(36), nullable=False, server_default=""))
    op.add_column("seal_uses", sa.Column("entered_at", moment))
    op.add_column("seal_uses", sa.Column("clock", sa.String(8), nullable=False, server_default="centre"))
    op.add_column("seal_uses", sa.Column("device", sa.String(36), nullable=False, server_default=""))
    op.add_column("seal_uses", sa.Column("page", sa.Integer, nullable=False, server_default="0"))
    op.add_column("seal_uses", sa.Column("seam", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("seal_uses", sa.Column("heard_at", moment))
    op.create_index("ix_seal_uses_digest", "seal_uses", ["hall", "digest_after"])
    _grants()
    _intents()
    _seals()
    _events()


def _grants() -> None:
    op.create_table(
        "seal_grants",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("seal", sa.String(16), nullable=False),
        sa.Column("keeper", sa.String(16), nullable=False),
        sa.Column("chief", sa.String(16), nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
        sa.Column("letter", sa.String(60), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("origin", sa.String(36), nullable=False),
        sa.Column("issued", moment, nullable=False),
        sa.Column("expires", moment, nullable=False),
        sa.Column("papers", document, nullable=False),
        sa.Column("public", sa.String(64), nullable=False),
        sa.Column("signature", sa.String(120), nullable=False),
        sa.Column("certificate", sa.String(64), nullable=False),
        sa.Column("used", document, nullable=False),
        sa.Column("flags", document, nullable=False),
    )
    op.create_index("ix_seal_grants_expires", "seal_grants", ["hall", "expires"])


def _intents() -> None:
    op.create_table(
        "seal_intents",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("grant", sa.String(36), nullable=False),
        sa.Column("seal", sa.String(16), nullable=False),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document_no", sa.String(60), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("closed_by", sa.String(16), nullable=False),
        sa.Column("closed_at", moment),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_seal_intents_state", "seal_intents", ["hall", "state", "at"])


def _seals() -> None:
    op.create_table(
        "seal_standings",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("keeper", sa.String(16), nullable=False),
        sa.Column("seat", sa.String(36), nullable=False),
        sa.Column("certificate", sa.String(64), nullable=False),
        sa.Column("valid_from", moment),
        sa.Column("valid_to", moment),
        sa.Column("issuer", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("resume_asked_by", sa.String(16), nullable=False),
    )


def _events() -> None:
    op.create_table(
        "seal_events",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("seal", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("clock", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("second", sa.String(16), nullable=False),
        sa.Column("keeper", sa.String(16), nullable=False),
        sa.Column("certificate", sa.String(64), nullable=False),
        sa.Column("flags", document, nullable=False),
        sa.Column("heard_at", moment),
    )
    op.create_index("ix_seal_events_seal", "seal_events", ["hall", "seal", "at"])
    op.create_table(
        "certificates",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("certificate_no", sa.String(60), nullable=False),
        sa.Column("blank_no", sa.String(40), nullable=False),
        sa.Column("spoiled", document, nullable=False),
        sa.Column("seal", sa.String(16), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("flags", document, nullable=False),
    )
    op.create_index("ix_certificates_case", "certificates", ["hall", "case"])


def downgrade() -> None:
    for table in _tables:
        op.drop_table(table)
    op.drop_index("ix_seal_uses_digest", "seal_uses")
    with op.batch_alter_table("seal_uses") as uses:
        for column in _beside:
            uses.drop_column(column)

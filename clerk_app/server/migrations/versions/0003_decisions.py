"""0003 授权用印: the two signatures, the seal register, absences and ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("cases", sa.Column("proposal", document))
    op.add_column("cases", sa.Column("decision", document))
    op.add_column("cases", sa.Column("seal_use", sa.String(36), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("sealed_at", moment))
    op.add_column("cases", sa.Column("handed_over", document))
    _absences()
    _seal_uses()
    op.create_table(
        "ratings",
        *_keys(),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
    )


def _keys() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("hall", sa.String(16), primary_key=True), sa.Column("id", sa.String(36), primary_key=True)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _absences() -> None:
    op.create_table(
        "absences",
        *_keys(),
        _text("person", 16),
        sa.Column("start", moment, nullable=False),
        sa.Column("end", moment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        _text("said_by", 16),
    )
    op.create_index("ix_absences_person", "absences", ["hall", "person"])


def _seal_uses() -> None:
    op.create_table(
        "seal_uses",
        *_keys(),
        _text("seal", 16),
        _text("seal_name", 80),
        _text("certificate", 64),
        _text("case", 36),
        _text("document_no", 60),
        _text("title", 80),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        _text("digest_before", 64),
        _text("digest_after", 64),
        _text("approver", 16),
        _text("letter", 60),
        _text("user", 16),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("electronic", sa.Boolean, nullable=False),
        sa.Column("flags", document, nullable=False),
    )
    op.create_index("ix_seal_uses_case", "seal_uses", ["hall", "case"])


def downgrade() -> None:
    for table in ("ratings", "seal_uses", "absences"):
        op.drop_table(table)
    for name in ("proposal", "decision", "handed_over", "seal_use", "sealed_at"):
        op.drop_column("cases", name)

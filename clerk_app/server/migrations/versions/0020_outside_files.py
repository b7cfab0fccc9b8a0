"""0020 网上来的原件: the bytes a platform sends for what its messages name by digest, and which messages name them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "inbox_files",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("sender", sa.String(24), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("media", sa.String(20), nullable=False),
        sa.Column("upload", sa.String(36), nullable=False),
        sa.Column("came_at", moment, nullable=False),
    )
    papers = op.create_table(
        "inbox_papers",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("sender", sa.String(24), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("item", sa.String(36), primary_key=True),
    )
    if named := _named():
        op.bulk_insert(papers, named)


def _named() -> list[dict[str, str]]:
    """What came before this version names its files too."""
    rows = op.get_bind().execute(sa.text("SELECT hall, partner, id, materials FROM inbox_items")).all()
    found = {}
    for hall, sender, item, said in rows:
        for one in json.loads(said) if isinstance(said, str) else said:
            key = (hall, sender, one.get("sha256", ""), item)
            found[key] = dict(zip(("hall", "sender", "digest", "item"), key, strict=True))
    return [row for row in found.values() if row["digest"]]


def downgrade() -> None:
    op.drop_table("inbox_papers")
    op.drop_table("inbox_files")

"""0015 电脑: what a machine says of itself at its hello, and who enrolled, swapped or lost which one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    for name, kind, start in (
        ("name", sa.String(60), ""),
        ("platform", sa.String(40), ""),
        ("program", sa.String(24), ""),
        ("told_incarnation", sa.Integer, "0"),
        ("told_seq", sa.Integer, "0"),
    ):
        op.add_column("devices", sa.Column(name, kind, nullable=False, server_default=start))
    op.create_table(
        "device_acts",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("second", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_device_acts_device", "device_acts", ["hall", "device"])


def downgrade() -> None:
    op.drop_table("device_acts")
    for name in ("name", "platform", "program", "told_incarnation", "told_seq"):
        op.drop_column("devices", name)

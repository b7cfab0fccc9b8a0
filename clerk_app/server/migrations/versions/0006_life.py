"""0006 办件的一生: what happened on a case's way, the day it is due by, and the tables of a case's papers and of oversight."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("cases", sa.Column("life", document, nullable=False, server_default="{}"))
    op.add_column("cases", sa.Column("due_on", sa.Date))
    op.create_index("ix_cases_due", "cases", ["hall", "state", "due_on"])


def downgrade() -> None:
    op.drop_index("ix_cases_due", "cases")
    op.drop_column("cases", "due_on")
    op.drop_column("cases", "life")

"""0007 一表: what is known of a draft besides what was typed, points on it, its way to the departments, companies on record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")
_beside = ("record", "record_version", "base", "checked", "confirmed", "prefilled", "filed")


def upgrade() -> None:
    op.add_column("forms", sa.Column("record", sa.String(18), nullable=False, server_default=""))
    op.add_column("forms", sa.Column("record_version", sa.Integer, nullable=False, server_default="0"))
    op.add_column("forms", sa.Column("base", document))
    op.add_column("forms", sa.Column("checked", document))
    op.add_column("forms", sa.Column("confirmed", document, nullable=False, server_default="[]"))
    op.add_column("forms", sa.Column("prefilled", sa.String(36), nullable=False, server_default=""))
    op.add_column("forms", sa.Column("filed", sa.String(18), nullable=False, server_default=""))
    for table in ("devices", "enrolment_codes"):
        op.add_column(table, sa.Column("kind", sa.String(12), nullable=False, server_default="desk"))
    _points()
    _companies()
    _prefills()
    _names()


def _points() -> None:
    op.create_table(
        "form_points",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("department", sa.String(60), nullable=False),
        sa.Column("pointer", sa.String(200), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("opinion", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("before", document),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("read_at", moment),
        sa.Column("explained", sa.Text, nullable=False),
        sa.Column("dropped_by", sa.String(16), nullable=False),
        sa.Column("dropped_at", moment),
    )
    op.create_index("ix_form_points_case", "form_points", ["hall", "case"])


def _companies() -> None:
    op.create_table(
        "form_routes",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("rows", document, nullable=False),
    )
    op.create_table(
        "companies",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(18), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("trade_name", sa.String(120), nullable=False),
        sa.Column("industry_term", sa.String(120), nullable=False),
        sa.Column("authority_code", sa.String(120), nullable=False),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("document", document, nullable=False),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("filed_at", moment, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
    )
    op.create_index("ix_companies_name", "companies", ["hall", "trade_name", "industry_term"])
    op.create_index("ix_companies_filed", "companies", ["hall", "filed_at"])


def _prefills() -> None:
    op.create_table(
        "prefills",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("ticket", sa.String(40), primary_key=True),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("session", sa.String(36), nullable=False),
        sa.Column("form_version", sa.String(20), nullable=False),
        sa.Column("filled", sa.Integer, nullable=False),
        sa.Column("steps", sa.Integer, nullable=False),
        sa.Column("document", document),
        sa.Column("saved_at", moment, nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("taken_by", sa.String(16), nullable=False),
        sa.Column("taken_at", moment),
        sa.Column("expires_at", moment, nullable=False),
    )
    op.create_index("ix_prefills_day", "prefills", ["hall", "day"])
    op.create_index("ix_prefills_over", "prefills", ["expires_at"])


def _names() -> None:
    """名称库."""
    op.create_table(
        "registered_names",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("trade_name", sa.String(60), nullable=False),
        sa.Column("industry_term", sa.String(60), nullable=False),
        sa.Column("authority_code", sa.String(6), nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("uscc", sa.String(18), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
    )
    op.create_index("ix_registered_names_seq", "registered_names", ["hall", "seq"], unique=True)
    op.create_index("ix_registered_names_name", "registered_names", ["hall", "name"])
    op.create_table(
        "name_keys",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("key", sa.String(24), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
    )
    op.create_index("ix_name_keys_id", "name_keys", ["hall", "id"])
    op.create_table(
        "name_registers",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("loaded_at", moment, nullable=False),
    )


def downgrade() -> None:
    for table in ("name_registers", "name_keys", "registered_names"):
        op.drop_table(table)
    op.drop_table("prefills")
    for table in ("companies", "form_routes", "form_points"):
        op.drop_table(table)
    for table in ("devices", "enrolment_codes"):
        with op.batch_alter_table(table) as narrowed:
            narrowed.drop_column("kind")
    with op.batch_alter_table("forms") as forms:
        for column in _beside:
            forms.drop_column(column)

"""0001 建库: the rooms' tables and the centre's own, written out: tables.py moves on, this stays."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _tickets()
    _cases()
    _papers_and_sign_ins()
    _numbers_and_holds()
    _halls()
    _envelopes()
    _feed()
    _devices()
    _accounts()


def _key(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, moment, nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition)


def _tickets() -> None:
    op.create_table(
        "tickets",
        _key("hall", 16),
        _key("id", 36),
        sa.Column("day", sa.Date, nullable=False),
        _text("letter", 4),
        _text("number", 12),
        _number("serial"),
        _flag("reserve"),
        _moment("taken_at"),
        _number("taken_window"),
        _text("priority", 24),
        _text("state", 12),
        _number("window", nullable=True),
        _number("calls"),
        _moment("called_at", nullable=True),
        _moment("served_at", nullable=True),
        _moment("ended_at", nullable=True),
        _text("clerk", 16),
        sa.UniqueConstraint("hall", "day", "number", name="uq_tickets_number"),
    )
    op.create_index("ix_tickets_queue", "tickets", ["hall", "day", "letter", "state"])
    _unique_where("uq_tickets_open_call", "tickets", ["hall", "day", "window"], "state IN ('called', 'serving')")


def _cases() -> None:
    op.create_table(
        "cases",
        _key("hall", 16),
        _key("id", 36),
        _text("ticket", 36),
        _text("item", 32),
        _text("item_name", 120),
        _text("hall_version", 64),
        _text("department", 16),
        sa.Column("applicant", document, nullable=False),
        sa.Column("materials", document, nullable=False),
        _text("state", 16),
        _moment("received_at"),
        _number("window"),
        _text("handler", 16),
        _text("acting_for", 16, nullable=True),
        _text("query_code", 12),
        _text("case_no", 32),
        _number("serial"),
        _moment("accepted_at", nullable=True),
        sa.Column("due", document, nullable=True),
    )
    _unique_where("uq_cases_number", "cases", ["hall", "case_no"], "case_no <> ''")
    op.create_index("ix_cases_ticket", "cases", ["hall", "ticket"])
    op.create_index("ix_cases_received", "cases", ["hall", "received_at"])


def _papers_and_sign_ins() -> None:
    op.create_table(
        "papers",
        _key("hall", 16),
        _key("id", 36),
        _text("doc_type", 24),
        _text("doc_no", 40),
        _number("copy_no"),
        _text("subject", 48),
        _text("sha256", 64),
        _text("outcome", 12),
        _moment("at"),
        _number("window"),
    )
    op.create_table(
        "sign_ins",
        _key("hall", 16),
        _key("id", 36),
        _text("person", 16),
        _number("window"),
        _text("post", 16),
        _flag("online"),
        _flag("ended"),
    )


def _numbers_and_holds() -> None:
    op.create_table(
        "number_blocks",
        _key("hall", 16),
        _key("id", 36),
        _text("device", 36),
        _text("kind", 40),
        _number("first"),
        _number("last"),
    )
    op.create_index("ix_number_blocks_kind", "number_blocks", ["hall", "kind"])
    op.create_table(
        "numbers_used",
        _key("hall", 16),
        _key("kind", 40),
        sa.Column("serial", sa.Integer, primary_key=True, autoincrement=False),
        _text("command", 36),
    )
    op.create_table("counters", _key("hall", 16), _key("kind", 40), _number("next"))
    op.create_table("holds", _key("hall", 16), _key("subject", 48), _text("device", 36))


def _halls() -> None:
    op.create_table(
        "hall_versions", _key("hall", 16), _key("version", 64), sa.Column("document", sa.Text, nullable=False)
    )
    op.create_table(
        "hall_head",
        _key("hall", 16),
        sa.Column("seq", sa.BigInteger, nullable=False),
        _text("epoch", 36),
        _text("hall_version", 64),
    )


def _envelopes() -> None:
    op.create_table(
        "envelopes",
        _key("hall", 16),
        _key("id", 36),
        _text("device", 36),
        _number("incarnation"),
        _number("device_seq"),
        _text("hash", 64),
        _text("prev_hash", 64),
        _text("kind", 40),
        _flag("fact"),
        sa.Column("subjects", sa.Text, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        _text("state", 12),
        _text("type", 60),
        sa.Column("sentence", sa.Text, nullable=False),
        _moment("received_at"),
    )
    op.create_index("ix_envelopes_chain", "envelopes", ["hall", "device", "incarnation", "device_seq"])
    op.create_index("ix_envelopes_state", "envelopes", ["hall", "device", "state"])


def _feed() -> None:
    op.create_table(
        "changes",
        _key("hall", 16),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        _text("id", 36),
        _text("subject", 48),
        sa.Column("row", document, nullable=False),
        _text("holder", 36, nullable=True),
    )


def _devices() -> None:
    op.create_table(
        "devices",
        _key("hall", 16),
        _key("id", 36),
        _number("window"),
        _text("public_key", 64),
        _number("incarnation"),
        _number("last_seq"),
        _text("head", 64),
        _flag("revoked"),
        _moment("enrolled_at"),
        _moment("seen_at"),
    )
    op.create_index("ix_devices_id", "devices", ["id"])
    op.create_index("ix_devices_key", "devices", ["hall", "public_key"])


def _accounts() -> None:
    op.create_table(
        "accounts",
        _key("hall", 16),
        _key("person", 16),
        sa.Column("verifier", sa.Text, nullable=False),
        _flag("disabled"),
        _number("failures"),
        _moment("locked_until", nullable=True),
    )
    op.create_table(
        "person_keys",
        _key("hall", 16),
        _key("device", 36),
        _key("person", 16),
        _key("public_key", 64),
        _moment("since"),
    )

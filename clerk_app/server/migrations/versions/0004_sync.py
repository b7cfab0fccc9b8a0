"""0004 同步: holds with fences, tasks, settlements, cuts, day closes, attachments; codes, keys, uploads and recoveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")

_added = (
    ("cases", lambda: sa.Column("void", document)),
    ("cases", lambda: sa.Column("late_entry", document)),
    ("holds", lambda: sa.Column("fence", sa.BigInteger, nullable=False, server_default="0")),
    ("holds", lambda: sa.Column("until", moment)),
    ("sign_ins", lambda: sa.Column("at", moment)),
    ("number_blocks", lambda: sa.Column("returned_from", sa.Integer)),
    ("envelopes", lambda: sa.Column("day", sa.Date)),
    ("envelopes", lambda: sa.Column("sent_by", sa.String(36), nullable=False, server_default="")),
    ("changes", lambda: sa.Column("fence", sa.BigInteger, nullable=False, server_default="0")),
    ("hall_versions", lambda: sa.Column("loaded_at", moment)),
    ("hall_head", lambda: sa.Column("horizon", sa.BigInteger, nullable=False, server_default="0")),
    ("hall_head", lambda: sa.Column("token_key", sa.LargeBinary)),
    ("devices", lambda: sa.Column("revoked_at", moment)),
    ("accounts", lambda: sa.Column("disabled_at", moment)),
)
_made = (
    "tasks", "settlements", "cuts", "day_closes", "attachments", "hold_breaks", "past_holds",
    "enrolment_codes", "release_codes", "wrapped_keys", "uploads", "upload_chunks", "blobs", "recoveries",
)  # fmt: skip


def upgrade() -> None:
    for table, column in _added:
        op.add_column(table, column())
    op.create_index("ix_envelopes_day", "envelopes", ["hall", "day"])
    op.create_index("ix_papers_subject", "papers", ["hall", "subject"])
    op.create_index("ix_sign_ins_person", "sign_ins", ["hall", "person", "ended"])
    _duty_manager()
    _settled()
    _days()
    _attachments()
    _codes_and_keys()
    _uploads()
    _recoveries()


def _hall() -> sa.Column[str]:
    return sa.Column("hall", sa.String(16), primary_key=True)


def _id(length: int = 36) -> sa.Column[str]:
    return sa.Column("id", sa.String(length), primary_key=True)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, moment, nullable=False)


def _duty_manager() -> None:
    op.create_table(
        "tasks",
        _hall(),
        _id(48),
        _text("kind", 24),
        _text("subject", 48),
        _text("command", 36),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        _moment("made_at"),
        _text("made_by", 16),
        sa.Column("closed_at", moment),
        _text("closed_by", 16),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_tasks_open", "tasks", ["hall", "closed_by", "made_at"])
    op.create_index("ix_tasks_command", "tasks", ["hall", "command"])


def _settled() -> None:
    op.create_table(
        "settlements",
        _hall(),
        _id(),
        _text("how", 12),
        _text("by", 16),
        _moment("at"),
        sa.Column("note", sa.Text, nullable=False),
        _text("replaced_by", 36),
    )
    op.create_table(
        "hold_breaks",
        _hall(),
        _id(),
        _text("subject", 48),
        sa.Column("reason", sa.Text, nullable=False),
        _text("asked_by", 16),
        _moment("asked_at"),
        _text("agreed_by", 16),
        sa.Column("agreed_at", moment),
    )
    op.create_table(
        "past_holds",
        _hall(),
        sa.Column("subject", sa.String(48), primary_key=True),
        sa.Column("fence", sa.BigInteger, primary_key=True, autoincrement=False),
        _text("device", 36),
        _text("how", 12),
    )


def _days() -> None:
    op.create_table(
        "cuts",
        _hall(),
        _id(),
        _text("device", 36),
        sa.Column("window", sa.Integer, nullable=False),
        _moment("start"),
        _moment("end"),
        sa.Column("acts", sa.Integer, nullable=False),
    )
    op.create_index("ix_cuts_start", "cuts", ["hall", "start"])
    op.create_table(
        "day_closes",
        _hall(),
        _id(48),
        _text("device", 36),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        _text("head", 64),
        _text("by", 16),
        _moment("at"),
    )
    op.create_index("ix_day_closes_day", "day_closes", ["hall", "day"])


def _attachments() -> None:
    op.create_table(
        "attachments",
        _hall(),
        _id(),
        _text("case", 36),
        _text("name", 120),
        _text("media", 60),
        sa.Column("size", sa.Integer, nullable=False),
        _text("digest", 64),
        _text("by", 16),
        _moment("at"),
        sa.Column("window", sa.Integer, nullable=False),
    )
    op.create_index("ix_attachments_case", "attachments", ["hall", "case"])


def _codes_and_keys() -> None:
    op.create_table(
        "enrolment_codes",
        _hall(),
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("window", sa.Integer),
        _moment("made_at"),
        _moment("expires_at"),
        _text("used_by", 36),
    )
    op.create_table(
        "release_codes",
        _hall(),
        sa.Column("subject", sa.String(48), primary_key=True),
        sa.Column("fence", sa.BigInteger, nullable=False),
        _text("code", 12),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_table(
        "wrapped_keys",
        _hall(),
        sa.Column("device", sa.String(36), primary_key=True),
        sa.Column("person", sa.String(24), primary_key=True),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        _moment("made_at"),
        _text("mark", 16),
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        _hall(),
        _id(),
        _text("device", 36),
        _text("digest", 64),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        _moment("expires_at"),
    )
    op.create_table(
        "upload_chunks",
        _hall(),
        sa.Column("upload", sa.String(36), primary_key=True),
        sa.Column("start", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "blobs",
        _hall(),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        _text("upload", 36),
        _moment("stored_at"),
    )


def _recoveries() -> None:
    op.create_table(
        "recoveries",
        _hall(),
        _id(),
        _text("device", 36),
        _text("by_device", 36),
        _text("first", 16),
        _text("second", 16),
        _moment("at"),
        sa.Column("commands", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_index("ix_envelopes_day", "envelopes")
    op.drop_index("ix_sign_ins_person", "sign_ins")
    op.drop_index("ix_papers_subject", "papers")
    for table in reversed(_made):
        op.drop_table(table)
    for table, column in reversed(_added):
        op.drop_column(table, str(column().name))

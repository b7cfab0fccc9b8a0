"""0005 岗位: leave with approvals, substitutions, noon turns, handovers, consents, letters, pauses, changes of the roster; passwords with their age."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")

_added = (
    ("absences", lambda: sa.Column("kind", sa.String(12), nullable=False, server_default="unplanned")),
    ("absences", lambda: sa.Column("state", sa.String(12), nullable=False, server_default="recorded")),
    ("absences", lambda: sa.Column("covers", document, nullable=False, server_default="[]")),
    ("absences", lambda: sa.Column("approvals", document, nullable=False, server_default="[]")),
    ("absences", lambda: sa.Column("ended_at", moment)),
    ("absences", lambda: sa.Column("note", sa.Text, nullable=False, server_default="")),
    ("cases", lambda: sa.Column("sent_out", document)),
    ("seal_uses", lambda: sa.Column("acting_for", sa.String(16), nullable=False, server_default="")),
    ("accounts", lambda: sa.Column("password_at", moment)),
    ("accounts", lambda: sa.Column("totp", sa.LargeBinary)),
    ("accounts", lambda: sa.Column("totp_step", sa.BigInteger, nullable=False, server_default="0")),
)
_made = (
    "substitutions",
    "noon_rosters",
    "handovers",
    "consents",
    "recorded_letters",
    "pauses",
    "roster_changes",
    "audit_events",
)


def upgrade() -> None:
    for table, column in _added:
        op.add_column(table, column())
    op.create_index("ix_absences_end", "absences", ["hall", "end"])
    op.create_index("ix_cases_state", "cases", ["hall", "state"])
    op.create_index("ix_seal_uses_at", "seal_uses", ["hall", "at"])
    with op.batch_alter_table("changes") as changes:
        changes.alter_column("subject", type_=sa.String(64), existing_type=sa.String(48), existing_nullable=False)
    _cover()
    _handovers()
    _papers()
    _pauses()
    _audit()


def _cover() -> None:
    op.create_table(
        "substitutions",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("post", sa.String(16), nullable=False),
        sa.Column("a", sa.String(16), nullable=False),
        sa.Column("b", sa.String(16), nullable=False),
        sa.Column("start", moment, nullable=False),
        sa.Column("end", moment, nullable=False),
        sa.Column("cause", sa.String(36), nullable=False),
        sa.Column("said_by", sa.String(16), nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("confirmed_by", sa.String(16), nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("ended_at", moment),
        sa.Column("ended_by", sa.String(16), nullable=False),
    )
    op.create_index("ix_substitutions_end", "substitutions", ["hall", "end"])
    op.create_table(
        "noon_rosters",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(10), primary_key=True),
        sa.Column("turns", document, nullable=False),
        sa.Column("set_by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("earlier", document, nullable=False),
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("substitution", sa.String(36), nullable=False),
        sa.Column("direction", sa.String(4), nullable=False),
        sa.Column("post", sa.String(16), nullable=False),
        sa.Column("things", document, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("given_by", sa.String(16), nullable=False),
        sa.Column("given_at", moment),
        sa.Column("taken_by", sa.String(16), nullable=False),
        sa.Column("taken_at", moment),
    )
    op.create_index("ix_handovers_substitution", "handovers", ["hall", "substitution"])


def _papers() -> None:
    op.create_table(
        "consents",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("learner", sa.String(16), nullable=False),
        sa.Column("mentor", sa.String(16), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(48), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("agreed_at", moment),
        sa.Column("refused_at", moment),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_consents_mentor", "consents", ["hall", "mentor"])
    op.create_index("ix_consents_subject", "consents", ["hall", "subject"])
    op.create_table(
        "recorded_letters",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("department", sa.String(16), nullable=False),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("deputy", sa.String(16), nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("end", sa.Date, nullable=False),
        sa.Column("items", document, nullable=False),
        sa.Column("powers", document, nullable=False),
        sa.Column("scan", sa.String(64), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("recorded_by", sa.String(16), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("confirmed_by", sa.String(16), nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("ended_by", sa.String(16), nullable=False),
        sa.Column("ended_at", moment),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_recorded_letters_end", "recorded_letters", ["hall", "end"])


def _pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("post", sa.String(16), nullable=False),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("device", sa.String(48), nullable=False),
        sa.Column("start", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("reason", sa.String(80), nullable=False),
        sa.Column("tickets", document, nullable=False),
        sa.Column("back_at", moment),
        sa.Column("back_by", sa.String(16), nullable=False),
    )
    op.create_index("ix_pauses_window", "pauses", ["hall", "window", "back_by"])
    op.create_table(
        "roster_changes",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("lines", document, nullable=False),
        sa.Column("basis", sa.String(80), nullable=False),
        sa.Column("hall_version", sa.String(64), nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("confirmed_by", sa.String(16), nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("dropped_by", sa.String(16), nullable=False),
        sa.Column("dropped_at", moment),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_roster_changes_asked", "roster_changes", ["hall", "asked_at"])


def _audit() -> None:
    op.create_table(
        "audit_events",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("device", sa.String(36), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_events_at", "audit_events", ["hall", "at"])


def downgrade() -> None:
    with op.batch_alter_table("changes") as changes:
        changes.alter_column("subject", type_=sa.String(48), existing_type=sa.String(64), existing_nullable=False)
    op.drop_index("ix_absences_end", "absences")
    op.drop_index("ix_cases_state", "cases")
    op.drop_index("ix_seal_uses_at", "seal_uses")
    for table in reversed(_made):
        op.drop_table(table)
    for table, column in reversed(_added):
        op.drop_column(table, str(column().name))

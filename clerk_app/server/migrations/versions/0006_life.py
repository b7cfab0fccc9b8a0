"""0006 办件的一生: what happened on a case's way, the day it is due by, and the tables of a case's papers and of oversight."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
document = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("cases", sa.Column("life", document, nullable=False, server_default="{}"))
    op.add_column("cases", sa.Column("due_on", sa.Date))
    _listed()
    op.create_index("ix_cases_due", "cases", ["hall", "state", "due_on"])
    _cards()
    _finding()
    _people()
    _external()
    _documents()


def _listed() -> None:
    """Cases of before stand in the lists, and under the eyes of supervision, by the day their paper promises."""
    json = op.get_bind().dialect.name == "postgresql"
    promised = "CAST(due ->> 'promised' AS DATE)" if json else "json_extract(due, '$.promised')"
    running = "'accepted', 'to_authorise', 'with_department', 'granted', 'refused'"
    op.execute(f"UPDATE cases SET due_on = {promised} WHERE state IN ({running})")


def _people() -> None:
    """群众一侧: tickets sent on, first-asked records, complaints, follow-ups, and the gateway's notices."""
    op.add_column("tickets", sa.Column("forwards", document, nullable=False, server_default="[]"))
    op.create_table(
        "asked",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("led_to", sa.String(60), nullable=False),
        sa.Column("how", sa.String(12), nullable=False),
        sa.Column("closed_at", moment),
        sa.Column("closed_by", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_asked_open", "asked", ["hall", "how", "at"])
    op.create_index("ix_asked_at", "asked", ["hall", "at"])
    _complaints()
    _follow_ups_and_notices()


def _complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("via", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("seen", document, nullable=False),
        sa.Column("against", document, nullable=False),
        sa.Column("windows", document, nullable=False),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("received_by", sa.String(16), nullable=False),
        sa.Column("received_window", sa.Integer, nullable=False),
        sa.Column("investigated", document),
        sa.Column("disposed", document),
        sa.Column("replied", document),
    )
    op.create_index("ix_complaints_received", "complaints", ["hall", "received_at"])


def _follow_ups_and_notices() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("number", sa.String(12), nullable=False),
        sa.Column("clerk", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("rated_at", moment, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("contacts", document, nullable=False),
        sa.Column("fixed", document),
        sa.Column("closed", document),
    )
    op.create_index("ix_follow_ups_rated", "follow_ups", ["hall", "rated_at"])
    op.create_table(
        "notices",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(48), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("taken_at", moment),
        sa.Column("taken_by", sa.String(36), nullable=False),
    )
    op.create_index("ix_notices_waiting", "notices", ["hall", "taken_by", "made_at"])


def _finding() -> None:
    """The words a case is found by; `index-cases` fills them from the cases."""
    op.drop_index("ix_cases_state", "cases")
    op.create_index("ix_cases_state", "cases", ["hall", "state", "received_at", "id"])
    op.create_index("ix_cases_serial", "cases", ["hall", "serial"])
    op.create_table(
        "finding_keys",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("key", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "case_words",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("words", sa.Text().with_variant(ARRAY(sa.Text()), "postgresql"), nullable=False),
    )
    op.create_index("ix_case_words_place", "case_words", ["hall", "place"])
    never = sa.text("words IS NULL")
    op.create_index("ix_case_words_words", "case_words", ["words"], postgresql_using="gin", sqlite_where=never)


def _documents() -> None:
    """出的文书、空号说明."""
    op.add_column("seal_uses", sa.Column("document", sa.String(36), nullable=False, server_default=""))
    op.add_column("number_blocks", sa.Column("returned_by", sa.String(36), nullable=False, server_default=""))
    op.create_table(
        "case_documents",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("paper", sa.String(40), nullable=False),
        sa.Column("sort", sa.String(12), nullable=False),
        sa.Column("document_no", sa.String(60), nullable=False),
        sa.Column("number_kind", sa.String(40), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("seal", sa.String(16), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("flags", document, nullable=False),
    )
    op.create_index("ix_case_documents_case", "case_documents", ["hall", "case"])
    op.create_table(
        "gap_notes",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("number_kind", sa.String(40), nullable=False),
        sa.Column("serials", document, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
    )
    op.create_index("ix_gap_notes_kind", "gap_notes", ["hall", "number_kind"])


def _no_documents() -> None:
    op.drop_table("gap_notes")
    op.drop_table("case_documents")
    op.drop_column("number_blocks", "returned_by")
    op.drop_column("seal_uses", "document")


def _no_finding() -> None:
    op.drop_table("case_words")
    op.drop_table("finding_keys")
    op.drop_index("ix_cases_serial", "cases")
    op.drop_index("ix_cases_state", "cases")
    op.create_index("ix_cases_state", "cases", ["hall", "state"])


def _external() -> None:
    """外部系统办件."""
    op.create_table(
        "external_matters",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("other_number", sa.String(60), nullable=False),
        sa.Column("promised_on", sa.Date),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("acting_for", sa.String(16), nullable=False),
    )
    op.create_index("ix_external_matters_at", "external_matters", ["hall", "at"])
    op.create_index("ix_external_matters_ticket", "external_matters", ["hall", "ticket"])


def _cards() -> None:
    """监察卡, and the indexes late seals and reports are read by."""
    op.create_table(
        "cards",
        sa.Column("hall", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("case_no", sa.String(32), nullable=False),
        sa.Column("item_name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("rule", sa.String(24), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("finish_by", sa.Date),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(16), nullable=False),
        sa.Column("answer_by", sa.Date, nullable=False),
        sa.Column("person", sa.String(16), nullable=False),
        sa.Column("post", sa.String(16), nullable=False),
        sa.Column("department", sa.String(60), nullable=False),
        sa.Column("window", sa.Integer, nullable=False),
        sa.Column("answers", document, nullable=False),
        sa.Column("ended", sa.String(12), nullable=False),
        sa.Column("ended_by", sa.String(16), nullable=False),
        sa.Column("ended_at", moment),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("ix_cards_ended", "cards", ["hall", "ended", "made_at"])
    op.create_index("ix_cards_made", "cards", ["hall", "made_at"])
    op.create_index("ix_cases_sealed", "cases", ["hall", "sealed_at"])
    op.create_index("ix_cases_accepted", "cases", ["hall", "accepted_at"])


def downgrade() -> None:
    _no_documents()
    op.drop_index("ix_cases_accepted", "cases")
    op.drop_index("ix_cases_sealed", "cases")
    op.drop_table("cards")
    op.drop_table("external_matters")
    _no_finding()
    for table in ("notices", "follow_ups", "complaints", "asked"):
        op.drop_table(table)
    op.drop_column("tickets", "forwards")
    op.drop_index("ix_cases_due", "cases")
    op.drop_column("cases", "due_on")
    op.drop_column("cases", "life")

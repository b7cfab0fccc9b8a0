"""表 the rooms' tables, one definition for both ends: every key begins with the hall, no foreign key crosses halls.

The client's file and the centre's database carry the same tables; what only one of them has stands in `local.py` and in
`server.tables`. UNIQUE is the last line behind every number and every open call.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from clerk_app.store import (
    tables_back_entry,
    tables_cards,
    tables_catalogue,
    tables_documents,
    tables_external,
    tables_fees,
    tables_handing,
    tables_inbox,
    tables_people,
    tables_queueing,
    tables_registration,
    tables_routing,
    tables_sealing,
    tables_sharing,
)
from clerk_app.store.columns import Json, Moment, shared

BESIDE = (
    tables_back_entry,
    tables_cards,
    tables_catalogue,
    tables_documents,
    tables_external,
    tables_fees,
    tables_handing,
    tables_inbox,
    tables_people,
    tables_queueing,
    tables_registration,
    tables_routing,
    tables_sealing,
    tables_sharing,
)
"""其他表 of rooms that came later, on the same `shared`."""

_numbered = text("case_no <> ''")

tickets = tables_queueing.tickets

cases = Table(
    "cases",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("ticket", String(36), nullable=False),
    Column("item", String(32), nullable=False),
    Column("item_name", String(120), nullable=False),
    Column("hall_version", String(64), nullable=False),
    Column("department", String(16), nullable=False),
    Column("applicant", Json, nullable=False),
    Column("materials", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Column("handler", String(16), nullable=False),
    Column("acting_for", String(16)),
    Column("query_code", String(12), nullable=False),
    Column("case_no", String(32), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("accepted_at", Moment),
    Column("due", Json),
    Column("proposal", Json),
    Column("decision", Json),
    Column("seal_use", String(36), nullable=False, server_default=""),
    Column("sealed_at", Moment),
    Column("handed_over", Json),
    Column("void", Json),
    Column("late_entry", Json),
    Column("sent_out", Json),
    Column("life", Json, nullable=False, server_default="{}"),
    Column("due_on", Date),
    Index("uq_cases_number", "hall", "case_no", unique=True, sqlite_where=_numbered, postgresql_where=_numbered),
    Index("ix_cases_ticket", "hall", "ticket"),
    Index("ix_cases_received", "hall", "received_at"),
    Index("ix_cases_state", "hall", "state", "received_at", "id"),
    Index("ix_cases_due", "hall", "state", "due_on"),
    Index("ix_cases_sealed", "hall", "sealed_at"),
    Index("ix_cases_accepted", "hall", "accepted_at"),
    Index("ix_cases_serial", "hall", "serial"),
)

sign_ins = Table(
    "sign_ins",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("person", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("post", String(16), nullable=False),
    Column("online", Boolean, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("at", Moment),
    Index("ix_sign_ins_person", "hall", "person", "ended"),
)

papers = Table(
    "papers",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("doc_type", String(24), nullable=False),
    Column("doc_no", String(40), nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("subject", String(48), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Index("ix_papers_subject", "hall", "subject"),
)

forms = Table(
    "forms",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("form_version", String(16), nullable=False),
    Column("document", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("by", String(16), nullable=False),
    Column("record", String(18), nullable=False, server_default=""),
    Column("record_version", Integer, nullable=False, server_default="0"),
    Column("base", Json),
    Column("checked", Json),
    Column("confirmed", Json, nullable=False, server_default="[]"),
    Column("prefilled", String(36), nullable=False, server_default=""),
    Column("filed", String(18), nullable=False, server_default=""),
)

absences = Table(
    "absences",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("person", String(16), nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("said_by", String(16), nullable=False),
    Column("kind", String(12), nullable=False, server_default="unplanned"),
    Column("state", String(12), nullable=False, server_default="recorded"),
    Column("covers", Json, nullable=False, server_default="[]"),
    Column("approvals", Json, nullable=False, server_default="[]"),
    Column("ended_at", Moment),
    Column("note", Text, nullable=False, server_default=""),
    Index("ix_absences_person", "hall", "person"),
    Index("ix_absences_end", "hall", "end"),
)

substitutions = Table(
    "substitutions",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("post", String(16), nullable=False),
    Column("a", String(16), nullable=False),
    Column("b", String(16), nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("cause", String(36), nullable=False),
    Column("said_by", String(16), nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("confirmed_by", String(16), nullable=False),
    Column("confirmed_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", String(16), nullable=False),
    Index("ix_substitutions_end", "hall", "end"),
)

noon_rosters = Table(
    "noon_rosters",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(10), primary_key=True),
    Column("turns", Json, nullable=False),
    Column("set_by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("earlier", Json, nullable=False),
)

handovers = Table(
    "handovers",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("substitution", String(36), nullable=False),
    Column("direction", String(4), nullable=False),
    Column("post", String(16), nullable=False),
    Column("things", Json, nullable=False),
    Column("words", Text, nullable=False),
    Column("given_by", String(16), nullable=False),
    Column("given_at", Moment),
    Column("taken_by", String(16), nullable=False),
    Column("taken_at", Moment),
    Index("ix_handovers_substitution", "hall", "substitution"),
)

consents = Table(
    "consents",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("learner", String(16), nullable=False),
    Column("mentor", String(16), nullable=False),
    Column("action", String(24), nullable=False),
    Column("subject", String(48), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("refused_at", Moment),
    Column("note", Text, nullable=False),
    Index("ix_consents_subject", "hall", "subject"),
    Index("ix_consents_mentor", "hall", "mentor"),
)

pauses = Table(
    "pauses",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("window", Integer, nullable=False),
    Column("post", String(16), nullable=False),
    Column("person", String(16), nullable=False),
    Column("device", String(48), nullable=False),
    Column("start", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("reason", String(80), nullable=False),
    Column("tickets", Json, nullable=False),
    Column("back_at", Moment),
    Column("back_by", String(16), nullable=False),
    Index("ix_pauses_window", "hall", "window", "back_by"),
)

roster_changes = Table(
    "roster_changes",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("lines", Json, nullable=False),
    Column("basis", String(80), nullable=False),
    Column("hall_version", String(64), nullable=False),
    Column("asked_by", String(16), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("confirmed_by", String(16), nullable=False),
    Column("confirmed_at", Moment),
    Column("dropped_by", String(16), nullable=False),
    Column("dropped_at", Moment),
    Column("note", Text, nullable=False),
    Index("ix_roster_changes_asked", "hall", "asked_at"),
)

recorded_letters = Table(
    "recorded_letters",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(60), primary_key=True),
    Column("department", String(16), nullable=False),
    Column("person", String(16), nullable=False),
    Column("deputy", String(16), nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("items", Json, nullable=False),
    Column("powers", Json, nullable=False),
    Column("scan", String(64), nullable=False),
    Column("number", String(60), nullable=False),
    Column("recorded_by", String(16), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("confirmed_by", String(16), nullable=False),
    Column("confirmed_at", Moment),
    Column("ended_by", String(16), nullable=False),
    Column("ended_at", Moment),
    Column("note", Text, nullable=False),
    Index("ix_recorded_letters_end", "hall", "end"),
)

seal_uses = Table(
    "seal_uses",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("seal", String(16), nullable=False),
    Column("seal_name", String(80), nullable=False),
    Column("certificate", String(64), nullable=False),
    Column("case", String(36), nullable=False),
    Column("document_no", String(60), nullable=False),
    Column("title", String(80), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("digest_before", String(64), nullable=False),
    Column("digest_after", String(64), nullable=False),
    Column("approver", String(16), nullable=False),
    Column("letter", String(60), nullable=False),
    Column("user", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("electronic", Boolean, nullable=False),
    Column("flags", Json, nullable=False),
    Column("acting_for", String(16), nullable=False, server_default=""),
    Column("document", String(36), nullable=False, server_default=""),
    Column("item", String(40), nullable=False, server_default=""),
    Column("keeper", String(16), nullable=False, server_default=""),
    Column("grant", String(36), nullable=False, server_default=""),
    Column("entered_at", Moment),
    Column("clock", String(8), nullable=False, server_default="centre"),
    Column("device", String(36), nullable=False, server_default=""),
    Column("page", Integer, nullable=False, server_default="0"),
    Column("seam", Boolean, nullable=False, server_default="0"),
    Column("heard_at", Moment),
    Index("ix_seal_uses_digest", "hall", "digest_after"),
    Index("ix_seal_uses_case", "hall", "case"),
    Index("ix_seal_uses_at", "hall", "at"),
)

ratings = Table(
    "ratings",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("level", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
)

tasks = Table(
    "tasks",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(48), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("subject", String(48), nullable=False),
    Column("command", String(36), nullable=False),
    Column("window", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(16), nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_tasks_open", "hall", "closed_by", "made_at"),
    Index("ix_tasks_command", "hall", "command"),
)

settlements = Table(
    "settlements",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("how", String(12), nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("replaced_by", String(36), nullable=False),
)

cuts = Table(
    "cuts",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("window", Integer, nullable=False),
    Column("start", Moment, nullable=False),
    Column("end", Moment, nullable=False),
    Column("acts", Integer, nullable=False),
    Index("ix_cuts_start", "hall", "start"),
)

day_closes = Table(
    "day_closes",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(48), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("window", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_day_closes_day", "hall", "day"),
)

attachments = Table(
    "attachments",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("name", String(120), nullable=False),
    Column("media", String(60), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("by", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Index("ix_attachments_case", "hall", "case"),
)

hold_breaks = Table(
    "hold_breaks",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("subject", String(48), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", String(16), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("agreed_by", String(16), nullable=False),
    Column("agreed_at", Moment),
)

holds = Table(
    "holds",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("subject", String(48), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    Column("until", Moment),
)

number_blocks = Table(
    "number_blocks",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("returned_from", Integer),
    Column("returned_by", String(36), nullable=False, server_default=""),
    Index("ix_number_blocks_kind", "hall", "kind"),
)

numbers_used = Table(
    "numbers_used",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("command", String(36), nullable=False),
)

hall_versions = Table(
    "hall_versions",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("document", Text, nullable=False),
    Column("loaded_at", Moment),
)

"""本机表 what only the client's file has: journal, verdicts, parked rows, spool, credentials, small values."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from clerk_app.store.columns import Moment

local = MetaData()

meta = Table(
    "meta",
    local,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

journal = Table(
    "journal",
    local,
    Column("seq", Integer, primary_key=True),
    Column("device", String(36), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("fact", Integer, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("actor", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("signature", String(120), nullable=False),
    Column("device_seq", Integer, nullable=False, server_default="0"),
)
"""`seq` is the order on this machine; `device_seq` starts again with each incarnation."""

verdicts = Table(
    "verdicts",
    local,
    Column("id", String(36), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("type", String(60), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float, nullable=False),
    Index("ix_verdicts_state", "state", "seq"),
)

waiting_subjects = Table(
    "waiting_subjects",
    local,
    Column("subject", String(48), primary_key=True),
    Column("id", String(36), primary_key=True),
)
"""Subjects with undecided commands: what a pull must leave alone."""

fetched_back = Table(
    "fetched_back",
    local,
    Column("incarnation", Integer, primary_key=True),
    Column("device_seq", Integer, primary_key=True),
    Column("id", String(36), nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False),
)
"""Own envelopes the centre had and this store had lost (an older copy was restored)."""

release_codes = Table(
    "release_codes",
    local,
    Column("subject", String(48), primary_key=True),
    Column("fence", BigInteger, nullable=False),
    Column("code", String(12), nullable=False),
)
"""交接码 what the holding machine can read out so that another window may take the case over."""

blobs = Table(
    "blobs",
    local,
    Column("digest", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("case", String(36), nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("url", String(200), nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float, nullable=False),
    Column("said", Text, nullable=False),
    Index("ix_blobs_state", "state", "next_at"),
)
"""Encrypted files beside the store by the SHA-256 of what they hold: `kept`, `there` (the centre has it), `stuck`."""

parked = Table(
    "parked",
    local,
    Column("subject", String(48), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("row", Text, nullable=False),
    Column("holder", String(36)),
    Column("fence", BigInteger, nullable=False, server_default="0"),
)

spool = Table(
    "spool",
    local,
    Column("id", String(36), primary_key=True),
    Column("doc_type", String(24), nullable=False),
    Column("doc_no", String(40), nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("subject", String(48), nullable=False),
    Column("printer", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("window", Integer, nullable=False),
    Column("operator", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("said", Text, nullable=False),
    Column("changed_at", Moment),
    Column("content", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("good_on", Date),
    Column("told_by", String(16), nullable=False, server_default=""),
    Column("instead_of", String(80), nullable=False, server_default=""),
    UniqueConstraint("doc_type", "doc_no", "copy_no", name="uq_spool_paper"),
    Index("ix_spool_state", "printer", "state", "made_at"),
)

print_attempts = Table(
    "print_attempts",
    local,
    Column("job", String(36), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("printer", String(80), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("said", Text, nullable=False),
    Column("status", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("paper_mm", Integer, nullable=False),
    Index("ix_print_attempts_printer", "printer", "at"),
)
"""Every try at a paper, written once."""

documents = Table(
    "documents",
    local,
    Column("digest", String(64), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("sealed", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("ix_documents_case", "case"),
)
"""Finished pages by the SHA-256 of their bytes: as authorised, and as sealed."""

typed = Table(
    "typed",
    local,
    Column("case", String(36), primary_key=True),
    Column("pointer", String(200), primary_key=True),
    Column("value", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What was typed into a form and is not saved by a command yet; it never leaves this machine."""

known_names = Table(
    "known_names",
    local,
    Column("id", String(40), primary_key=True),
    Column("standing", String(12), nullable=False),
    Column("name", String(120), nullable=False),
    Column("trade_name", String(60), nullable=False),
    Column("industry_term", String(60), nullable=False),
    Column("authority_code", String(6), nullable=False),
    Column("until", Date),
    Column("uscc", String(18), nullable=False),
    Column("number", String(60), nullable=False),
)
"""The copy of the centre's register of names; how far it goes and of which day it is stands in `meta`."""

known_name_keys = Table(
    "known_name_keys",
    local,
    Column("key", String(24), primary_key=True),
    Column("id", String(40), primary_key=True),
    Index("ix_known_name_keys_id", "id"),
)

credentials = Table(
    "credentials",
    local,
    Column("person", String(16), primary_key=True),
    Column("verifier", Text, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("online_at", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Float, nullable=False),
)

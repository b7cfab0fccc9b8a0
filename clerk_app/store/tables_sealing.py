"""用印表 grants, intents, where each seal stands, its book of changes, certificates made elsewhere; at both ends."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from clerk_app.store.columns import Json, Moment, shared

seal_grants = Table(
    "seal_grants",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("seal", String(16), nullable=False),
    Column("keeper", String(16), nullable=False),
    Column("chief", String(16), nullable=False),
    Column("acting_for", String(16), nullable=False),
    Column("letter", String(60), nullable=False),
    Column("window", Integer, nullable=False),
    Column("device", String(36), nullable=False),
    Column("origin", String(36), nullable=False),
    Column("issued", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("papers", Json, nullable=False),
    Column("public", String(64), nullable=False),
    Column("signature", String(120), nullable=False),
    Column("certificate", String(64), nullable=False),
    Column("used", Json, nullable=False),
    Column("flags", Json, nullable=False),
    Index("ix_seal_grants_expires", "hall", "expires"),
)

seal_intents = Table(
    "seal_intents",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("grant", String(36), nullable=False),
    Column("seal", String(16), nullable=False),
    Column("case", String(36), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("document_no", String(60), nullable=False),
    Column("title", String(80), nullable=False),
    Column("by", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("device", String(36), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("closed_by", String(16), nullable=False),
    Column("closed_at", Moment),
    Column("note", Text, nullable=False),
    Index("ix_seal_intents_state", "hall", "state", "at"),
)

seal_standings = Table(
    "seal_standings",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(16), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("since", Moment, nullable=False),
    Column("keeper", String(16), nullable=False),
    Column("seat", String(36), nullable=False),
    Column("certificate", String(64), nullable=False),
    Column("valid_from", Moment),
    Column("valid_to", Moment),
    Column("issuer", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("resume_asked_by", String(16), nullable=False),
)

seal_events = Table(
    "seal_events",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("seal", String(16), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("by", String(16), nullable=False),
    Column("acting_for", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("device", String(36), nullable=False),
    Column("at", Moment, nullable=False),
    Column("clock", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("second", String(16), nullable=False),
    Column("keeper", String(16), nullable=False),
    Column("certificate", String(64), nullable=False),
    Column("flags", Json, nullable=False),
    Column("heard_at", Moment),
    Index("ix_seal_events_seal", "hall", "seal", "at"),
)

certificates = Table(
    "certificates",
    shared,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("case", String(36), nullable=False),
    Column("name", String(80), nullable=False),
    Column("certificate_no", String(60), nullable=False),
    Column("blank_no", String(40), nullable=False),
    Column("spoiled", Json, nullable=False),
    Column("seal", String(16), nullable=False),
    Column("by", String(16), nullable=False),
    Column("acting_for", String(16), nullable=False),
    Column("window", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("flags", Json, nullable=False),
    Index("ix_certificates_case", "hall", "case"),
)

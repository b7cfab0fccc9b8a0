"""中心表 the centre's own tables beside the rooms' shared ones; every key begins with the hall."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

from clerk_app.store.columns import Json, Moment

own = MetaData()

envelopes = Table(
    "envelopes",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("device_seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("fact", Boolean, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("signature", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("type", String(60), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index("ix_envelopes_chain", "hall", "device", "incarnation", "device_seq"),
    Index("ix_envelopes_state", "hall", "device", "state"),
)
"""Every envelope that came, refused ones too, with its verdict: kept for ever, because it is the idempotency store."""

changes = Table(
    "changes",
    own,
    Column("hall", String(16), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False),
    Column("subject", String(48), nullable=False),
    Column("row", Json, nullable=False),
    Column("holder", String(36)),
)

hall_head = Table(
    "hall_head",
    own,
    Column("hall", String(16), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", String(36), nullable=False),
    Column("hall_version", String(64), nullable=False),
)
"""One row a hall, locked last in every writing transaction: its order is commit order."""

devices = Table(
    "devices",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("window", Integer, nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Index("ix_devices_id", "id"),
    Index("ix_devices_key", "hall", "public_key"),
)

accounts = Table(
    "accounts",
    own,
    Column("hall", String(16), primary_key=True),
    Column("person", String(16), primary_key=True),
    Column("verifier", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
)

person_keys = Table(
    "person_keys",
    own,
    Column("hall", String(16), primary_key=True),
    Column("device", String(36), primary_key=True),
    Column("person", String(16), primary_key=True),
    Column("public_key", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
)
"""Older keys stay: commands signed with them may still wait behind a cut line."""

counters = Table(
    "counters",
    own,
    Column("hall", String(16), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("next", Integer, nullable=False),
)

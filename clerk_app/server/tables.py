"""中心表 the centre's own tables beside the rooms' shared ones; every key begins with the hall."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
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
)

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
    Column("day", Date),
    Column("sent_by", String(36), nullable=False, server_default=""),
    Index("ix_envelopes_chain", "hall", "device", "incarnation", "device_seq"),
    Index("ix_envelopes_state", "hall", "device", "state"),
    Index("ix_envelopes_day", "hall", "day"),
)
"""Every envelope that came, refused ones too, with its verdict: kept for ever, because it is the idempotency store."""

changes = Table(
    "changes",
    own,
    Column("hall", String(16), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("row", Json, nullable=False),
    Column("holder", String(36)),
    Column("fence", BigInteger, nullable=False, server_default="0"),
)

past_holds = Table(
    "past_holds",
    own,
    Column("hall", String(16), primary_key=True),
    Column("subject", String(48), primary_key=True),
    Column("fence", BigInteger, primary_key=True, autoincrement=False),
    Column("device", String(36), nullable=False),
    Column("how", String(12), nullable=False),
)
"""Who held a subject under which fence before, and how it ended: `given_back`, `released`, `broken`, `lapsed`."""

hall_head = Table(
    "hall_head",
    own,
    Column("hall", String(16), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("epoch", String(36), nullable=False),
    Column("hall_version", String(64), nullable=False),
    Column("horizon", BigInteger, nullable=False, server_default="0"),
    Column("token_key", LargeBinary),
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
    Column("revoked_at", Moment),
    Column("kind", String(12), nullable=False, server_default="desk"),
    Column("name", String(60), nullable=False, server_default=""),
    Column("platform", String(40), nullable=False, server_default=""),
    Column("program", String(24), nullable=False, server_default=""),
    Column("told_incarnation", Integer, nullable=False, server_default="0"),
    Column("told_seq", Integer, nullable=False, server_default="0"),
    Index("ix_devices_id", "id"),
    Index("ix_devices_key", "hall", "public_key"),
)

device_acts = Table(
    "device_acts",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("device", String(36), nullable=False),
    Column("window", Integer, nullable=False),
    Column("asked_by", String(16), nullable=False),
    Column("second", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("code_hash", String(64), nullable=False),
    Index("ix_device_acts_device", "hall", "device"),
)
"""入列、换机、报失 who, with whom, when and why; rows are never replaced."""

window_beats = Table(
    "window_beats",
    own,
    Column("hall", String(16), primary_key=True),
    Column("device", String(36), primary_key=True),
    Column("window", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("lease", Float, nullable=False),
    Column("told", Float, nullable=False),
)
"""心跳 which window is on the line. `told` is the moment of the newest lease given, `lease` of the newest one it said it has got."""

window_calls = Table(
    "window_calls",
    own,
    Column("hall", String(16), primary_key=True),
    Column("window", Integer, primary_key=True, autoincrement=False),
    Column("device", String(36), nullable=False),
    Column("ticket", String(36), nullable=False),
    Column("at", Moment, nullable=False),
)
"""窗口的叫号 the newest ticket given to a window by 叫下一位, and to which of its machines."""

accounts = Table(
    "accounts",
    own,
    Column("hall", String(16), primary_key=True),
    Column("person", String(16), primary_key=True),
    Column("verifier", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("disabled_at", Moment),
    Column("password_at", Moment),
    Column("totp", LargeBinary),
    Column("totp_step", BigInteger, nullable=False, server_default="0"),
)

audit_events = Table(
    "audit_events",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("person", String(16), nullable=False),
    Column("device", String(36), nullable=False),
    Column("window", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_audit_events_at", "hall", "at"),
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

enrolment_codes = Table(
    "enrolment_codes",
    own,
    Column("hall", String(16), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("window", Integer),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", String(36), nullable=False),
    Column("kind", String(12), nullable=False, server_default="desk"),
)
"""One-time codes: the hash only."""

release_codes = Table(
    "release_codes",
    own,
    Column("hall", String(16), primary_key=True),
    Column("subject", String(48), primary_key=True),
    Column("fence", BigInteger, nullable=False),
    Column("code", String(12), nullable=False),
    Column("tries", Integer, nullable=False),
)
"""What the holding device was told with its hold; never in the feed."""

wrapped_keys = Table(
    "wrapped_keys",
    own,
    Column("hall", String(16), primary_key=True),
    Column("device", String(36), primary_key=True),
    Column("person", String(24), primary_key=True),
    Column("verifier", Text, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("mark", String(16), nullable=False),
)
"""Offline sign-in for people who have not sat at that device yet; `person` is the credential's slot (`P201`, `P201#pin`).

`mark` says which password it was made under; an empty verifier says that the person signed in there himself.
"""

uploads = Table(
    "uploads",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

upload_chunks = Table(
    "upload_chunks",
    own,
    Column("hall", String(16), primary_key=True),
    Column("upload", String(36), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

blobs = Table(
    "blobs",
    own,
    Column("hall", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("upload", String(36), nullable=False),
    Column("stored_at", Moment, nullable=False),
)
"""A whole upload whose bytes have this SHA-256; its chunks stay where they came in."""

recoveries = Table(
    "recoveries",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("device", String(36), nullable=False),
    Column("by_device", String(36), nullable=False),
    Column("first", String(16), nullable=False),
    Column("second", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("commands", Integer, nullable=False),
)
"""Who brought a dead machine's unsent work in, and how much of it."""

notices = Table(
    "notices",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", String(48), nullable=False),
    Column("mark", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("taken_by", String(36), nullable=False),
    Index("ix_notices_waiting", "hall", "taken_by", "made_at"),
)
"""What the hall's message gateway may tell people; no name and no phone stands here."""

prefills = Table(
    "prefills",
    own,
    Column("hall", String(16), primary_key=True),
    Column("ticket", String(40), primary_key=True),
    Column("number", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Column("session", String(36), nullable=False),
    Column("form_version", String(20), nullable=False),
    Column("filled", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("document", Json),
    Column("saved_at", Moment, nullable=False),
    Column("device", String(36), nullable=False),
    Column("taken_by", String(16), nullable=False),
    Column("taken_at", Moment),
    Column("expires_at", Moment, nullable=False),
    Index("ix_prefills_day", "hall", "day"),
    Index("ix_prefills_over", "expires_at"),
)
"""What people filled in at self-fill places; `ticket` is its token. Taken, the content is wiped."""

registered_names = Table(
    "registered_names",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("standing", String(12), nullable=False),
    Column("name", String(120), nullable=False),
    Column("trade_name", String(60), nullable=False),
    Column("industry_term", String(60), nullable=False),
    Column("authority_code", String(6), nullable=False),
    Column("until", Date),
    Column("uscc", String(18), nullable=False),
    Column("number", String(60), nullable=False),
    Index("ix_registered_names_seq", "hall", "seq", unique=True),
    Index("ix_registered_names_name", "hall", "name"),
)
"""名称库: `registered`, `reserved` until a day, or `ended`, which stays so that copies hear of it. `seq` is commit order."""

name_keys = Table(
    "name_keys",
    own,
    Column("hall", String(16), primary_key=True),
    Column("key", String(24), primary_key=True),
    Column("id", String(40), primary_key=True),
    Index("ix_name_keys_id", "hall", "id"),
)
"""By which names that are the same or sound the same are found: `registration.naming.keys_of`."""

name_registers = Table(
    "name_registers",
    own,
    Column("hall", String(16), primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("loaded_at", Moment, nullable=False),
)
"""The day the loaded register is of."""

updates = Table(
    "updates",
    own,
    Column("hall", String(16), primary_key=True),
    Column("version", String(24), primary_key=True),
    Column("platform", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("notes", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("ix_updates_digest", "hall", "digest"),
)
"""更新包 whose signature was good when it came; its bytes lie among the blobs, so that every host of the centre has them."""

update_plans = Table(
    "update_plans",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("version", String(24), nullable=False),
    Column("first_windows", Json, nullable=False),
    Column("rest_from", Date),
    Column("asked_by", String(16), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("confirmed_by", String(16), nullable=False, server_default=""),
    Column("confirmed_at", Moment),
    Column("paused_by", String(16), nullable=False, server_default=""),
    Column("paused_at", Moment),
    Index("ix_update_plans_version", "hall", "version", "asked_at"),
)
"""放行计划 asked by one, confirmed by another; of a version the newest confirmed one counts. Rows are never replaced."""

outside_partners = Table(
    "outside_partners",
    own,
    Column("hall", String(16), primary_key=True),
    Column("partner", String(24), primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("scan", String(48)),
    Column("place", BigInteger, nullable=False),
    Column("lease_by", String(36), nullable=False),
    Column("lease_until", Moment, nullable=False),
    Column("looked_at", Moment),
    Column("heard_at", Moment),
    Column("next_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("rule", String(64), nullable=False),
)
"""对方 how far the feed has been read for each (`scan`: the last row looked at while everything is read afresh), who is at it, how its line is, by which rule it was told."""

outbox = Table(
    "outbox",
    own,
    Column("hall", String(16), primary_key=True),
    Column("partner", String(24), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", String(48), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("name", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("problem", Text, nullable=False),
    Column("answered_at", Moment),
    Column("decided_by", String(16), nullable=False),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False),
    Index("ix_outbox_state", "hall", "partner", "state", "place"),
    Index("ix_outbox_subject", "hall", "partner", "subject", "kind", "place"),
)
"""对外送的 each is there once, by an id made of what it tells; `body` is canonical JSON, without a phone, and empty while an archive is not put together."""

inbox_senders = Table(
    "inbox_senders",
    own,
    Column("hall", String(16), primary_key=True),
    Column("id", String(24), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("feed", Text, nullable=False),
    Column("cursor", Text, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("pulled_at", Moment),
    Column("added_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index("uq_inbox_senders_id", "id", unique=True),
)
"""外网平台 who may send in, by its public key; `feed` is where its messages are fetched from (empty: it sends them itself)."""

inbox_messages = Table(
    "inbox_messages",
    own,
    Column("hall", String(16), primary_key=True),
    Column("sender", String(24), primary_key=True),
    Column("number", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("item", String(36), nullable=False),
    Column("came_at", Moment, nullable=False),
    Column("fault", Text, nullable=False),
)
"""来过的报文 kept for ever: one number, one body. `fault`: fetched and not taken, so that the feed goes on behind it."""

inbox_nonces = Table(
    "inbox_nonces",
    own,
    Column("hall", String(16), primary_key=True),
    Column("sender", String(24), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Index("ix_inbox_nonces_at", "at"),
)
"""用过的随机数 of the last minutes: no request counts twice."""

inbox_files = Table(
    "inbox_files",
    own,
    Column("hall", String(16), primary_key=True),
    Column("sender", String(24), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media", String(20), nullable=False),
    Column("upload", String(36), nullable=False),
    Column("came_at", Moment, nullable=False),
)
"""网上来的原件 of one platform; its chunks lie among the uploads, and become a blob when a window has made them a case's own."""

inbox_papers = Table(
    "inbox_papers", own, Column("hall", String(16), primary_key=True), Column("sender", String(24), primary_key=True),
    Column("digest", String(64), primary_key=True), Column("item", String(36), primary_key=True),
)  # fmt: skip
"""哪件要哪份原件 the messages that name a digest, whether its bytes came or not."""

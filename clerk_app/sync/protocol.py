"""协议 /v1 paths, bodies and device signatures, said once for both ends.

Every request but `/v1/health` and `/v1/devices` carries `X-Device` and `X-Device-Signature`: Ed25519 (base64) over
`request_digest(method, path with query, body, token)`. `hello` answers a short-lived `token`; every other signed request
carries it as `X-Device-Token`, so that a captured one is good for minutes only. When it is over the answer is 401
`token-expired`: say hello, send the same request again. Errors are problem+json (RFC 9457): {type, title, detail, status}.
"""

from __future__ import annotations

import base64
import hashlib

DEVICES = "/v1/devices"
MACHINES = "/v1/devices/list"
MACHINE_CODES = "/v1/devices/codes"
MACHINE_CODES_UNDONE = "/v1/devices/codes/undo"
MACHINE_SWAPPED = "/v1/devices/swap"
MACHINE_LOST = "/v1/devices/loss"
"""电脑: each asked by a machine and signed by the person who acts."""
OUTBOX = "/v1/outside/outbox"
OUTBOX_DECIDED = "/v1/outside/outbox/decided"
"""对外: asked by a machine and signed by the person."""
METRICS = "/metrics"
HELLO = "/v1/hello"
COMMANDS = "/v1/commands"
CHANGES = "/v1/changes"
HALLS = "/v1/halls"
NUMBER_BLOCKS = "/v1/number-blocks"
HOLDS = "/v1/holds"
SESSIONS = "/v1/sessions"
KEYS = "/v1/keys"
HEALTH = "/v1/health"
BLOBS = "/v1/blobs"
UPLOADS = "/v1/uploads"
SNAPSHOT = "/v1/snapshot"
ENVELOPES = "/v1/envelopes"
INCARNATIONS = "/v1/incarnations"
DIGESTS = "/v1/digests"
AUDIT = "/v1/audit"
RECOVERED = "/v1/recovered"
NOTICES = "/v1/notices"
UNSEEN_NUMBERS = "/v1/unseen-numbers"
UPDATES = "/v1/updates"
PREFILLS = "/v1/prefills"
PREFILL_NONE = "prefill-none"
TICKETS = "/v1/tickets"
TICKETS_NEXT = "/v1/tickets/next"
TICKETS_BY_CODE = "/v1/tickets/by-code"
BEATS = "/v1/windows/beat"
TICKETS_ISSUED = "/v1/tickets/{ticket}/issued"
TICKETS_MATTER = "/v1/tickets/matter"
TICKETS_MINE = "/v1/tickets/mine"
"""Asked by POST: whose tickets are asked for does not stand in an address."""
NAMES = "/v1/names"
NAMES_CHECK = "/v1/names/check"
COMPANIES = "/v1/companies"
COMPANIES_FOUND = "/v1/companies/find"
COMPANY_NONE = "company-none"
CASES = "/v1/cases"
CASE_STATUS = "/v1/cases/status"
"""Asked by POST: what a person is found by does not stand in an address, where others write it down."""

CLIENT = 10
"""What this program speaks, told in hello; grows when an older one could not read what it pulls."""
OLDEST_CLIENT = 10
"""Programs that speak less than this may push, and are told to update."""
SCHEMA_DAYS = 180
"""Command schemas of so many days can always still be pushed."""
LONGEST_WAIT = 25
"""Seconds a question for changes may stay open."""

DEVICE_HEADER = "X-Device"
SIGNATURE_HEADER = "X-Device-Signature"
PROBLEM_HEADER = "X-Problem"
"""A problem's type, for answers that have no body (HEAD)."""

TUS_VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
LARGEST_BLOB = 64 << 20
LARGEST_PIECE = 8 << 20
TOKEN_HEADER = "X-Device-Token"  # noqa: S105 (a name)
PERSON_HEADER = "X-Person"
PERSON_SIGNATURE_HEADER = "X-Person-Signature"
"""Where a machine alone is told nothing: a person of it signs the same request too (`person_digest`)."""
TOKEN_EXPIRED = "token-expired"  # noqa: S105 (a problem's type)


def request_digest(method: str, path: str, body: bytes, token: str = "") -> bytes:
    """What a device signs of a request: the digest of method, path with query, the body's own digest, and the token."""
    text = f"{method.upper()}\n{path}\n{hashlib.sha256(body).hexdigest()}\n{token}"
    return hashlib.sha256(text.encode()).digest()


def person_digest(digest: bytes, person: str) -> bytes:
    """What a person signs of a request the device signs too; never the hash of an envelope."""
    return hashlib.sha256(b"person\n" + person.encode() + b"\n" + digest).digest()


def encode(data: bytes) -> str:
    """Base64 text."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """Back from base64; raises ValueError."""
    return base64.b64decode(text, validate=True)

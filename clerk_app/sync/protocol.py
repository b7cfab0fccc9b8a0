"""协议 /v1 paths, bodies and device signatures, said once for both ends.

Every request but `/v1/health` and `/v1/devices` carries `X-Device` and `X-Device-Signature`: Ed25519 (base64) over
`request_digest(method, path with query, body)`. Errors are problem+json (RFC 9457): {type, title, detail, status}.
"""

from __future__ import annotations

import base64
import hashlib

DEVICES = "/v1/devices"
HELLO = "/v1/hello"
COMMANDS = "/v1/commands"
CHANGES = "/v1/changes"
HALLS = "/v1/halls"
NUMBER_BLOCKS = "/v1/number-blocks"
HOLDS = "/v1/holds"
SESSIONS = "/v1/sessions"
HEALTH = "/v1/health"

DEVICE_HEADER = "X-Device"
SIGNATURE_HEADER = "X-Device-Signature"


def request_digest(method: str, path: str, body: bytes) -> bytes:
    """What a device signs of a request: the digest of method, path with query, and the body's own digest."""
    text = f"{method.upper()}\n{path}\n{hashlib.sha256(body).hexdigest()}"
    return hashlib.sha256(text.encode()).digest()


def encode(data: bytes) -> str:
    """Base64 text."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """Back from base64; raises ValueError."""
    return base64.b64decode(text, validate=True)

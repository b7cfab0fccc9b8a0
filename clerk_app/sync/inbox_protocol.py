"""外网协议 how an outside platform speaks to the centre, and is asked by it: paths, headers, and what is signed. Pure.

A request bears the moment, a word never used before, and Ed25519 (base64) over `said_digest`; an answer to a question of ours
is signed over the same with the word we chose.
"""

from __future__ import annotations

import hashlib

OUTSIDE = "/v1/outside"
MESSAGES = OUTSIDE + "/{partner}/messages"
MESSAGE = OUTSIDE + "/{partner}/messages/{number}"
FILES = OUTSIDE + "/{partner}/files/{sha256}"
LARGEST_FILE = 20 << 20
"""As much as a window's own scan may have."""
TIME_HEADER = "X-Partner-Time"
NONCE_HEADER = "X-Partner-Nonce"
PARTNER_SIGNATURE_HEADER = "X-Partner-Signature"
MOST_MESSAGES = 50
"""In one request, and on one page of a feed."""


def said_digest(method: str, target: str, body: bytes, moment: str, nonce: str) -> bytes:
    """What a platform signs: method, path with query, its moment, its word, and the digest of the body's exact bytes."""
    return said_over(method, target, hashlib.sha256(body).hexdigest(), moment, nonce)


def said_over(method: str, target: str, body: str, moment: str, nonce: str) -> bytes:
    """The same, where the body's SHA-256 (hex) is known before its bytes: a file is named by it."""
    text = f"{method.upper()}\n{target}\n{moment}\n{nonce}\n{body}"
    return hashlib.sha256(b"partner\n" + text.encode()).digest()

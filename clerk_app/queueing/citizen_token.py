"""查询凭据 what a slip's QR carries instead of an id: anyone may hold it, nobody can guess it, and it is made with the line cut.

An id is a UUIDv7 with 74 random bits and stands on no paper that carries a token; the token is a digest of it, so the
window needs no centre to print it and a token leads back to no id. Of a token only its digest is kept outside.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Literal

TICKET: Literal["t"] = "t"
CASE: Literal["c"] = "c"

_token = re.compile(r"[a-z2-7]{26}")


def ticket_token(ticket: str) -> str:
    """The token of a ticket's id."""
    return _token_of(TICKET, ticket)


def case_token(case: str) -> str:
    """The token of a case's id."""
    return _token_of(CASE, case)


def is_token(text: str) -> bool:
    """Whether this has the form of a token at all."""
    return _token.fullmatch(text) is not None


def token_digest(token: str) -> str:
    """What a place that shows pages keeps of a token: enough to find the row again, not enough to make the address."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token_of(kind: str, key: str) -> str:
    """128 bits of the digest as lower-case letters and digits: a citizen may have to type them."""
    digest = hashlib.sha256(f"citizen:{kind}:{key}".encode()).digest()
    return base64.b32encode(digest[:16]).decode("ascii").rstrip("=").lower()

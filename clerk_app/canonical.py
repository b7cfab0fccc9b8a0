"""规范与摘要 canonical JSON (RFC 8785) and the digests of exact bytes: what is signed, chained and compared. A leaf."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography.hazmat.primitives import hashes


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905) in hex."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """RFC 8785 canonical JSON."""
    return bytes(rfc8785.dumps(dict(value)))

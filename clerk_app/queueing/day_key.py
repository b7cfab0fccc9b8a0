"""日钥 the hall's key of one day, which the centre tells every machine: what of a person is compared, and what stands beside a number.

A digest of an ID number says for one day that two tickets are one person's, and nothing on any other. Four check digits tell
a number that was printed here from one that was made up, where a slip's code cannot be read.
"""

from __future__ import annotations

import hmac
import json
import unicodedata
from datetime import date

_DIGEST = 32
"""Hex digits of it that are kept: half of an HMAC-SHA256."""


def person_digest(key: bytes, id_number: str) -> str:
    """The same person, the same day, the same word; empty for no ID number."""
    plain = "".join(unicodedata.normalize("NFKC", id_number).split()).upper()
    return hmac.new(key, b"person:" + plain.encode(), "sha256").hexdigest()[:_DIGEST] if plain else ""


def check_digits(key: bytes, number: str) -> str:
    """校验 the four digits printed beside a number."""
    said = hmac.new(key, b"check:" + number.strip().upper().encode(), "sha256").digest()
    return f"{int.from_bytes(said[:8], 'big') % 10000:04d}"


def key_for(keys_json: str, day: date) -> bytes | None:
    """The key of a day among those the centre told (`{"2026-11-20": hex, …}`); None for a day it did not."""
    try:
        keys = json.loads(keys_json or "{}")
        told = keys.get(day.isoformat()) if isinstance(keys, dict) else None
        return bytes.fromhex(told) if isinstance(told, str) and told else None
    except ValueError:
        return None

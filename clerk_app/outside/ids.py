"""编号 ids that can be made with the line cut: UUIDv7 (RFC 9562) and the citizen's query code."""

from __future__ import annotations

import secrets

import uuid_utils

_alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 O 1 I L: a citizen reads it aloud."""


def new_id() -> str:
    """UUIDv7 text; its time serves locality only, never order or law."""
    return str(uuid_utils.uuid7())


def new_query_code() -> str:
    """查询码 7K3M-Q9X2."""
    letters = [secrets.choice(_alphabet) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])

"""出件规则 what is the hall's own: whether results go by post, and after how long somebody is reminded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class HandingRules:
    """出件规则 `carrier` empty: nothing goes by post (safe default). Days are working days since the paper lies here."""

    carrier: str = ""
    post_basis: str = ""
    remind_after: int = 5
    remind_every: int = 5
    unclaimed_after: int = 30

"""遮盖 secured values as they are shown where they are not being typed."""

from __future__ import annotations


def covered(text: str) -> str:
    """The first three and the last four of what is long; of what is short, the first one."""
    if len(text) < 8:
        return text[:1] + "*" * max(0, len(text) - 1)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]

"""外面的叫法 what stands outside for the id of a machine and of a seal use: found again by who has it, leading back to none."""

from __future__ import annotations

from clerk_app.queueing.citizen_token import token_digest


def machine_digest(device: str) -> str:
    """A machine's."""
    return token_digest(f"machine:{device}")


def use_digest(use: str) -> str:
    """A seal use's."""
    return token_digest(f"seal-use:{use}")

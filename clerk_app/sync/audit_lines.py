"""审计的行 one envelope as a line of the audit, the same at both ends: its frame and whose hand, never a case's content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from clerk_app.command import ClockWord
from clerk_app.ports.audit import AuditLine
from clerk_app.sync.wire import UnreadableCommand, read_envelope


def line_of(data: bytes, *, state: str, subjects: tuple[str, ...]) -> AuditLine | None:
    """Only the words that every command has are taken over, so that nothing a clerk typed can come with them."""
    try:
        envelope = read_envelope(data)
        body = envelope.body
        at = datetime.fromisoformat(str(body["at"]))
    except (UnreadableCommand, KeyError, ValueError):
        return None
    return AuditLine(
        id=envelope.id,
        at=at,
        kind=_word(body, "kind"),
        actor=_word(body, "actor"),
        window=_number(body.get("window")),
        device=envelope.device,
        state=state,
        post=_word(body, "post"),
        acting_for=_word(body, "acting_for"),
        basis=_word(body, "basis"),
        hall_version=_word(body, "hall_version"),
        subjects=subjects,
        clock=_clock(body.get("clock", "centre")),
    )


def concerns(line: AuditLine, person: str) -> bool:
    """Whether somebody did it, or it was done in his name."""
    return person in (line.actor, line.acting_for)


def _word(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value[:80] if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10_000 else 0


def _clock(value: object) -> ClockWord:
    return next((word for word in get_args(ClockWord) if word == value), "unknown")

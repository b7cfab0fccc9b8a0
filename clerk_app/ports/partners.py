"""对方的接口 what is told outside the hall, one message after another, and what comes back.

A message is the same bytes however often it is given: its id is made of what it tells, so that who has it already says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from clerk_app.canonical import canonical, sha256

Taking = Literal["taken", "refused"]


@dataclass(frozen=True, kw_only=True)
class Message:
    """对外的一条 of which kind, about which subject, and in which order there: of two the higher `seq` holds.

    `digest` is the SHA-256 of the canonical JSON of `body`. `phone` is in no book of ours and in no digest; `file` lies
    ready for an archive, by the SHA-256 its body names.
    """

    id: str
    hall: str
    kind: str
    subject: str
    seq: int
    made_at: datetime
    digest: str
    body: Mapping[str, Any]
    phone: str = field(default="", repr=False)
    file: Path | None = None

    def text(self) -> bytes:
        """As it goes out."""
        frame: dict[str, Any] = {
            "schema": 1, "id": self.id, "hall": self.hall, "kind": self.kind, "subject": self.subject,
            "seq": self.seq, "digest": self.digest, "body": dict(self.body),
        }  # fmt: skip
        return canonical({**frame, "phone": self.phone} if self.phone else frame)


def digest_of(body: Mapping[str, Any]) -> str:
    """What `Message.digest` is."""
    return sha256(canonical(body))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """对方的答复 to one message: it has it, or will never take it as it is, in its own words."""

    id: str
    taking: Taking
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """送的结果 answers in the order of the messages; `trouble`: why the rest was not answered, and is tried again."""

    answers: tuple[Answer, ...] = ()
    trouble: str = ""
    retry_after: float = 0.0


class Partner(Protocol):
    """对方 raises nothing: what did not go is trouble, in words without anybody's data."""

    def deliver(self, messages: Sequence[Message]) -> Delivered:
        """One after another; ends at the first trouble."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...

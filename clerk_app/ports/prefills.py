"""预填的接口 prefills: what a citizen filled in at a self-fill place waits at the centre for the window that serves the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from clerk_app.ports.audit import Signer


@dataclass(frozen=True, kw_only=True)
class PrefillSent:
    """交上去的预填 one person's form as he leaves it; `session` is one sitting at one self-fill place."""

    session: str
    form_version: str
    filled: int
    steps: int
    document: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PrefillKept:
    """收下的预填 what the centre says of it; `number` is the ticket's, empty when it is not known there yet."""

    number: str
    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class PrefillLine:
    """预填一行 nothing of its content."""

    number: str
    saved_at: datetime
    filled: int
    steps: int
    taken: bool


@dataclass(frozen=True, kw_only=True)
class Prefill:
    """预填 as it is given to who serves the ticket."""

    number: str
    saved_at: datetime
    form_version: str
    filled: int
    steps: int
    document: Mapping[str, Any] = field(repr=False)


class PrefillCentre(Protocol):
    """预填柜 at the centre. Raises `CentreAway` or `CentreProblem`.

    A self-fill place puts in by the token or the number its person shows and never gets anything back; the window takes out
    by the ticket's id, signed by the person who serves it.
    """

    def save(self, ticket: str, sent: PrefillSent) -> PrefillKept:
        """交上去; the same session may say it again, another one may not."""
        ...

    def read(self, ticket: str, who: Signer) -> Prefill | None:
        """取来看; None when there is none, or when it was taken."""
        ...

    def take(self, ticket: str, who: Signer) -> None:
        """采用 or 不用: marked taken, and the content wiped. Said twice, the first time counts."""
        ...

    def of_day(self, day: date) -> tuple[PrefillLine, ...]:
        """Those of a day's tickets, by number."""
        ...

"""审计的接口 audit: what is asked, one line of it, the part this machine has, the part the centre has, and where an export goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from clerk_app.command import ClockWord


@dataclass(frozen=True, kw_only=True)
class AuditAsked:
    """查什么 from one day to another, both included; an empty word asks for all. `number` is a case's or ticket's."""

    start: date
    end: date
    person: str = ""
    kind: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """审计一行 who did what, when and where, resting on what, and what the centre said. Nothing of a case's content.

    `about` is the number of the case or ticket. A line without a `hall_version` is an event the centre noted (a sign-in,
    a failure): `words` says more.
    """

    id: str
    at: datetime
    kind: str
    actor: str
    window: int
    device: str
    state: str = ""
    post: str = ""
    acting_for: str = ""
    basis: str = ""
    hall_version: str = ""
    subjects: tuple[str, ...] = ()
    about: str = ""
    words: str = ""
    clock: ClockWord = "centre"


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """一页审计 newest first, and where the next page begins (empty: there is none)."""

    lines: tuple[AuditLine, ...]
    cursor: str = ""


@dataclass(frozen=True)
class Signer:
    """查的人 who asks, and his signing key in hand: a machine alone is told nothing."""

    person: str
    sign: Callable[[bytes], str]


class AuditStore(Protocol):
    """本机的审计 what this machine's journal has."""

    def page(self, asked: AuditAsked, cursor: str, limit: int) -> AuditPage:
        """Newest first, from the cursor on (empty: from the newest)."""
        ...


class AuditCentre(Protocol):
    """中心的审计 the whole hall's. Raises `CentreAway` or `CentreProblem`."""

    def page(self, asked: AuditAsked, cursor: str, by: Signer) -> AuditPage:
        """Newest first; only for who may see it."""
        ...


class ExportShelf(Protocol):
    """导出的去处 writes the file and beside it its signature by this machine's key."""

    def write(self, file: Path, data: bytes, about: Mapping[str, Any]) -> Path:
        """Answers the signature's file; raises OSError."""
        ...

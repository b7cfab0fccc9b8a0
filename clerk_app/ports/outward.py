"""对外的台账 what waits to be told outside the hall as the centre knows it, and what a person settles about one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from clerk_app.ports.audit import Signer

OutState = Literal["waiting", "sent", "refused", "put_away"]
OutAct = Literal["again", "drop"]


@dataclass(frozen=True, kw_only=True)
class OutPartner:
    """对方 as its line stands: `looked_at` is when the centre last looked for it, `heard_at` when it last answered."""

    id: str
    name: str
    way: Literal["http", "folder"]
    kinds: tuple[str, ...]
    waiting: int
    refused: int
    oldest: datetime | None = None
    looked_at: datetime | None = None
    heard_at: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, kw_only=True)
class OutRow:
    """一条 to whom, of which kind, about which case by its number; in whose words it was refused, and who settled it."""

    id: str
    partner: str
    kind: str
    name: str
    state: OutState
    made_at: datetime
    tries: int
    problem: str = ""
    next_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OutboxSeen:
    """对外 partners, and of the messages those that were refused, wait, or were put away lately."""

    partners: tuple[OutPartner, ...] = ()
    rows: tuple[OutRow, ...] = ()
    may_act: bool = False


class OutwardCentre(Protocol):
    """对外的中心 signed by who asks. Raises `CentreAway` or `CentreProblem`, nothing else."""

    def seen(self, by: Signer) -> OutboxSeen:
        """What waits."""
        ...

    def decide(self, row: OutRow, act: OutAct, reason: str, by: Signer) -> None:
        """再送 or 不送了, with why."""
        ...

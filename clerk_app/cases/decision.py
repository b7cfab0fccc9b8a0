"""两个签名 proposal (signature 1), decision (signature 2) and handing over, as values of a case (行政许可法 38, 44; 两次签名办结)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal["grant", "refuse"]
outcome_words: dict[Outcome, str] = {"grant": "准予", "refuse": "不予"}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """签名一 the handler's opinion, with his name and the time; an opinion without words is none."""

    outcome: Outcome
    opinion: str
    by: str
    at: datetime
    acting_for: str = ""
    """代谁 the A角 the proposer stood in for."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """签名二 the decision on exact bytes: 文号, the letter it rests on, and the digest (SHA-256) of the page decided."""

    outcome: Outcome
    opinion: str
    by: str
    at: datetime
    letter: str
    document_no: str
    serial: int
    digest: str
    pages: int
    acting_for: str = ""
    """代谁 the chief representative whose deputy decided."""


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """送达 who took the result, on what proof, when, from whom."""

    receiver: str
    proof: str
    by: str
    at: datetime
    window: int
    acting_for: str = ""
    """代谁 the A角 the giver stood in for."""

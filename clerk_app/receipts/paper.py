"""打印任务 print jobs: a paper's way from the queue to the citizen's hand, with an honest «unknown».

States: `queued → sending → done | sent | not_sent | blocked | unknown`. The machine retries only what surely did not
leave (`not_sent`, `blocked`); an `unknown` is answered by a person who looks at the printer. `sent` (推定已出) is all a
printer probed as giving no completion can tell: every byte was taken and nothing spoke against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

JobState = Literal["queued", "sending", "done", "sent", "not_sent", "blocked", "unknown", "expired", "lost", "half"]
"""`lost`, `half`: a person said nothing, or half of it, came out: a reprint with the next copy number may follow."""
OUT: frozenset[JobState] = frozenset({"done", "sent"})
"""Counts as issued: the citizen has it, or nothing says he has not."""
WAITS: frozenset[JobState] = frozenset({"queued", "not_sent", "blocked"})
"""Not a byte of it has left."""
FREE_COPIES = 2
"""So many further prints of a paper one clerk may make by himself."""
TEST_PAGE = "测试页"
"""Says nothing of anybody: it is no paper of the hall, and no fact is recorded of it."""


def needs_agreement(copy_no: int) -> bool:
    """Whether this print of a paper is one more than a clerk may make by himself."""
    return copy_no - 1 > FREE_COPIES


@dataclass(frozen=True, kw_only=True)
class PrintJob:
    """打印任务 one paper on its way. `payload` are the finished printer bytes, `sha256` their digest in hex."""

    id: str
    doc_type: str
    doc_no: str
    copy_no: int
    subject: str
    printer: str
    state: JobState
    payload: bytes
    sha256: str
    made_at: datetime
    window: int
    operator: str
    attempts: int = 0
    said: str = ""
    """The last outcome in one Chinese sentence; empty while nothing went wrong."""
    changed_at: datetime | None = None
    content: str = ""
    """The slip as it was made, in JSON: what a further print or another printer is made from. Empty on old rows."""
    reason: str = ""
    """补打 why this further print was made."""
    good_on: date | None = None
    """The day on which it may print by itself; later it waits for a person. None: the day it was made."""
    told_by: str = ""
    """Who said what became of it, where the machine could not."""
    instead_of: str = ""
    """备用机: the printer it was meant for."""


@dataclass(frozen=True)
class Delivery:
    """送印结果 what the link can honestly say after one attempt."""

    state: Literal["done", "sent", "not_sent", "blocked", "unknown"]
    said: str = ""
    status: bytes = b""
    paper_mm: int = 0
    """How much paper it took, or may have taken."""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """送印一次 one try at one paper, written once and never changed."""

    job: str
    at: datetime
    printer: str
    outcome: str
    said: str
    status: str
    """The printer's own bytes, in hex."""
    size: int
    paper_mm: int


@dataclass(frozen=True)
class PrinterStatus:
    """打印机状态 for the lamp: `known` is False when the printer does not answer status questions."""

    ready: bool
    known: bool
    said: str

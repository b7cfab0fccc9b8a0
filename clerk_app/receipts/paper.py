"""打印任务 print jobs: a paper's way from the queue to the citizen's hand, with an honest «unknown».

States: `queued → sending → done | not_sent | blocked | unknown`. The machine retries only what surely did not leave
(`not_sent`, `blocked`); an `unknown` is answered by a person who looks at the printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

JobState = Literal["queued", "sending", "done", "not_sent", "blocked", "unknown", "expired", "lost"]
"""`lost`: a person said the paper did not come out (or only half): a reprint with the next copy number follows."""


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


@dataclass(frozen=True)
class Delivery:
    """送印结果 what the link can honestly say after one attempt."""

    state: Literal["done", "not_sent", "blocked", "unknown"]
    said: str = ""
    status: bytes = b""


@dataclass(frozen=True)
class PrinterStatus:
    """打印机状态 for the lamp: `known` is False when the printer does not answer status questions."""

    ready: bool
    known: bool
    said: str

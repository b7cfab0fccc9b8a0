"""票据账 what the receipts room needs from the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks


@dataclass(frozen=True, kw_only=True)
class PaperOut:
    """出纸记录 what came of one paper: the fact the take-back and reprint rules rest on."""

    id: str
    doc_type: str
    doc_no: str
    copy_no: int
    subject: str
    sha256: str
    outcome: str
    at: datetime
    window: int


class PaperBooks(CaseBooks, Protocol):
    """票据账 the register of papers that came out (or may have)."""

    def paper(self, key: str) -> PaperOut | None:
        """One record by id."""
        ...

    def put_paper(self, paper: PaperOut) -> None:
        """Write one record."""
        ...

    def papers_of(self, subject: str) -> tuple[PaperOut, ...]:
        """All papers about a subject, oldest first."""
        ...

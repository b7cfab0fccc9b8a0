"""查状态 with the line cut the window answers from its own cases; that somebody asked is recorded all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, UseCase


@dataclass(frozen=True, kw_only=True)
class RecordLookup(CaseCommand):
    """查办件状态 the status line of a case was shown, by its query code or its applicant's number: the row is the record."""

    kind: ClassVar[str] = "record_lookup"
    fact: ClassVar[bool] = True
    by: Literal["code", "id"]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of the case changes."""
        return (f"reveal:{self.case}",)


def record_lookup(command: RecordLookup, books: CaseBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


looking_up_use_cases = (UseCase(RecordLookup, record_lookup, "present"),)

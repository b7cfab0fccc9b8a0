"""没登上的记录 passwords that were wrong while the line was cut: a fact, told at the next sign-in of anybody on that machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks


@dataclass(frozen=True, kw_only=True)
class RecordFailedSignIns(Command):
    """没登上 how often this person's password was wrong here, from when to when; the journal row alone is the record."""

    kind: ClassVar[str] = "record_failed_sign_ins"
    fact: ClassVar[bool] = True
    person: str
    count: int
    first: datetime
    last: datetime

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of a row changes."""
        return (f"failed:{self.person}",)


def record_failed_sign_ins(command: RecordFailedSignIns, books: DutyBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


failed_sign_in_use_cases = (UseCase(RecordFailedSignIns, record_failed_sign_ins, "present"),)

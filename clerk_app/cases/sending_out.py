"""送审 a case that no letter lets the chief decide goes to his department: why, to whom and when is kept with it.

Its clocks go on, its hold stays; what the department answers comes back another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from clerk_app.cases import model
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.chief import stands_for_chief
from clerk_app.cases.model import Case, SentOut
from clerk_app.cases.usecases import CaseCommand, item_gone, put_case, unknown_case
from clerk_app.command import Refusal, UseCase
from clerk_app.duty.letters import BEYOND, letter_to_decide

OUTSIDE = frozenset({BEYOND, "letter-ended", "letter-not-begun"})
"""Refusals of `letter_to_decide` that no other person and no other hour of the day would mend."""
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class SendOut(CaseCommand):
    """送审 `why` it is not decided here, `taker` who takes it at the department."""

    kind: ClassVar[str] = "send_out"
    why: str
    taker: str


def send_out(command: SendOut, books: CaseBooks) -> Refusal | None:
    """The chief sends what he will; a window only what is outside every letter."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    if not stands_for_chief(command, case.department, books) and outside(case, command.at, books) is None:
        return Refusal("within-letter", "这件在首席代表授权内，窗口不能送审，没有送。请首席代表来定，或由他送审。")
    sent = SentOut(
        why=command.why.strip()[:LONGEST], taker=command.taker.strip()[:LONGEST], by=command.actor, at=command.at
    )
    return put_case(books, model.send_out(case, sent, item.signatures))


def outside(case: Case, at: datetime, books: CaseBooks) -> Refusal | None:
    """Why nobody here may decide it at this moment by any letter; None when somebody may."""
    department = books.roster.departments.get(case.department)
    chief = department.chief_rep if department else ""
    found = letter_to_decide(case.item, case.department, chief, at, books)
    return found if isinstance(found, Refusal) and found.type in OUTSIDE else None


sending_out_use_cases = (UseCase(SendOut, send_out, "send_out"),)

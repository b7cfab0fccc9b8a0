"""放手 a case on which this machine has nothing more to do is anybody's again who claims it."""

from __future__ import annotations

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import case_subject


def let_go(command: CaseCommand, books: CaseBooks) -> None:
    """Only the hold it was said of: another window may have the case by now."""
    subject = case_subject(command.case)
    fence = books.fence(subject)
    if books.holder(subject) == books.device and command.fences.get(subject, fence) == fence:
        books.give_back(subject)

"""一表账 what the registration room needs from the books."""

from __future__ import annotations

from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.registration.model import FormDraft


class FormBooks(CaseBooks, Protocol):
    """一表账 the form draft of each case."""

    def form(self, key: str) -> FormDraft | None:
        """The draft of a case, by the case's id."""
        ...

    def put_form(self, draft: FormDraft) -> None:
        """Write one draft."""
        ...

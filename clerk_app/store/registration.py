"""一表账 the form draft of each case."""

from __future__ import annotations

from typing import cast

from clerk_app.registration.model import FormDraft
from clerk_app.store.cabinet import Shelved


class FormRows(Shelved):
    """一表账 what `registration.books` asks for."""

    def form(self, key: str) -> FormDraft | None:
        """一表草稿."""
        return cast("FormDraft | None", self.cabinet.get("form", key))

    def put_form(self, draft: FormDraft) -> None:
        """写一表草稿."""
        self.cabinet.put("form", draft)

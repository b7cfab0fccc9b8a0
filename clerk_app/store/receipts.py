"""票据账 papers that came out, or may have."""

from __future__ import annotations

from typing import cast

from clerk_app.receipts.books import PaperOut
from clerk_app.store.cabinet import Shelved


class PaperRows(Shelved):
    """票据账 what `receipts.books` asks for."""

    def paper(self, key: str) -> PaperOut | None:
        """出纸记录."""
        return cast("PaperOut | None", self.cabinet.get("paper", key))

    def put_paper(self, paper: PaperOut) -> None:
        """写出纸记录."""
        self.cabinet.put("paper", paper)

"""监察账 ratings by ticket."""

from __future__ import annotations

from typing import cast

from clerk_app.oversight.model import Rating
from clerk_app.store.cabinet import Shelved


class OversightRows(Shelved):
    """监察账 what `oversight.books` asks for."""

    def rating(self, ticket: str) -> Rating | None:
        """一次评价."""
        return cast("Rating | None", self.cabinet.get("rating", ticket))

    def put_rating(self, row: Rating) -> None:
        """写评价."""
        self.cabinet.put("rating", row)

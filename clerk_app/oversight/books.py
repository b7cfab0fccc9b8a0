"""监察账 what the oversight room needs from the books."""

from __future__ import annotations

from typing import Protocol

from clerk_app.oversight.model import Rating
from clerk_app.receipts.books import PaperBooks


class OversightBooks(PaperBooks, Protocol):
    """监察账 ratings by ticket."""

    def rating(self, ticket: str) -> Rating | None:
        """The rating of a visit."""
        ...

    def put_rating(self, row: Rating) -> None:
        """Write one rating."""
        ...

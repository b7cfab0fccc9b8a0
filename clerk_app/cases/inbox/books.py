"""收件箱账 what the inbox needs from the books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.inbox.model import InboxItem, InboxState


class InboxBooks(CaseBooks, Protocol):
    """收件箱账."""

    def inbox_item(self, key: str) -> InboxItem | None:
        """One by id."""
        ...

    def put_inbox_item(self, row: InboxItem) -> None:
        """Write it."""
        ...

    def inbox_items_in(self, states: Sequence[InboxState], limit: int) -> tuple[InboxItem, ...]:
        """All in these states, the longest here first."""
        ...

    def latest_inbox_items(self, limit: int) -> tuple[InboxItem, ...]:
        """Those something became of, the newest first."""
        ...

    def inbox_item_of(self, case: str) -> InboxItem | None:
        """The one this case was taken in from."""
        ...

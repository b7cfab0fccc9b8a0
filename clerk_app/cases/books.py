"""办件账 what the cases room needs from the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Protocol

from clerk_app.cases.catalogue import Item
from clerk_app.cases.limit_rows import LimitRow
from clerk_app.cases.model import Case
from clerk_app.queueing.books import TicketBooks
from clerk_app.workdays import Calendar


class CaseBooks(TicketBooks, Protocol):
    """办件账 cases by id, number or ticket, and the catalogue of the version in force."""

    @property
    def hall_id(self) -> str:
        """The hall all this happens in."""
        ...

    @property
    def calendar(self) -> Calendar:
        """Which days count, by the hall version in force."""
        ...

    @property
    def off_work(self) -> time:
        """When the hall closes."""
        ...

    def item(self, code: str) -> Item | None:
        """One service item."""
        ...

    def case(self, key: str) -> Case | None:
        """One case by id."""
        ...

    def put_case(self, case: Case) -> None:
        """Write one case."""
        ...

    def case_of_ticket(self, ticket: str) -> Case | None:
        """The newest case born from a ticket."""
        ...

    def cases_in(self, states: Sequence[str], items: Sequence[str] = ()) -> tuple[Case, ...]:
        """All in these states, of these items alone if any are named; the longest received first."""
        ...

    def cases_touched(self, window: int, start: datetime, end: datetime) -> tuple[Case, ...]:
        """Received, accepted or sealed between these moments, of one window."""
        ...

    def open_case_count(self) -> int:
        """How many are not sealed and not ended."""
        ...

    def open_limits_after(self, after: str, limit: int) -> tuple[LimitRow, ...]:
        """What the limits of the next of those are counted from, by id, behind this one (empty: from the first)."""
        ...

    def outside_window(self, case: str) -> int:
        """The window that took in from outside what this case is begun with (`cases.inbox`); 0: it did not come from there."""
        ...

    def outside_awaited(self, case: str) -> tuple[str, ...]:
        """Its papers from outside by name whose bytes have not come (`cases.inbox`)."""
        ...

    def latest_cases(self, limit: int) -> tuple[Case, ...]:
        """Newest first."""
        ...

"""监察卡账 what cards and reports need from the books."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import Assignment
from clerk_app.oversight.card import Card, Whose
from clerk_app.oversight.reports import CaseLine, TicketLine


class CardBooks(Protocol):
    """监察卡账 cards, the cases that may earn one, and light rows for reports."""

    def card(self, key: str) -> Card | None:
        """One card by id."""
        ...

    def put_card(self, row: Card) -> None:
        """Write one card."""
        ...

    def open_cards(self, limit: int) -> tuple[Card, ...]:
        """Cards nobody has ended, the oldest first."""
        ...

    def cards_since(self, at: datetime, limit: int) -> tuple[Card, ...]:
        """Cards made since then, ended or not, newest first."""
        ...

    def assignment(self, key: str) -> Assignment | None:
        """Whom one case was given to."""
        ...

    def case_numbered(self, case_no: str) -> Case | None:
        """The case of this number."""
        ...

    def cases_to_watch(self, until: date, limit: int, whose: Whose | None = None) -> tuple[Case, ...]:
        """Cases in which a day not later than this may be or has been missed; the earliest day first. None: the whole hall's."""
        ...

    def case_lines(self, start: date, end: date) -> tuple[CaseLine, ...]:
        """Of cases received, accepted or sealed on these days."""
        ...

    def ticket_lines(self, start: date, end: date) -> tuple[TicketLine, ...]:
        """Of tickets of these days."""
        ...

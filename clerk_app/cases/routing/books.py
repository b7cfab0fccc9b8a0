"""分办账 what giving cases out needs from the books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.routing.model import Assignment
from clerk_app.cases.routing.rules import RoutingRules


class AssignmentBooks(CaseBooks, Protocol):
    """分办账."""

    @property
    def routing_rules(self) -> RoutingRules:
        """What the hall says of giving cases out."""
        ...

    def assignment(self, key: str) -> Assignment | None:
        """Whose one case is."""
        ...

    def put_assignment(self, row: Assignment) -> None:
        """Write it."""
        ...

    def assigned_in_hand(self, person: str = "") -> tuple[Assignment, ...]:
        """Those whose case is accepted and not sealed, the oldest first; of one person, if he is named."""
        ...

    def open_assigned(self, persons: Sequence[str]) -> Mapping[str, int]:
        """How many of those each of these people has."""
        ...

    def last_turns(self, posts: Sequence[str]) -> Mapping[str, int]:
        """The last turn each of these posts had; a post that had none is not in it."""
        ...

    def assigned_sealed_since(self, at: datetime) -> Mapping[str, int]:
        """How many of each person's cases were sealed since then."""
        ...

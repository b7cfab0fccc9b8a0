"""分办账 in memory: what `cases.routing.books` asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import IN_HAND, Assignment
from clerk_app.cases.routing.rules import RoutingRules
from clerk_app.hall import Hall


class MemoryRouting:
    """What giving cases out asks for."""

    hall: Hall
    cases: dict[str, Case]

    def __init__(self) -> None:
        self.assignments: dict[str, Assignment] = {}

    @property
    def routing_rules(self) -> RoutingRules:
        return self.hall.routing

    def assignment(self, key: str) -> Assignment | None:
        return self.assignments.get(key)

    def put_assignment(self, row: Assignment) -> None:
        self.assignments[row.id] = row

    def assigned_in_hand(self, person: str = "") -> tuple[Assignment, ...]:
        asked = (row for row in self.assignments.values() if not person or row.person == person)
        found = (row for row in asked if self.cases[row.id].state in IN_HAND)
        return tuple(sorted(found, key=lambda row: (self.cases[row.id].accepted_at, row.id)))

    def open_assigned(self, persons: Sequence[str]) -> Mapping[str, int]:
        return Counter(row.person for row in self.assigned_in_hand() if row.person in persons)

    def last_turns(self, posts: Sequence[str]) -> Mapping[str, int]:
        turns: dict[str, int] = {}
        for row in self.assignments.values():
            if row.turn_post in posts:
                turns[row.turn_post] = max(row.turn, turns.get(row.turn_post, 0))
        return turns

    def assigned_sealed_since(self, at: datetime) -> Mapping[str, int]:
        sealed = ((row, self.cases[row.id].sealed_at) for row in self.assignments.values())
        return Counter(row.person for row, moment in sealed if row.person and moment is not None and moment >= at)

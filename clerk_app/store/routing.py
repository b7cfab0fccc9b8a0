"""分办账 whose each case is, and the figures the choice rests on: counted by the database, beside the cases as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, and_, bindparam, func, select

from clerk_app.cases.routing.model import IN_HAND, Assignment
from clerk_app.cases.routing.rules import RoutingRules
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved
from clerk_app.store.columns import Moment, sorted_after
from clerk_app.store.tables_routing import assignments

_a, _c = assignments.c, tables.cases.c
_hall = _a.hall == bindparam("hall")
_with_case = assignments.join(tables.cases, and_(_c.hall == _a.hall, _c.id == _a.id))
_in_hand = (
    select(assignments)
    .select_from(_with_case)
    .where(_hall, _c.state.in_(IN_HAND))
    .order_by(sorted_after(_c.accepted_at), _a.id)
)
_in_hand_of = _in_hand.where(_a.person == bindparam("person"))
_open_of = (
    select(_a.person, func.count())
    .select_from(_with_case)
    .where(_hall, _c.state.in_(IN_HAND), _a.person.in_(bindparam("persons", expanding=True)))
    .group_by(_a.person)
)
_turns = (
    select(_a.turn_post, func.max(_a.turn))
    .where(_hall, _a.turn_post.in_(bindparam("posts", expanding=True)))
    .group_by(_a.turn_post)
)
_sealed = (
    select(_a.person, func.count())
    .select_from(_with_case)
    .where(_hall, _a.person != "", _c.sealed_at >= bindparam("since", type_=Moment))
    .group_by(_a.person)
)


class RoutingRows(Shelved):
    """分办账 what `cases.routing.books` asks for."""

    @property
    def routing_rules(self) -> RoutingRules:
        """分办规则."""
        return self.hall.routing

    def assignment(self, key: str) -> Assignment | None:
        """分办."""
        return cast("Assignment | None", self.cabinet.get("assignment", key))

    def put_assignment(self, row: Assignment) -> None:
        """写分办."""
        self.cabinet.put("assignment", row)

    def assigned_in_hand(self, person: str = "") -> tuple[Assignment, ...]:
        """手上的."""
        asked = {"hall": self.hall.id} | ({"person": person} if person else {})
        statement = _in_hand_of if person else _in_hand
        found = cast("tuple[Assignment, ...]", self.cabinet.query("assignment", statement, **asked))
        self.cabinet.load(f"case:{row.id}" for row in found)
        return found

    def open_assigned(self, persons: Sequence[str]) -> Mapping[str, int]:
        """各人手上几件."""
        return self._figures(_open_of, persons=list(persons))

    def last_turns(self, posts: Sequence[str]) -> Mapping[str, int]:
        """各岗轮到第几."""
        return self._figures(_turns, posts=list(posts))

    def assigned_sealed_since(self, at: datetime) -> Mapping[str, int]:
        """各人办结几件."""
        return self._figures(_sealed, since=at)

    def _figures(self, statement: Select[Any], **wanted: Any) -> dict[str, int]:
        """Of what is written already; what is in memory goes first."""
        self.cabinet.flush()
        rows = self.cabinet.connection.execute(statement, {"hall": self.hall.id, **wanted})
        return {key: int(many) for key, many in rows}

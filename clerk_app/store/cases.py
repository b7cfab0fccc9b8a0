"""办件账 cases and the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import listed
from clerk_app.cases.model import Case
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved

_c = tables.cases
_of_ticket = (
    select(_c)
    .where(_c.c.hall == bindparam("hall"), _c.c.ticket == bindparam("ticket"))
    .order_by(_c.c.received_at.desc())
    .limit(1)
)

_in_states = (
    select(_c)
    .where(_c.c.hall == bindparam("hall"), _c.c.state.in_(bindparam("states", expanding=True)))
    .order_by(_c.c.received_at, _c.c.id)
)
_in_states_of = _in_states.where(_c.c.item.in_(bindparam("items", expanding=True)))


class CaseRows(Shelved):
    """办件账 what `cases.books` asks for."""

    @property
    def hall_id(self) -> str:
        """大厅."""
        return self.hall.id

    def item(self, code: str) -> Item | None:
        """事项."""
        return self.hall.items.get(code)

    def case(self, key: str) -> Case | None:
        """办件."""
        return cast("Case | None", self.cabinet.get("case", key))

    def put_case(self, case: Case) -> None:
        """写办件."""
        item = self.hall.items.get(case.item)
        self.cabinet.put("case", listed(case, item, self.hall.calendar, self.hall.off_work))

    def case_of_ticket(self, ticket: str) -> Case | None:
        """号票办的件."""
        found = self.cabinet.query("case", _of_ticket, hall=self.hall.id, ticket=ticket)
        return cast("Case", found[0]) if found else None

    def cases_in(self, states: Sequence[str], items: Sequence[str] = ()) -> tuple[Case, ...]:
        """在这些环节的办件."""
        wanted = {"hall": self.hall.id, "states": list(states)}
        if items:
            return self.cabinet.query("case", _in_states_of, **wanted, items=list(items))
        return self.cabinet.query("case", _in_states, **wanted)

    def latest_cases(self, limit: int) -> tuple[Case, ...]:
        """最近的办件."""
        c = tables.cases
        return self.cabinet.query(
            "case", select(c).where(c.c.hall == self.hall.id).order_by(c.c.received_at.desc()).limit(limit)
        )

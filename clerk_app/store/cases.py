"""办件账 cases and the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from functools import lru_cache
from typing import Any, cast

import msgspec
from sqlalchemy import Text, and_, bindparam, func, or_, select
from sqlalchemy import cast as cast_to

from clerk_app.cases.catalogue import Item
from clerk_app.cases.clocks import listed
from clerk_app.cases.life import Life
from clerk_app.cases.limit_rows import LimitRow
from clerk_app.cases.model import Case, DueDates
from clerk_app.cases.states import OPEN
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved
from clerk_app.store.columns import Moment, sorted_after
from clerk_app.workdays import Calendar

_c = tables.cases
_of_ticket = select(_c).where(_c.c.hall == bindparam("hall"), _c.c.ticket == bindparam("ticket"))
# No order and no limit: for one row by time SQLite would read the year's cases from the newest on.

_in_states = (
    select(_c)
    .where(_c.c.hall == bindparam("hall"), _c.c.state.in_(bindparam("states", expanding=True)))
    .order_by(sorted_after(_c.c.received_at), _c.c.id)
)
_in_states_of = _in_states.where(_c.c.item.in_(bindparam("items", expanding=True)))

_moments = (_c.c.received_at, _c.c.accepted_at, _c.c.sealed_at)
_between = or_(*(and_(at >= bindparam("start", type_=Moment), at < bindparam("end", type_=Moment)) for at in _moments))
_touched = (
    select(_c)
    .where(_c.c.hall == bindparam("hall"), _c.c.window == bindparam("window"), _between)
    .order_by(_c.c.received_at, _c.c.id)
)
_is_open = (_c.c.hall == bindparam("hall"), _c.c.state.in_(OPEN))
_open_count = select(func.count()).select_from(_c).where(*_is_open)
_plain = (_c.c[name] for name in LimitRow.__dataclass_fields__ if name not in ("due", "life"))
_open_after = (
    select(*_plain, cast_to(_c.c.due, Text), cast_to(_c.c.life, Text))
    .where(*_is_open, _c.c.id > bindparam("after"))
    .order_by(_c.c.id)
)


@lru_cache(maxsize=65536)
def _due_of(text: str | None) -> DueDates | None:
    """Very many cases were told the same two days."""
    return msgspec.json.decode(text, type=DueDates | None) if text else None


@lru_cache(maxsize=4096)
def _life_of(text: str) -> Life:
    return msgspec.json.decode(text, type=Life)


def _limit_row(*told: Any) -> LimitRow:
    return LimitRow(*(*told[:-2], _due_of(told[-2]), _life_of(told[-1])))


class CaseRows(Shelved):
    """办件账 what `cases.books` asks for."""

    @property
    def hall_id(self) -> str:
        """大厅."""
        return self.hall.id

    @property
    def calendar(self) -> Calendar:
        """工作日历."""
        return self.hall.calendar

    @property
    def off_work(self) -> time:
        """下班时间."""
        return self.hall.off_work

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
        found = cast("tuple[Case, ...]", self.cabinet.query("case", _of_ticket, hall=self.hall.id, ticket=ticket))
        return max(found, key=lambda case: case.received_at, default=None)

    def cases_in(self, states: Sequence[str], items: Sequence[str] = ()) -> tuple[Case, ...]:
        """在这些环节的办件."""
        wanted = {"hall": self.hall.id, "states": list(states)}
        if items:
            return self.cabinet.query("case", _in_states_of, **wanted, items=list(items))
        return self.cabinet.query("case", _in_states, **wanted)

    def cases_touched(self, window: int, start: datetime, end: datetime) -> tuple[Case, ...]:
        """这个窗口这段时间收、受理、用印的办件."""
        wanted = {"hall": self.hall.id, "window": window, "start": start, "end": end}
        return self.cabinet.query("case", _touched, **wanted)

    def open_case_count(self) -> int:
        """没办完的有几件."""
        self.cabinet.flush()
        return int(self.cabinet.connection.execute(_open_count, {"hall": self.hall.id}).scalar_one())

    def open_limits_after(self, after: str, limit: int) -> tuple[LimitRow, ...]:
        """没办完的期限依据，一段一段取."""
        self.cabinet.flush()
        rows = self.cabinet.connection.execute(_open_after.limit(limit), {"hall": self.hall.id, "after": after})
        return tuple(_limit_row(*row) for row in rows)

    def latest_cases(self, limit: int) -> tuple[Case, ...]:
        """最近的办件."""
        c = tables.cases
        return self.cabinet.query(
            "case", select(c).where(c.c.hall == self.hall.id).order_by(c.c.received_at.desc()).limit(limit)
        )

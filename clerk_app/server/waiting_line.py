"""等候的队 which tickets a window may be given next, in calling order, as one question to the database.

The order is that of `Ticket.order_at`, said in SQL; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, case, func, literal, not_, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from clerk_app.queueing.model import FIRST, Ticket
from clerk_app.store.among import among
from clerk_app.store.columns import HALL_ZONE, Moment
from clerk_app.store.gathering import Look, Row
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables import holds, tickets

FEW, MORE, MANY, ALL = 8, 100, 64, 1_000_000
"""So many may be locked by others at once, or be called already; of so many it is looked up who holds them, and then of everybody."""
NEVER = datetime(1970, 1, 1, tzinfo=HALL_ZONE)

_t, _h = tickets.c, holds.c
_shelf = shelves["ticket"]


class RowVersion(FunctionElement[str]):
    """行版本 another one after each change of the row; SQLite lets in one writer at a time and needs none."""

    type = String()
    inherit_cache = True
    name = "row_version"


@compiles(RowVersion, "postgresql")
def _version_in_postgresql(_element: RowVersion, _compiler: SQLCompiler, **_more: Any) -> str:
    return "CAST(tickets.xmin AS text)"


@compiles(RowVersion, "sqlite")
def _version_in_sqlite(_element: RowVersion, _compiler: SQLCompiler, **_more: Any) -> str:
    return "''"


_moment = Moment()
_place = func.coalesce(_t.placed_at, _t.taken_at, type_=_moment)
_aged = _place <= bindparam("aged", type_=_moment)
_rank = case((and_(_t.rank > FIRST, _aged), FIRST), else_=_t.rank)
_first = (_rank, _place, _t.serial)
_waiting = (
    select(*_t, _rank.label("standing"), _place.label("place"), RowVersion().label("version"))
    .where(
        _t.hall == bindparam("hall"),
        _t.day == bindparam("day"),
        _t.state == "waiting",
        among(_t.letter, "letters"),
        or_(_t.item == "", among(_t.item, "items")),
        or_(_t.to_window == 0, _t.to_window == bindparam("window"), not_(among(_t.to_window, "led"))),
        or_(_t.appointment.is_(None), _t.appointment <= bindparam("now", type_=_moment)),
        not_(among(_t.fallback, "withheld")),
    )
    .order_by(*_first)
    .limit(bindparam("many", type_=Integer))
    .subquery("waiting")
)
_w = _waiting.c
_held = select(_h.device).where(_h.hall == bindparam("hall"), _h.subject == literal("ticket:") + _w.id)
_line = select(
    *(_w[column.name] for column in _t if column.name != "hall"),
    *(_w.version, _w.standing, _w.place, func.coalesce(_held.scalar_subquery(), "").label("holder")),
).subquery("line")
_l = _line.c
_free = (
    select(*(_l[column.name] for column in _t if column.name != "hall"), _l.version, _l.holder)
    .where(or_(_l.holder == "", _l.holder == bindparam("device")))
    .order_by(_l.standing, _l.place, _l.serial)
    .limit(bindparam("few", type_=Integer))
)
_shares = (
    select(_t.fallback, func.count().label("count"))
    .where(
        _t.hall == bindparam("hall"),
        _t.day == bindparam("day"),
        _t.state == "waiting",
        among(_t.letter, "letters"),
        among(_t.fallback, "withheld"),
    )
    .group_by(_t.fallback)
)


@dataclass(frozen=True)
class Free:
    """没人占着的号 one that may be given, as it stood when it was read; `held`: by the very machine that asks."""

    ticket: Ticket
    version: str
    held: bool


@dataclass(frozen=True, kw_only=True)
class Asking:
    """问谁 which window asks for whom: what it calls today and serves."""

    hall: str
    device: str
    day: date
    now: datetime
    window: int
    letters: Collection[str]
    items: Collection[str]
    ageing_minutes: int
    withheld: Collection[int] = ()
    led: Collection[int] = ()
    """Windows that are there to call those who were led to them."""

    def look(self, take: Callable[[list[Free]], object], many: int = MANY) -> Look:
        """The first few of the first `many`."""
        wanted: dict[str, Any] = {
            "hall": self.hall,
            "device": self.device,
            "day": self.day,
            "now": self.now,
            "window": self.window,
            "letters": list(self.letters),
            "items": list(self.items),
            "withheld": list(self.withheld),
            "led": list(self.led),
            "aged": self.now - timedelta(minutes=self.ageing_minutes) if self.ageing_minutes else NEVER,
            "many": many,
            "few": FEW if many == MANY else MORE,
        }
        return Look(_free, wanted, lambda rows: take([_free_of(row) for row in rows]))

    def may(self, one: Free) -> bool:
        """Said again of a row that was read before the windows were known."""
        ticket = one.ticket
        led_elsewhere = ticket.to_window not in (0, self.window) and ticket.to_window in self.led
        return ticket.fallback not in self.withheld and not led_elsewhere

    def look_at_withheld(self, take: Callable[[list[Row]], object]) -> Look:
        """How many of its letters are in whose withheld share."""
        plain = {"hall": self.hall, "day": self.day, "letters": list(self.letters), "withheld": list(self.withheld)}
        return Look(_shares, plain, take)


def _free_of(row: Row) -> Free:
    return Free(to_value(_shelf, row), row["version"], bool(row["holder"]))

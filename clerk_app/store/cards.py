"""监察卡账 cards, the cases that may earn one, and the light rows reports are counted from."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import BindParameter, bindparam, func, or_, select

from clerk_app.cases.model import Case
from clerk_app.oversight.card import WATCHED, Card, Whose
from clerk_app.oversight.reports import CaseLine, TicketLine
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables_cards import cards
from clerk_app.store.tables_routing import assignments

_k, _c, _t, _g = cards, tables.cases, tables.tickets, assignments.c
_hall: BindParameter[Any] = bindparam("hall")
FETCHED = timedelta(days=60)
"""Results nobody has fetched for so long are no clerk's delay any more."""
_open = (
    select(_k)
    .where(_k.c.hall == _hall, _k.c.ended == "")
    .order_by(_k.c.made_at, _k.c.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_since = (
    select(_k)
    .where(_k.c.hall == _hall, _k.c.made_at >= bindparam("since"))
    .order_by(_k.c.made_at.desc(), _k.c.id)
    .limit(bindparam("limit"))
)
_numbered = select(_c).where(_c.c.hall == _hall, _c.c.case_no == bindparam("case_no"), _c.c.case_no != "")
_watched = (
    select(_c)
    .where(
        _c.c.hall == _hall,
        _c.c.due_on <= bindparam("until"),
        or_(_c.c.state.in_(WATCHED), (_c.c.state == "sealed") & (_c.c.due_on >= bindparam("recent"))),
    )
    .order_by(_c.c.due_on, _c.c.id)
    .limit(bindparam("limit"))
)
_watched_by = _watched.where(
    or_(
        _c.c.handler == bindparam("person"),
        _c.c.window == bindparam("window"),
        _c.c.life["assigned_to"].as_string() == bindparam("person"),
        _c.c.id.in_(select(_g.id).where(_g.hall == _hall, _g.person == bindparam("person"))),
        _c.c.department.in_(bindparam("departments", expanding=True)),
    )
)
_promised = _c.c.due["promised"].as_string()
_line_columns = (
    select(
        _c.c.id, _c.c.case_no, _c.c.item, _c.c.item_name, _c.c.window, _c.c.ticket, _c.c.received_at, _c.c.accepted_at,
        _c.c.sealed_at, _promised.label("promised"), _c.c.late_entry["by"].as_string().label("late"),
        _t.c.id.label("known_ticket"),
    )
    .select_from(_c.outerjoin(_t, (_t.c.hall == _c.c.hall) & (_t.c.id == _c.c.ticket)))
    .where(_c.c.hall == _hall)
)  # fmt: skip
# One for each moment, by that moment's index: asked with «or», SQLite reads the whole hall.
_lines = tuple(
    _line_columns.where(_c.c[name] >= bindparam("start"), _c.c[name] < bindparam("end"))
    for name in ("received_at", "accepted_at", "sealed_at")
)
_oldest = select(func.min(_t.c.day)).where(_t.c.hall == _hall)
_tickets = select(_t.c.letter, _t.c.window, _t.c.taken_at, _t.c.called_at).where(
    _t.c.hall == _hall, _t.c.day >= bindparam("first"), _t.c.day <= bindparam("last")
)


class CardRows(Shelved):
    """监察卡账 what `oversight.card_books` asks for."""

    def card(self, key: str) -> Card | None:
        """一张牌."""
        return cast("Card | None", self.cabinet.get("card", key))

    def put_card(self, row: Card) -> None:
        """写牌."""
        self.cabinet.put("card", row)

    def open_cards(self, limit: int) -> tuple[Card, ...]:
        """没了结的牌."""
        return self.cabinet.query("card", _open, hall=self.hall.id, limit=limit)

    def cards_since(self, at: datetime, limit: int) -> tuple[Card, ...]:
        """那以后的牌."""
        return self.cabinet.query("card", _since, hall=self.hall.id, since=at, limit=limit)

    def case_numbered(self, case_no: str) -> Case | None:
        """这个编号的件."""
        found = self.cabinet.query("case", _numbered, hall=self.hall.id, case_no=case_no)
        return cast("Case", found[0]) if found else None

    def cases_to_watch(self, until: date, limit: int, whose: Whose | None = None) -> tuple[Case, ...]:
        """快到期和过了期的件."""
        asked: dict[str, Any] = {"hall": self.hall.id, "until": until, "recent": until - FETCHED, "limit": limit}
        if whose is None:
            return self.cabinet.query("case", _watched, **asked)
        by = {"person": whose.person, "window": whose.window, "departments": list(whose.departments)}
        return self.cabinet.query("case", _watched_by, **asked, **by)

    def case_lines(self, start: date, end: date) -> tuple[CaseLine, ...]:
        """报表里的件."""
        self.cabinet.flush()
        oldest = self.cabinet.connection.execute(_oldest, {"hall": self.hall.id}).scalar_one_or_none()
        span = {"start": _moment(start), "end": _moment(end + timedelta(days=1))}
        asked = {"hall": self.hall.id, **span}
        rows = {row.id: row for lines in _lines for row in self.cabinet.connection.execute(lines, asked)}
        return tuple(_line(row, oldest) for row in rows.values())

    def ticket_lines(self, start: date, end: date) -> tuple[TicketLine, ...]:
        """报表里的号票."""
        self.cabinet.flush()
        asked = {"hall": self.hall.id, "first": start, "last": end}
        rows = self.cabinet.connection.execute(_tickets, asked)
        return tuple(TicketLine(row.letter, row.window, row.taken_at, row.called_at) for row in rows)


def _line(row: Any, oldest: date | None) -> CaseLine:
    kept = row.known_ticket is not None or oldest is None or row.received_at.date() < oldest
    return CaseLine(
        id=row.id,
        case_no=row.case_no,
        item=row.item,
        item_name=row.item_name,
        window=row.window,
        ticketed=bool(row.ticket) and kept,
        late_entry=bool(row.late),
        received_at=row.received_at,
        accepted_on=row.accepted_at.date() if row.accepted_at else None,
        sealed_at=row.sealed_at,
        promised=date.fromisoformat(row.promised) if row.promised else None,
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE)

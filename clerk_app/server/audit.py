"""审计 the hall's envelopes and the centre's own events as one list, newest first, day by day. Only reads.

The answer never holds a case's content: lines are made from an envelope's frame (`sync.audit_lines`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from clerk_app.office.oversight.audit_scope import ALL_TICKETS, POST_KINDS, TICKET_KINDS, Scope, scope_of, sees_tickets
from clerk_app.ports.audit import AuditAsked, AuditLine, AuditPage
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, Knock
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.signed_persons import Caller, not_him, seated
from clerk_app.server.tables import audit_events, envelopes
from clerk_app.store.audit import mentions, numbered, with_numbers
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync.audit_lines import concerns, line_of

PAGE, CHUNK, LOOKED_AT = 200, 400, 8_000
e, v = envelopes, audit_events


@dataclass(frozen=True)
class _Place:
    """Where a page begins: in this day, behind this id (empty: at the day's newest)."""

    day: date
    before: str = ""

    def text(self) -> str:
        return f"{self.day.isoformat()}|{self.before}"


def admitted(office: CentreOffice, device: Device, knock: Knock, caller: Caller, asked: AuditAsked) -> Scope:
    """How much the person sees of this; raises a problem unless he signed this request himself and is signed in there."""
    with office.database.reading() as connection:
        who = seated(office, connection, device, knock, caller)
        if who is None:
            raise not_him("audit-not-signed")
        now = office.now()
        scope = scope_of(caller.person, who.seat, now, who.books)
        if scope not in ("all", "posts") and asked.kind in (ALL_TICKETS, *TICKET_KINDS):
            scope = "tickets" if sees_tickets(caller.person, who.seat, now, who.books) else scope
    if scope not in ("all", "posts", "tickets"):
        raise ProblemError(403, "audit-not-yours", "全厅的审计由监察员看，账号和岗位的由管理员看，没有给。")
    return scope


def read_page(office: CentreOffice, hall: str, asked: AuditAsked, cursor: str, scope: Scope) -> AuditPage:
    """One page of what this scope may see."""
    with office.database.reading() as connection:
        where = _where(connection, hall, asked, scope)
        if where is None:
            return AuditPage(lines=())
        start, conditions = where
        looked, lines, place = 0, list[AuditLine](), _place(cursor, asked.end)
        for at, line in _walk(connection, _Wanted(hall, start, conditions, asked), place):
            looked, place = looked + 1, at
            if line is not None and (not asked.person or concerns(line, asked.person)):
                lines.append(line)
            if len(lines) == PAGE or looked == LOOKED_AT:
                return AuditPage(lines=with_numbers(connection, hall, lines), cursor=place.text())
        return AuditPage(lines=with_numbers(connection, hall, lines))


def _where(
    connection: Connection, hall: str, asked: AuditAsked, scope: Scope
) -> tuple[date, list[ColumnElement[bool]]] | None:
    """From which day on, and what of the envelopes; None when the number is nobody's."""
    start, conditions = asked.start, [e.c.kind == asked.kind] if asked.kind else []
    if asked.kind == ALL_TICKETS:
        conditions = [e.c.kind.in_(sorted(TICKET_KINDS))]
    if scope == "posts":
        conditions.append(e.c.kind.in_(sorted(POST_KINDS)))
    if asked.number:
        found = numbered(connection, hall, asked.number) if scope in ("all", "tickets") else None
        if found is None:
            return None
        start = min(start, found.since)
        conditions.append(mentions(e.c.subjects, found.ids))
    return start, conditions


@dataclass(frozen=True)
class _Wanted:
    hall: str
    start: date
    conditions: list[ColumnElement[bool]]
    asked: AuditAsked

    @property
    def events(self) -> bool:
        """A case has no sign-ins."""
        return not self.asked.number


def _walk(connection: Connection, wanted: _Wanted, place: _Place) -> Iterator[tuple[_Place, AuditLine | None]]:
    """Every row from a place on, day by day; days without rows are stepped over."""
    day: date | None = place.day
    before = place.before
    while day is not None and day >= wanted.start:
        rows = _of_day(connection, wanted, day, before)
        for key, line in rows:
            yield _Place(day, key), line
        if len(rows) < CHUNK:
            day, before = _earlier(connection, wanted, day), ""
        else:
            before = rows[-1][0]


def _of_day(connection: Connection, wanted: _Wanted, day: date, before: str) -> list[tuple[str, AuditLine | None]]:
    """The newest of a day's rows behind an id, both kinds together."""
    behind = [e.c.id < before] if before else []
    acts = select(e.c.id, e.c.envelope, e.c.subjects, e.c.state).where(
        e.c.hall == wanted.hall, e.c.day == day, *wanted.conditions, *behind
    )
    found: list[tuple[str, AuditLine | None]] = [
        (r.id, line_of(r.envelope, state=r.state, subjects=tuple(r.subjects.split())))
        for r in connection.execute(acts.order_by(e.c.id.desc()).limit(CHUNK))
    ]
    if wanted.events:
        found += [(line.id, line) for line in _events(connection, wanted, day, before)]
    return sorted(found, key=lambda pair: pair[0], reverse=True)[:CHUNK]


def _events(connection: Connection, wanted: _Wanted, day: date, before: str) -> list[AuditLine]:
    start = datetime.combine(day, time(), HALL_ZONE)
    where: list[ColumnElement[bool]] = [v.c.hall == wanted.hall, v.c.at >= start, v.c.at < start + timedelta(days=1)]
    where += [v.c.id < before] if before else []
    where += [v.c.kind == wanted.asked.kind] if wanted.asked.kind else []
    where += [v.c.person == wanted.asked.person] if wanted.asked.person else []
    rows = connection.execute(select(v).where(*where).order_by(v.c.id.desc()).limit(CHUNK))
    return [_event(row) for row in rows]


def _event(row: Any) -> AuditLine:
    plain = {"at": row.at, "kind": row.kind, "actor": row.person, "window": row.window, "device": row.device}
    return AuditLine(id=row.id, words=row.words, **plain)


def _earlier(connection: Connection, wanted: _Wanted, day: date) -> date | None:
    """The next day back that has any row at all."""
    acts = select(func.max(e.c.day)).where(e.c.hall == wanted.hall, e.c.day < day, e.c.day >= wanted.start)
    moment = datetime.combine(day, time(), HALL_ZONE)
    events = select(v.c.at).where(v.c.hall == wanted.hall, v.c.at < moment).order_by(v.c.at.desc()).limit(1)
    last = connection.execute(events).scalar_one_or_none() if wanted.events else None
    days = [connection.execute(acts).scalar_one_or_none(), last.date() if last else None]
    return max((one for one in days if one is not None), default=None)


def _place(cursor: str, end: date) -> _Place:
    if not cursor:
        return _Place(end)
    day, _, before = cursor.partition("|")
    try:
        return _Place(date.fromisoformat(day), before)
    except ValueError as error:
        raise unreadable_request() from error


def page_of(office: CentreOffice, device: Device, asked: AuditAsked, cursor: str, scope: Scope) -> AuditPage:
    """What the asker may see; the last day is never after today."""
    return read_page(office, device.hall, replace(asked, end=min(asked.end, office.now().date())), cursor, scope)

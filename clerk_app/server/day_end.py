"""当日收尾 at the centre: who was never called is not served that day, never passed; of a day gone by, or an hour after closing.

No clock of ours runs for this: whichever machine asks next makes the centre look, at most once a minute a process. A window that
may have called a ticket by itself, and has not yet been heard of since, is waited for: its word goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, select

from clerk_app.command import ticket_subject
from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE
from clerk_app.queueing.issuing import unserved
from clerk_app.queueing.model import Ticket
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks, remember
from clerk_app.server.locks import lock_subjects
from clerk_app.server.tables import devices, window_beats
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import tickets

MOST = 500
"""In one transaction."""
BACK = timedelta(days=30)
"""What is older was ended long ago, or belongs to a machine that is gone."""
PATIENCE = timedelta(days=3)
"""How long a machine that is not heard of is waited for."""
AFTER_CLOSING = timedelta(hours=1)
"""The duty manager ends the day himself, with slips; nobody left to do it, the centre does."""
t, d, w = tickets.c, devices.c, window_beats.c
_left = (
    select(tickets)
    .where(
        t.hall == bindparam("hall"),
        t.day >= bindparam("first"),
        t.day <= bindparam("last"),
        t.state.in_(("issuing", "waiting", "called", "held")),
    )
    .order_by(t.day, t.taken_at, t.id)
    .limit(MOST)
)
_machines = (
    select(d.id, d.window, d.seen_at, w.open)
    .select_from(devices.outerjoin(window_beats, (w.hall == d.hall) & (w.device == d.id)))
    .where(d.hall == bindparam("hall"), d.revoked.is_(False))
)


@dataclass(frozen=True)
class _Machine:
    """A machine, when it was heard of, and whether it last said that somebody calls there (None: it never said)."""

    id: str
    window: int
    seen_at: datetime
    open: bool | None


@dataclass(frozen=True)
class _Look:
    """One look at a hall's tickets."""

    office: CentreOffice
    hall: Hall
    books: CentreBooks
    now: datetime

    def over(self) -> list[Ticket]:
        """What is to be ended now; as a rule nothing."""
        last = self.now.date() if self._closed() else self.now.date() - timedelta(days=1)
        asked = {"hall": self.hall.id, "first": self.now.date() - BACK, "last": last}
        left: Sequence[Ticket] = self.books.cabinet.query("ticket", _left, **asked)
        if not left:
            return []
        rows = self.books.cabinet.connection.execute(_machines, {"hall": self.hall.id})
        machines = [_Machine(*row) for row in rows]
        return [ticket for ticket in left if not self._may_yet_speak(ticket, machines)]

    def _closed(self) -> bool:
        """Today too: the hall gives slips for the next day, has closed, and an hour has passed."""
        if self.hall.queue.next_day != "slip" or not self.hall.hours:
            return False
        return self.now >= datetime.combine(self.now.date(), self.hall.hours[-1][1], self.now.tzinfo) + AFTER_CLOSING

    def _may_yet_speak(self, ticket: Ticket, machines: Iterable[_Machine]) -> bool:
        holder = self.books.cabinet.holder(ticket_subject(ticket.id))
        mine = (one for one in machines if one.id == holder or (ticket.fallback and one.window == ticket.fallback))
        return any(self._waited_for(one, ticket.day) for one in mine)

    def _waited_for(self, machine: _Machine, day: date) -> bool:
        over = self._over_at(day)
        if machine.seen_at >= over:
            return not self.office.ears.steady(machine.id, self.now)
        said_goodbye = machine.open is False
        return not said_goodbye and self.now < over + PATIENCE

    def _over_at(self, day: date) -> datetime:
        """When that day's calling was over."""
        last = self.hall.hours[-1][1] if self.hall.hours and self.hall.queue.next_day == "slip" else time.max
        return datetime.combine(day, last, self.now.tzinfo)


def end_days(office: CentreOffice, hall_id: str) -> None:
    """End what is over, tell everyone; as a rule nothing is written."""
    now = office.now()
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        found = _look(office, hall, Cabinet(connection, hall_id), now).over()
    if not found:
        return
    with office.database.writing() as connection:
        lock_subjects(connection, hall_id, ["day_end", *(ticket_subject(one.id) for one in found)])
        look = _look(office, hall, Cabinet(connection, hall_id), now)
        locked = {one.id for one in found}
        _write(look, [one for one in look.over() if one.id in locked])


def _look(office: CentreOffice, hall: Hall, cabinet: Cabinet, now: datetime) -> _Look:
    return _Look(office, hall, CentreBooks(cabinet, hall, CENTRE), now)


def _write(look: _Look, over: Iterable[Ticket]) -> None:
    """As they stand now, under their locks; nobody holds them any more."""
    cabinet, books = look.books.cabinet, look.books
    for ticket in over:
        if (ended := unserved(ticket, look.now)) is not None:
            books.put_ticket(ended)
            if books.holder(ticket_subject(ticket.id)):
                books.give_back(ticket_subject(ticket.id))
    cabinet.flush()
    remember(cabinet.connection, look.hall.id, cabinet.ended(), lambda _: "given_back")
    values = ((subject, cabinet.get(*subject.split(":", 1))) for subject in cabinet.touched())
    entries = [feed.Entry(subject, value, *cabinet.hold_of(subject)[:2]) for subject, value in values]
    feed.append(cabinet.connection, look.hall.id, entries)

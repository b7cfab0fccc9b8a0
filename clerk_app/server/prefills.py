"""预填 what citizens filled in at self-fill places, kept until a window takes it or the next open day is over.

It is no command and no case: nobody has signed it. A self-fill place puts in and never gets anything back; out it goes only to
the person who serves that ticket, and who put in or took out is written down without a word of the content.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, null, select, update

from clerk_app.ports.prefills import Prefill, PrefillKept, PrefillLine
from clerk_app.queueing.carrying import MOST as MOST_ATTEMPTS
from clerk_app.queueing.carrying import carried_ticket
from clerk_app.queueing.citizen_token import is_token, ticket_token
from clerk_app.queueing.rules import CARRIED
from clerk_app.registration.document import storable
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, Knock
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import Place, note
from clerk_app.server.signed_persons import Caller, not_him, seated
from clerk_app.server.tables import prefills
from clerk_app.store.cabinet import insert_once
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables import tickets
from clerk_app.sync.protocol import PREFILL_NONE

MOST = 400
"""Of one device, not taken and not over; ten an hour for a week."""
LISTED = 2000
CARRIED_FROM = timedelta(days=15)
"""No rest is longer: a slip for the next open day is of some day in it."""

p, t = prefills, tickets
_open_day = ("waiting", "called", "serving")


@dataclass(frozen=True, kw_only=True)
class Said:
    """交上来的 as the self-fill place says it."""

    session: str
    form_version: str
    filled: int
    steps: int
    document: Mapping[str, Any] = field(repr=False)


def save(office: CentreOffice, device: Device, ticket: str, said: Said) -> PrefillKept:
    """By a ticket's token or by its number of today. One with nothing in it says that somebody has sat down with the ticket.

    Raises `prefill-unstorable`, `prefill-number-unknown`, `prefill-ticket-over`, `prefill-elsewhere`, `prefill-taken`,
    `too-many-prefills`.
    """
    if not storable(said.document):
        raise ProblemError(
            422, "prefill-unstorable", "表里有存不了的内容，中心没收，填的都还在这台机器上。改短一些再交。"
        )
    now = office.now()
    with office.database.writing() as connection:
        _sweep(connection, (p.c.hall == device.hall, p.c.expires_at <= now))
        found = _ticket(connection, device.hall, ticket, now.date())
        if found is None and not is_token(ticket):
            raise ProblemError(
                404, "prefill-number-unknown", f"今天没有 {ticket} 这个号。看看票上的号码，或扫票上的码。"
            )
        if found is not None and found.state not in _open_day:
            raise ProblemError(
                409, "prefill-ticket-over", f"{found.number} 号已经办完了，这一份没有收。重新取号，再填一次。"
            )
        number, token = ("", ticket) if found is None else (found.number, ticket_token(found.id))
        fresh = {**_row(office, connection, device, said), "ticket": token, "number": number}
        _put(connection, device, fresh)
        words = f"{number or '还没到中心的号'}，{said.steps} 步里填了 {said.filled} 步"
        note(connection, Place(device, now), "prefill_saved", "", words)
    return PrefillKept(number=number, saved_at=now, expires_at=fresh["expires_at"])


def read(office: CentreOffice, device: Device, knock: Knock, caller: Caller, ticket: str) -> Prefill:
    """For who serves the ticket. Raises `prefill-not-signed`, `prefill-not-yours`, `prefill-none`."""
    with office.database.writing() as connection:
        served = _served(office, connection, device, knock, caller, ticket)
        row = _brought(connection, device.hall, served)
        if row is None or row.document is None or row.expires_at <= office.now():
            raise ProblemError(404, PREFILL_NONE, "这张号票没有自助预填。照常在这里填。")
        note(connection, Place(device, office.now()), "prefill_read", caller.person, row.number)
    names = ("number", "saved_at", "form_version", "filled", "steps", "document")
    return Prefill(**{name: getattr(row, name) for name in names})


def take(office: CentreOffice, device: Device, knock: Knock, caller: Caller, ticket: str) -> None:
    """Marked taken and wiped; said twice, the first time counts."""
    now = office.now()
    with office.database.writing() as connection:
        served = _served(office, connection, device, knock, caller, ticket)
        row = _brought(connection, device.hall, served)
        if row is None or row.document is None:
            return
        wiped = {"document": null(), "taken_by": caller.person, "taken_at": now}
        connection.execute(update(p).where(p.c.hall == device.hall, p.c.ticket == row.ticket).values(**wiped))
        note(connection, Place(device, now), "prefill_taken", caller.person, row.number)


def of_day(office: CentreOffice, device: Device, day: date) -> tuple[PrefillLine, ...]:
    """Which tickets of a day have one; nothing of the content."""
    where = (p.c.hall == device.hall, p.c.day == day, p.c.expires_at > office.now())
    with office.database.reading() as connection:
        rows = connection.execute(select(p).where(*where).order_by(p.c.number, p.c.saved_at).limit(LISTED)).all()
    return tuple(
        PrefillLine(
            number=row.number, saved_at=row.saved_at, filled=row.filled, steps=row.steps, taken=row.taken_at is not None
        )
        for row in rows
    )


def sweep(office: CentreOffice) -> int:
    """清扫 what is over, of all halls; answers how many."""
    with office.database.writing() as connection:
        return _sweep(connection, (p.c.expires_at <= office.now(),))


def end_of_next_open_day(office: CentreOffice, connection: Connection, hall: str, today: date) -> datetime:
    """Whoever could not be served today comes again on the next day the hall is open."""
    last = office.hall_in_force(connection, hall).calendar.due(today, 1).due
    return datetime.combine(last + timedelta(days=1), time(), HALL_ZONE)


def _sweep(connection: Connection, where: tuple[ColumnElement[bool], ...]) -> int:
    return connection.execute(delete(p).where(*where)).rowcount


def _ticket(connection: Connection, hall: str, ticket: str, today: date) -> Row[Any] | None:
    """The ticket of today that is meant; None when the centre has not heard of it yet (taken with the line cut)."""
    of_today = select(t).where(t.c.hall == hall, t.c.day == today)
    if not is_token(ticket):
        return connection.execute(of_today.where(t.c.number == ticket)).one_or_none()
    return next((row for row in connection.execute(of_today) if ticket_token(row.id) == ticket), None)


def _row(office: CentreOffice, connection: Connection, device: Device, said: Said) -> dict[str, Any]:
    now = office.now()
    return {
        "hall": device.hall,
        "day": now.date(),
        **vars(said),
        "saved_at": now,
        "device": device.id,
        "taken_by": "",
        "taken_at": None,
        "expires_at": end_of_next_open_day(office, connection, device.hall, now.date()),
    }


def _put(connection: Connection, device: Device, fresh: dict[str, Any]) -> None:
    """In; over what the same session put in before or what has nothing in it yet, and over nobody else's."""
    mine = (p.c.hall == device.hall, p.c.device == device.id, p.c.taken_at.is_(None))
    if connection.execute(select(func.count()).select_from(p).where(*mine)).scalar_one() >= MOST:
        raise ProblemError(
            429, "too-many-prefills", "这台机器交上来的太多，中心先不收，填的都还在。到窗口说一声。", retry_after=60
        )
    if insert_once(connection, p, fresh, ("hall", "ticket")):
        return
    known = _of_token(connection, device.hall, fresh["ticket"])
    if known is None or known.taken_at is not None:
        raise ProblemError(409, "prefill-taken", "窗口已经采用了您交的那一份，这一份没有收。要改，到窗口说。")
    if known.session != fresh["session"] and known.filled:
        when = f"{known.saved_at.astimezone(HALL_ZONE):%H:%M}"
        raise ProblemError(
            409, "prefill-elsewhere", f"这张号票 {when} 已经在别处交过一份，没有盖掉它，这一份没有收。到窗口说一声。"
        )
    connection.execute(update(p).where(p.c.hall == device.hall, p.c.ticket == known.ticket).values(**fresh))


def _brought(connection: Connection, hall: str, served: Row[Any]) -> Row[Any] | None:
    """What was put in with this ticket; who came again with the slip for the next day put it in with the one of that day."""
    own = _of_token(connection, hall, ticket_token(served.id))
    if own is not None or served.priority != CARRIED:
        return own
    unserved = (t.c.hall == hall, t.c.state == "not_served", t.c.day < served.day, t.c.day >= served.day - CARRIED_FROM)
    for old in connection.execute(select(t.c.id).where(*unserved)).scalars():
        if served.id in (carried_ticket(old, attempt) for attempt in range(MOST_ATTEMPTS)):
            return _of_token(connection, hall, ticket_token(old))
    return None


def _of_token(connection: Connection, hall: str, token: str) -> Row[Any] | None:
    """The row, locked."""
    return connection.execute(select(p).where(p.c.hall == hall, p.c.ticket == token).with_for_update()).one_or_none()


def _served(
    office: CentreOffice, connection: Connection, device: Device, knock: Knock, caller: Caller, ticket: str
) -> Row[Any]:
    """The ticket, if who asks has it at his window or had it there."""
    who = seated(office, connection, device, knock, caller)
    if who is None:
        raise not_him("prefill-not-signed")
    row = connection.execute(select(t).where(t.c.hall == device.hall, t.c.id == ticket)).one_or_none()
    if row is None or row.window != who.seat.window:
        raise ProblemError(403, "prefill-not-yours", "这张号票不是您窗口叫的，没有给。谁叫的号，谁看预填。")
    return row

"""占用 a device asks for a subject; the first that asks for a free one has it, and everyone hears of it by the feed.

Each hold given here has a fence, larger than any before in the hall: a command done under an older one is known by it.
Nobody takes a subject from a machine that is silent: it gives it back, or reads out the release code, or two persons
break the hold; a hold that lapsed is free only when its machine was heard of since, and did not ask for it again.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from clerk_app.hall import Hall
from clerk_app.office.hold_rules import HELD, until_of
from clerk_app.ports import HoldGrant
from clerk_app.queueing.model import Ticket
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device
from clerk_app.server.giving import new_code, next_fence
from clerk_app.server.leases import read_line
from clerk_app.server.locks import lock_subjects
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.tables import devices, past_holds, release_codes
from clerk_app.store.books import SqlBooks
from clerk_app.store.cabinet import Cabinet, upsert
from clerk_app.store.held import Hold

LONGEST = 48
TRIES = 5
LATE = timedelta(minutes=5)
_no = HoldGrant(granted=False)


class CentreBooks(SqlBooks):
    """账 as the centre judges by it: it waits longer than the holder, and knows who held what before."""

    margin = LATE

    @property
    def has_every_company(self) -> bool:
        """登记档案都在中心."""
        return True

    def past_hold(self, subject: str, fence: int) -> str:
        """从前的占用."""
        p = past_holds
        query = select(p.c.how).where(
            p.c.hall == self.hall.id, p.c.subject == subject, p.c.fence == fence, p.c.device == self.device
        )
        return self.cabinet.connection.execute(query).scalar_one_or_none() or ""


def remember(connection: Connection, hall: str, ended: Sequence[tuple[str, Hold]], how: Callable[[Hold], str]) -> None:
    """Who held it until now, and why no longer."""
    plain = [(subject, hold, hold.device) for subject, hold in ended]
    rows = [
        {"hall": hall, "subject": subject, "fence": hold.fence, "device": device, "how": how(hold)}
        for subject, hold, device in plain
        if device
    ]
    upsert(connection, past_holds, rows)


@dataclass
class HoldDesk:
    """占用台 one request for a hold, in its transaction; the subject's lock is held."""

    connection: Connection
    device: Device
    subject: str
    hall: Hall
    now: datetime
    cabinet: Cabinet

    @property
    def held(self) -> Hold:
        """As it stands."""
        return self.cabinet.hold_of(self.subject)

    def give(self, how: str) -> HoldGrant:
        """A new hold; whose it was before is kept."""
        grant = self._grant(next_fence(self.connection, self.device.hall))
        self.cabinet.hold(self.subject, self.device.id, grant.fence, grant.until)
        self.cabinet.flush()
        remember(self.connection, self.device.hall, self.cabinet.ended(), lambda _: how)
        row = self.cabinet.dump(self.subject)
        if row is not None:
            feed.append(self.connection, self.device.hall, [feed.Entry(self.subject, row, self.device.id, grant.fence)])
        return grant

    def renew(self) -> HoldGrant:
        """The same hold, longer; asked again after a lost answer, the same code."""
        grant = self._grant(self.held.fence)
        self.cabinet.hold(self.subject, self.device.id, grant.fence, grant.until)
        self.cabinet.flush()
        return grant

    def said_again(self) -> HoldGrant:
        """As it stands, for whoever lost the answer; nothing is written, so it needs no lock."""
        held = self.held
        code = _code(self.connection, self.device.hall, self.subject, held.fence)
        return HoldGrant(granted=True, fence=held.fence, until=held.until, release_code=code)

    def _grant(self, fence: int) -> HoldGrant:
        code = _code(self.connection, self.device.hall, self.subject, fence)
        return HoldGrant(granted=True, fence=fence, until=self.hall.hold_end(self.now), release_code=code)

    def lapsed(self) -> bool:
        """Its time is over, and its machine was here since and did not ask for more."""
        books = CentreBooks(self.cabinet, self.hall, self.held.device or "")
        until = until_of(self.subject, books)
        if until is None or self.now <= until + LATE:
            return False
        d = devices
        seen = select(d.c.seen_at).where(d.c.hall == self.device.hall, d.c.id == self.held.device)
        at = self.connection.execute(seen).scalar_one_or_none()
        return at is not None and at > until + LATE


def claim(office: CentreOffice, device: Device, subject: str, release_code: str = "") -> HoldGrant:
    """The hold, if it is this device's now; raises the problems `release-code-wrong` and `release-code-spoiled`."""
    if not subject.isascii() or not subject.isprintable() or len(subject) > LONGEST:
        raise unreadable_request()
    if not subject.startswith(HELD):
        return _no
    with office.database.writing() as connection:
        lock_subjects(connection, device.hall, [subject])
        hall = office.hall_in_force(connection, device.hall)
        cabinet = Cabinet(connection, device.hall)
        cabinet.load([subject])
        answer = _judge(HoldDesk(connection, device, subject, hall, office.now(), cabinet), release_code)
    if isinstance(answer, ProblemError):
        raise answer
    return answer


def _judge(desk: HoldDesk, release_code: str) -> HoldGrant | ProblemError:
    """A wrong code is counted in this transaction, so the problem is raised after it."""
    holder = desk.held.device
    if holder == desk.device.id:
        return desk.renew()
    if holder and release_code:
        return _take_over(desk, release_code)
    if holder:
        return desk.give("lapsed") if desk.lapsed() else _no
    value = desk.cabinet.get(*desk.subject.split(":", 1))
    if value is None or (isinstance(value, Ticket) and not _may_be_taken(desk, value)):
        return _no
    return desk.give("")


def _may_be_taken(desk: HoldDesk, ticket: Ticket) -> bool:
    """Waiting, and not in the share of a window that is silent."""
    line = read_line(desk.connection, desk.hall.id, desk.hall.queue.timing.silent)
    window = line.at.get(desk.device.id, desk.device.window)
    today = ticket.day == desk.now.date()
    return today and ticket.state == "waiting" and ticket.fallback not in line.withheld(window, desk.device.id)


def _take_over(desk: HoldDesk, told: str) -> HoldGrant | ProblemError:
    c = release_codes
    where = (c.c.hall == desk.device.hall, c.c.subject == desk.subject, c.c.fence == desk.held.fence)
    known = desk.connection.execute(select(c.c.code, c.c.tries).where(*where)).one_or_none()
    if known is None:
        return ProblemError(
            403, "release-code-none", "这件没有交接码，没有变化。等那个窗口交出来，或请值班长解除占用。"
        )
    if known.tries >= TRIES:
        return _spoiled()
    if hmac.compare_digest(known.code.encode(), told.strip().encode()):
        return desk.give("released")
    desk.connection.execute(update(c).where(*where).values(tries=known.tries + 1))
    left = TRIES - known.tries - 1
    if not left:
        return _spoiled()
    return ProblemError(403, "release-code-wrong", f"交接码不对，还可试 {left} 次，没有变化。请对方再读一遍。")


def _spoiled() -> ProblemError:
    return ProblemError(
        423, "release-code-spoiled", f"交接码连续错 {TRIES} 次，已作废，没有变化。请值班长和首席代表解除占用。"
    )


def _code(connection: Connection, hall: str, subject: str, fence: int) -> str:
    """The code of this very hold, made at its first giving."""
    c = release_codes
    query = select(c.c.code).where(c.c.hall == hall, c.c.subject == subject, c.c.fence == fence)
    known = connection.execute(query).scalar_one_or_none()
    if known is not None:
        return str(known)
    code = new_code()
    upsert(connection, c, [{"hall": hall, "subject": subject, "fence": fence, "code": code, "tries": 0}])
    return code

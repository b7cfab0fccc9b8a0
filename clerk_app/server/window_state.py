"""窗口此刻 all that is asked of a window before it is given a ticket, in one statement, and why it is given none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, String, bindparam, cast, literal, select

from clerk_app.command import ticket_subject
from clerk_app.duty.records import Pause
from clerk_app.hall import Hall
from clerk_app.ports.queue import NextGiven
from clerk_app.queueing.usecases import serving_letters
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import PREPARED
from clerk_app.server.devices import Device
from clerk_app.server.holds import CentreBooks, HoldDesk
from clerk_app.server.leases import Line, LineLook
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import window_calls
from clerk_app.store.cabinet import Cabinet, Question
from clerk_app.store.gathering import Look, Row, look_together
from clerk_app.store.queueing import letters_of_day
from clerk_app.store.tables import holds, pauses, tickets

_t, _h, _c = tickets.c, holds.c, window_calls.c
# By the key, in one look: joined, a table nobody has counted yet would be read through.
_its_ticket = select(cast(_t.day, String) + " " + _t.state + " " + _t.number).where(
    _t.hall == _c.hall, _t.id == _c.ticket
)


def _holder_of(hall: ColumnElement[str], ticket: ColumnElement[str]) -> ColumnElement[str]:
    held = select(_h.device).where(_h.hall == hall, _h.subject == literal("ticket:") + ticket)
    return held.scalar_subquery().label("holder")


_last = select(
    _c.device, _c.ticket, _holder_of(_c.hall, _c.ticket), _its_ticket.scalar_subquery().label("stands")
).where(_c.hall == bindparam("hall"), _c.window == bindparam("window"))
_open_here = select(_t.id, _t.number, _t.clerk, _holder_of(_t.hall, _t.id)).where(
    _t.hall == bindparam("hall"),
    _t.day == bindparam("day"),
    _t.window == bindparam("window"),
    _t.state.in_(("called", "serving")),
)
_p = pauses.c
_paused = Question(
    "pause",
    select(pauses).where(_p.hall == bindparam("hall"), _p.back_by == ""),
    fits=lambda row, asked: not row.back_by,
)


@dataclass
class WindowState:
    """窗口此刻 in the transaction of one request of this machine: what was given there last, what is open, who is on the line."""

    office: CentreOffice
    connection: Connection
    device: Device
    window: int
    last: Row = field(default_factory=dict)
    opened: Row = field(default_factory=dict)
    line: Line = field(default_factory=Line)

    @cached_property
    def now(self) -> datetime:
        """Hall time, once a request."""
        return self.office.now()

    @property
    def today(self) -> date:
        """The hall's day."""
        return self.now.date()

    @cached_property
    def hall(self) -> Hall:
        """The version in force; it came with the answer to who asks."""
        known = self.office.hall(self.connection, self.device.hall, self.device.hall_version)
        return known or self.office.hall_in_force(self.connection, self.device.hall)

    @cached_property
    def cabinet(self) -> Cabinet:
        """What was read of it."""
        return Cabinet(self.connection, self.device.hall)

    @cached_property
    def books(self) -> CentreBooks:
        """The centre's, for this machine."""
        return CentreBooks(self.cabinet, self.hall, self.device.id)

    @cached_property
    def usual_letters(self) -> tuple[str, ...]:
        """As the hall's data says. Raises `unknown-window`."""
        known = self.hall.roster.windows.get(self.window)
        if known is None:
            raise unknown_window(self.window)
        return known.letters

    @property
    def letters(self) -> tuple[str, ...]:
        """What it calls today."""
        return serving_letters(self.books, self.window, self.today)

    def look(self, *more: Look) -> None:
        """All at once, before anything else is asked."""
        here = {"hall": self.device.hall, "window": self.window, "day": self.today}
        line = LineLook(self.device.hall, self.hall.queue.timing.silent)
        last: list[Row] = []
        opened: list[Row] = []
        asked = [(_paused, {"hall": self.device.hall}), letters_of_day(self.device.hall, self.today)]
        looks = [line.look, Look(_last, here, last.extend), Look(_open_here, here, opened.extend)]
        look_together(self.connection, [*looks, *self.cabinet.looks(asked), *more], **{PREPARED: True})
        self.line, self.last, self.opened = line.line, next(iter(last), {}), next(iter(opened), {})

    @property
    def withheld(self) -> frozenset[int]:
        """Whose share this window may not be given."""
        return self.line.withheld(self.window, self.device.id)

    @property
    def led(self) -> frozenset[int]:
        """Windows that are there to call those who were led to them."""
        return self.line.open - {row.window for row in self._pauses()}

    def given_but(self, after: Collection[str]) -> NextGiven | None:
        """The last one, if this machine got it and has not been heard to call it, nor says that it has."""
        last = self.last
        if not self._last_waits() or last["device"] != self.device.id or last["ticket"] in after:
            return None
        subject = ticket_subject(last["ticket"])
        grant = HoldDesk(self.connection, self.device, subject, self.hall, self.now, self.cabinet).said_again()
        return NextGiven(ticket=last["ticket"], row=self.cabinet.dump(subject) or {}, hold=grant)

    def refusal(self) -> NextGiven | None:
        """Paused, or somebody else's as well."""
        mine = [row for row in self._pauses() if (row.device, row.window) == (self.device.id, self.window)]
        if any(row.in_force(self.now) for row in mine):
            return NextGiven(type="window-paused", sentence=f"{self.window}号窗口暂停着，没有叫号。先返回，再叫。")
        opened, last = self.opened, self.last
        if opened and opened["holder"] not in (None, "", self.device.id):
            clerk = self.hall.roster.name_of(opened["clerk"])
            return self._busy(f"{clerk} 在另一台电脑上正办 {opened['number']}")
        if self._last_waits() and last["device"] != self.device.id and not self.line.away(last["device"]):
            return self._busy(f"另一台电脑刚叫了 {last['stands'].split()[-1]}")
        return None

    def _busy(self, what: str) -> NextGiven:
        said = f"{self.window}号窗口两个人登着：{what}，这里没有叫号。核对两台电脑的窗口号，改一台再叫。"
        return NextGiven(type="window-busy", sentence=said)

    def _last_waits(self) -> bool:
        """What was given last is in its machine's hold, and nobody heard yet that it was called."""
        last = self.last
        waits = f"{self.today.isoformat()} waiting "
        return bool(last) and last["holder"] == last["device"] and (last["stands"] or "").startswith(waits)

    def _pauses(self) -> tuple[Pause, ...]:
        rows = self.cabinet.ask(_paused, hall=self.device.hall)
        return tuple(row for row in rows if row.start.date() == self.today)


def unknown_window(window: int) -> ProblemError:
    """没有这个窗口."""
    return ProblemError(409, "unknown-window", f"本大厅没有{window}号窗口，什么都没动。核对这台电脑的窗口号。")

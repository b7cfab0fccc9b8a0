"""份额 whose share a waiting ticket is when the centre is away: dealt when it comes to wait, and again when windows open or close.

The share of a window that is silent is never touched. One dealing at a time; what a judgement has in hand just then is left
for the next one. A ticket in somebody's hold is dealt to nobody, and one of a reserve stays with the window its slip names
while that is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, func, literal, not_, or_, select, update

from clerk_app.command import ticket_subject
from clerk_app.hall import Hall
from clerk_app.queueing.dealing import OpenWindow, deal
from clerk_app.queueing.model import Ticket, letters_of
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.cut_windows import tell_cuts
from clerk_app.server.database import PREPARED
from clerk_app.server.holds import CentreBooks
from clerk_app.server.leases import Line, LineLook
from clerk_app.server.locks import lock_subjects, try_all
from clerk_app.store.among import among
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.gathering import Look, Row, look_together
from clerk_app.store.queueing import letters_of_day
from clerk_app.store.rows import shelves, to_value
from clerk_app.store.tables import holds, tickets

MOST = 400
"""Tickets moved in one transaction: each is locked while it is."""
SOON = timedelta(seconds=2)
_TURN = "queue-deal"
_t, _h = tickets.c, holds.c
_today = (_t.hall == bindparam("hall"), _t.day == bindparam("day"), _t.state == "waiting")
_loads = select(_t.fallback, func.count().label("count")).where(*_today, _t.fallback != 0).group_by(_t.fallback)
_waiting = select(tickets).where(*_today)
_held = exists().where(_h.hall == _t.hall, _h.subject == literal("ticket:") + _t.id, _h.device != "")
_misdealt = (
    select(_t.id)
    .where(
        *_today,
        among(_t.letter, "letters"),
        or_(_t.fallback == 0, not_(among(_t.fallback, "open"))),
        ~_held,
    )
    .limit(1)
)
_move = (
    update(tickets)
    .where(
        _t.hall == bindparam("of"),
        among(_t.id, "ids"),
        _t.state == "waiting",
        _t.fallback == bindparam("share_before"),
    )
    .values(fallback=bindparam("share_now"))
    .returning(*_t)
)


class _Move(NamedTuple):
    ticket: str
    before: int
    to: int


@dataclass
class Windows:
    """开着的窗口 as the centre has them on the line, with what they call today and how many wait for each."""

    hall: Hall
    day: date
    cabinet: Cabinet
    line: Line = field(default_factory=Line)
    loads: Mapping[int, int] = field(default_factory=dict)

    def look(self, *, loads: bool = True) -> Windows:
        """In one statement; `loads`: with how many wait for each."""
        asked = LineLook(self.hall.id, self.hall.queue.timing.silent)
        found: list[Row] = []
        letters = self.cabinet.looks([letters_of_day(self.hall.id, self.day)])
        counted = [Look(_loads, {"hall": self.hall.id, "day": self.day}, found.extend)] if loads else []
        look_together(self.cabinet.connection, [asked.look, *letters, *counted], **{PREPARED: True})
        self.line, self.loads = asked.line, {row["fallback"]: row["count"] for row in found}
        return self

    @property
    def open(self) -> tuple[OpenWindow, ...]:
        """Every one of them, heard of or not."""
        changed = CentreBooks(self.cabinet, self.hall, "").window_letters(self.day)
        roster = self.hall.roster.windows
        return tuple(
            OpenWindow(
                number=number,
                letters=letters_of(changed, number, roster[number].letters),
                items=frozenset(item.code for item in self.hall.items_at(number)),
                heard=number not in self.line.silent,
            )
            for number in sorted(self.line.open & roster.keys())
        )

    @property
    def standing(self) -> frozenset[object]:
        """What a dealing rests on: when it is another, tickets are dealt again."""
        return frozenset((one.number, one.heard, tuple(one.letters), self.day) for one in self.open)


def deal_fresh(cabinet: Cabinet, hall: Hall, now: datetime) -> None:
    """What came to wait in this unit of work and is nobody's gets a window that is heard of, before it is written."""
    fresh = [one for one in cabinet.written("ticket") if _is_nobodys(one, cabinet, now)]
    if not fresh:
        return
    windows = Windows(hall, now.date(), cabinet).look()
    open_ = windows.open
    loads = {one.number: windows.loads.get(one.number, 0) for one in open_ if one.heard}
    for ticket in sorted(fresh, key=lambda one: one.order):
        led = _as_led(ticket, windows.line.open)
        takers = [one.number for one in open_ if one.heard and one.takes(led)]
        if takers:
            number = min(takers, key=lambda one: (loads[one], one))
            loads[number] += 1
            cabinet.put("ticket", replace(ticket, fallback=number))


def _is_nobodys(ticket: Ticket, cabinet: Cabinet, now: datetime) -> bool:
    plain = ticket.state == "waiting" and not ticket.fallback and ticket.day == now.date()
    return plain and not cabinet.holder(ticket_subject(ticket.id))


def _as_led(ticket: Ticket, open_: Collection[int]) -> Ticket:
    """Led to a window where nobody calls, it is anybody's."""
    return ticket if ticket.to_window in open_ else replace(ticket, to_window=0)


def keep_dealt(office: CentreOffice, windows: Windows) -> None:
    """After a beat: dealt again when the windows are others than at this process's last look, or something lies undealt.

    Whoever looks first does it; a second process finds nothing to do. While one is at it here, the next beat looks again.
    """
    ears, hall, standing = office.ears, windows.hall, windows.standing
    if not ears.dealing.acquire(blocking=False):
        return
    try:
        same = ears.dealt.get(hall.id) == standing
        if same and not (ears.due(ears.looked_over, hall.id, office.now(), SOON) and _lies_about(office, windows)):
            return
        redeal(office, hall.id)
        ears.dealt[hall.id] = standing
    finally:
        ears.dealing.release()


def _lies_about(office: CentreOffice, windows: Windows) -> bool:
    """A ticket that is nobody's, or of a window that has closed, while somebody is heard who calls its letter."""
    letters = {letter for one in windows.open if one.heard for letter in one.letters}
    if not letters:
        return False
    wanted = {
        "hall": windows.hall.id,
        "day": windows.day,
        "letters": sorted(letters),
        "open": sorted(windows.line.open),
    }
    with office.database.reading() as connection:
        return connection.execute(_misdealt, wanted).first() is not None


def redeal(office: CentreOffice, hall_id: str) -> int:
    """分窗 over today's waiting tickets; how many went to another window. Tells what it moved, and which shares wait in a cut."""
    now = office.now()
    with office.database.writing() as connection:
        lock_subjects(connection, hall_id, [_TURN])
        cabinet = Cabinet(connection, hall_id)
        windows = _windows(office, cabinet, now)
        waiting: tuple[Ticket, ...] = cabinet.query("ticket", _waiting, hall=hall_id, day=now.date())
        moves = _moves(waiting, windows, cabinet)
        feed.append(connection, hall_id, tell_cuts(cabinet, windows.hall, windows.line, waiting, now))
    return sum(_move_some(office, hall_id, moves[at : at + MOST]) for at in range(0, len(moves), MOST))


def _windows(office: CentreOffice, cabinet: Cabinet, now: datetime) -> Windows:
    hall = office.hall_in_force(cabinet.connection, cabinet.hall)
    return Windows(hall, now.date(), cabinet).look(loads=False)


def _moves(waiting: Iterable[Ticket], windows: Windows, cabinet: Cabinet) -> list[_Move]:
    line = windows.line.open
    free = {
        one.id: one
        for one in waiting
        if not cabinet.holder(ticket_subject(one.id)) and not (one.reserve and one.fallback in line)
    }
    dealt = deal((_as_led(one, line) for one in free.values()), windows.open)
    return [_Move(key, free[key].fallback, to) for key, to in dealt.items() if to != free[key].fallback]


def _move_some(office: CentreOffice, hall: str, moves: Sequence[_Move]) -> int:
    """Each that still stands as it was read and is in nobody's hands, if neither window has fallen silent since."""
    with office.database.writing() as connection:
        lock_subjects(connection, hall, [_TURN])
        cabinet = Cabinet(connection, hall)
        silent = _windows(office, cabinet, office.now()).line.silent.keys()
        sound = {ticket_subject(one.ticket): one for one in moves if not silent & {one.before, one.to}}
        by_pair: dict[tuple[int, int], list[str]] = {}
        for subject in try_all(connection, hall, list(sound)):
            one = sound[subject]
            by_pair.setdefault((one.before, one.to), []).append(one.ticket)
        rows: list[Mapping[str, Any]] = []
        for (before, to), keys in by_pair.items():
            said = {"of": hall, "ids": keys, "share_before": before, "share_now": to}
            rows += [dict(row) for row in connection.execute(_move, said).mappings()]
        moved = [to_value(shelves["ticket"], row) for row in rows]
        cabinet.load_holds([ticket_subject(ticket.id) for ticket in moved])
        feed.append(connection, hall, [_entry(ticket, cabinet) for ticket in moved])
    return len(moved)


def _entry(ticket: Ticket, cabinet: Cabinet) -> feed.Entry:
    subject = ticket_subject(ticket.id)
    return feed.Entry(subject, ticket, *cabinet.hold_of(subject)[:2])

"""听着 when each machine was last heard of; one that is silent while cases are in its hands becomes a task, and closes it by itself.

No clock of ours runs for this: whichever machine asks next makes the centre look, at most once a minute a process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, literal, select, update
from sqlalchemy.exc import DBAPIError

from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE, Task, task_id
from clerk_app.oversight.silence import is_silent
from clerk_app.server import feed
from clerk_app.server.cards import find_cards
from clerk_app.server.cataloguing import begin_changes
from clerk_app.server.centre import CentreOffice
from clerk_app.server.day_end import end_days
from clerk_app.server.deeming import deem_overdue
from clerk_app.server.devices import Device
from clerk_app.server.due_moves import tell_due_moves
from clerk_app.server.holds import CentreBooks
from clerk_app.server.inbox.days import expire_inbox
from clerk_app.server.locks import lock_subjects
from clerk_app.server.notices import look_for_news
from clerk_app.server.silent_limits import flag_silence
from clerk_app.server.stop_rule import stop_lines
from clerk_app.server.tables import devices
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import cases, holds

log = logging.getLogger(__name__)
_closed = ("delivered", "void")
d, h, c = devices, holds, cases

_held = (
    select(func.count())
    .select_from(h.join(c, (c.c.hall == h.c.hall) & (h.c.subject == literal("case:") + c.c.id)))
    .where(h.c.hall == d.c.hall, h.c.device == d.c.id, c.c.state.not_in(_closed))
    .scalar_subquery()
)


def heard(office: CentreOffice, device: Device) -> None:
    """This machine is there; and the hall's others are looked at, if nobody did lately."""
    now, ears = office.now(), office.ears
    if ears.hear(device.id, now):
        mine = (d.c.hall == device.hall, d.c.id == device.id, d.c.seen_at < now)
        with office.database.writing() as connection:
            connection.execute(update(d).where(*mine).values(seen_at=now))
    if ears.due(ears.looked, device.hall, now):
        for step in LOOKS:
            _carefully(step, office, device.hall)


def _carefully(step: Callable[[CentreOffice, str], None], office: CentreOffice, hall: str) -> None:
    """What one look stumbles over keeps no window from its hello; a database that is away is said as ever."""
    try:
        step(office, hall)
    except DBAPIError:
        raise
    except Exception as error:
        log.error("%s stopped: %s", step.__name__, type(error).__name__)


@dataclass(frozen=True)
class _Machine:
    id: str
    window: int
    seen_at: datetime
    held: int


def look(office: CentreOffice, hall_id: str) -> None:
    """Make what tasks are missing, close those of machines that are back; as a rule nothing is written."""
    now = office.now()
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        silent = _silent(connection, hall, now)
        same = _as_it_should_be(connection, hall, silent, now)
    if same:
        return
    with office.database.writing() as connection:
        lock_subjects(connection, hall_id, ["silence"])
        silent = _silent(connection, hall, now)
        _write(connection, hall, silent, now)


def _silent(connection: Connection, hall: Hall, now: datetime) -> dict[str, _Machine]:
    query = select(d.c.id, d.c.window, d.c.seen_at, _held).where(d.c.hall == hall.id, d.c.revoked.is_(False))
    workday = hall.calendar.is_workday(now.date())
    found = (_Machine(*row) for row in connection.execute(query))
    return {m.id: m for m in found if m.held and is_silent(m.seen_at, now, hall.hours, workday=workday)}


def _as_it_should_be(connection: Connection, hall: Hall, silent: dict[str, _Machine], now: datetime) -> bool:
    books = CentreBooks(Cabinet(connection, hall.id), hall, "")
    told = {t.subject for t in books.open_tasks(500) if t.kind == "silent_device"}
    by_hand = {m for m in silent if (t := books.task(_id(m, now))) is not None and t.closed_by not in ("", CENTRE)}
    return told == {_subject(m) for m in silent.keys() - by_hand}


def _write(connection: Connection, hall: Hall, silent: dict[str, _Machine], now: datetime) -> None:
    cabinet = Cabinet(connection, hall.id)
    books = CentreBooks(cabinet, hall, "")
    for task in books.open_tasks(500):
        if task.kind == "silent_device" and task.subject.removeprefix("device:") not in silent:
            books.put_task(replace(task, closed_at=now, closed_by=CENTRE, note="机器又有消息了。"))
    for machine in silent.values():
        known = books.task(_id(machine.id, now))
        if known is None or known.closed_by == CENTRE:
            books.put_task(_task(machine, now))
    cabinet.flush()
    rows = ((subject, cabinet.dump(subject)) for subject in cabinet.touched())
    feed.append(connection, hall.id, [feed.Entry(subject, row, None) for subject, row in rows if row is not None])


def _task(machine: _Machine, now: datetime) -> Task:
    since = f"{machine.seen_at:%H:%M}" if machine.seen_at.date() == now.date() else f"{machine.seen_at:%m月%d日 %H:%M}"
    return Task(
        id=_id(machine.id, now),
        kind="silent_device",
        subject=_subject(machine.id),
        command="",
        window=machine.window,
        words=f"{machine.window}号窗口的机器从 {since} 起没有消息，手上还有 {machine.held} 件。到窗口看看，急的件可解除占用。",
        made_at=now,
        made_by=CENTRE,
    )


def _id(device: str, now: datetime) -> str:
    """One a machine and day."""
    return task_id("silent_device", f"{device}:{now.date().isoformat()}")


def _subject(device: str) -> str:
    return f"device:{device}"


LOOKS = (
    begin_changes,
    look,
    deem_overdue,
    flag_silence,
    tell_due_moves,
    find_cards,
    look_for_news,
    end_days,
    stop_lines,
    expire_inbox,
)
"""What the centre sees to by itself; a day's catalogue first, because the others judge by it."""

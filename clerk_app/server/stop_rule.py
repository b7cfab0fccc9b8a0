"""按规则止号 no more tickets of a line whose people would not be served by closing, where the hall says so; by the centre, once a day and line.

No clock of ours runs for this: whichever machine asks next makes the centre look, at most once a minute a process. A person's word
goes before the rule's: what he opened again stays open that day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import bindparam, func, select

from clerk_app.hall import Hall
from clerk_app.oversight.model import CENTRE
from clerk_app.oversight.queue_figures import hands_of
from clerk_app.oversight.queue_pace import closing, next_opening, open_spans, outlook, pace_of, service_times
from clerk_app.queueing.model import LineStop, Ticket
from clerk_app.queueing.usecases import serving_letters, stopped
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.holds import CentreBooks
from clerk_app.server.locks import lock_subjects
from clerk_app.server.tables import window_beats
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import tickets

_ours = UUID("6b0c54f4-6f1f-5d0e-9a0b-0d3a5a5b9e21")
t, w = tickets.c, window_beats.c
_of_today = select(tickets).where(
    t.hall == bindparam("hall"), t.day == bindparam("day"), t.state.in_(("waiting", "finished"))
)
SILENT = 60.0
"""Seconds: a window that was told nothing for so long, while others were, serves nobody."""
_newest = select(func.max(w.told)).where(w.hall == bindparam("hall")).scalar_subquery()
_open = select(w.window).where(w.hall == bindparam("hall"), w.open.is_(True), w.told > _newest - SILENT).distinct()


@dataclass(frozen=True)
class _Found:
    """A line to be stopped, and when its last would be served."""

    letter: str
    waiting: int
    ends: datetime


def stop_id(hall: str, day: str, letter: str) -> str:
    """One a line and day, whoever finds it."""
    return str(uuid5(_ours, f"{hall}:{day}:{letter}"))


def stop_lines(office: CentreOffice, hall_id: str) -> None:
    """Stop what the rule stops; as a rule nothing is written."""
    now = office.now()
    with office.database.reading() as connection:
        hall = office.hall_in_force(connection, hall_id)
        if not _asked_now(hall, now):
            return
        found = _found(CentreBooks(Cabinet(connection, hall_id), hall, CENTRE), hall, now)
    if not found:
        return
    with office.database.writing() as connection:
        lock_subjects(connection, hall_id, ["stop_rule"])
        books = CentreBooks(Cabinet(connection, hall_id), hall, CENTRE)
        _write(books, hall, found, now)


def _asked_now(hall: Hall, now: datetime) -> bool:
    """The hall has such a rule, works today, and is not closed."""
    working = hall.calendar.is_workday(now.date())
    return bool(hall.queue.timing.last_minutes) and working and bool(open_spans(now, hall.hours))


def _found(books: CentreBooks, hall: Hall, now: datetime) -> list[_Found]:
    known, day = books.cabinet.connection, now.date()
    rows: Sequence[Ticket] = books.cabinet.query("ticket", _of_today, hall=hall.id, day=day)
    open_ = [row.window for row in known.execute(_open, {"hall": hall.id})]
    waiting = {
        letter: sum(one.letter == letter and one.state == "waiting" for one in rows) for letter in hall.queue.letters
    }
    hands = hands_of({number: serving_letters(books, number, day) for number in open_}, waiting)
    last = closing(day, now, hall.hours)
    latest = last - timedelta(minutes=hall.queue.timing.last_minutes) if last else None
    found = []
    for letter in sorted(letter for letter, count in waiting.items() if count):
        ends = _ends([one for one in rows if one.letter == letter], waiting[letter], hands, hall, now)
        free = (
            stopped(books, letter, day) is None and books.line_stop(stop_id(hall.id, day.isoformat(), letter)) is None
        )
        if ends is not None and latest is not None and ends > latest and free:
            found.append(_Found(letter, waiting[letter], ends))
    return found


def _ends(
    line: Sequence[Ticket], waiting: int, hands: Mapping[str, float], hall: Hall, now: datetime
) -> datetime | None:
    """None while too few were served today, or nobody serves the line: then no rule stops it."""
    seen = outlook(waiting, hands.get(line[0].letter, 0.0), pace_of(service_times(line)), now, hall.hours)
    return seen.ends if seen else None


def _write(books: CentreBooks, hall: Hall, found: Sequence[_Found], now: datetime) -> None:
    """Looked at again under the lock: another process may have been first."""
    reopens, day = next_opening(now, hall.hours, hall.calendar), now.date()
    still = {one.letter for one in _found(books, hall, now)}
    for one in found:
        if one.letter in still and reopens is not None:
            books.put_line_stop(
                LineStop(
                    id=stop_id(hall.id, day.isoformat(), one.letter),
                    day=day,
                    letter=one.letter,
                    at=now,
                    by=CENTRE,
                    reason=f"还有 {one.waiting} 人等，按现在的快慢办到 {one.ends:%H:%M}",
                    reopens=reopens,
                    rule=True,
                )
            )
    cabinet = books.cabinet
    cabinet.flush()
    rows = ((subject, cabinet.dump(subject)) for subject in cabinet.touched())
    feed.append(
        cabinet.connection, hall.id, [feed.Entry(subject, row, None) for subject, row in rows if row is not None]
    )

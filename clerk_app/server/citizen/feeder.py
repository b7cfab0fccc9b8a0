"""喂送 from the centre's feed to the citizen process: what changed, in order; everything afresh when the feed is another one.

How far it got stands at the other end alone and comes back with every answer, so that a feeder may die at any moment and
a second one does no harm. It only ever reads the centre.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, and_, not_, or_, select

from clerk_app.hall import Hall
from clerk_app.outside.citizen_line import CitizenAwayError
from clerk_app.outside.ids import new_id
from clerk_app.ports import ChangePage
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.citizen.case_form import SideRow
from clerk_app.server.citizen.case_rows import BILL_FIELDS, CASE_FIELDS, LONGEST_BILL, OVER, RESULT_FIELDS, side_rows
from clerk_app.server.citizen.form import (
    FEED,
    MOST_ROWS,
    SIGNATURE_HEADER,
    Batch,
    CitizenRow,
    FileRow,
    HallCard,
    Standing,
    Today,
    Trust,
    read_standing,
    signature_of,
)  # fmt: skip
from clerk_app.server.citizen.projection import (
    NOT_SERVED_SHOWN,
    TICKET_FIELDS,
    hall_card,
    project,
    today_of,
)  # fmt: skip
from clerk_app.server.citizen.seals import current_files, project_files, trust_of
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import hall_head
from clerk_app.store import tables
from clerk_app.store.tables_fees import bills
from clerk_app.store.tables_handing import results

log = logging.getLogger(__name__)

HEARTBEAT = 4.0
"""Seconds between words when nothing changes: a hall's screens say that they stand still after three of them."""
_LONGEST_CASE = timedelta(days=3 * 366)
"""What was taken in so long ago and is over is no longer shown, whatever a hall's data says."""
_some = MOST_ROWS // 2

PublicRow = CitizenRow | FileRow | SideRow
Stops = Callable[[Connection, str, date], Mapping[str, str]]
"""止号 the letters of a hall that are stopped on a day, with the words for when they go on (empty when nobody said)."""
Heads = Mapping[str, tuple[int, str]]


def no_stops(_connection: Connection, _hall: str, _day: date) -> Mapping[str, str]:
    """Where nothing is ever stopped."""
    return {}


class Line(Protocol):
    """线 what carries a body to the citizen process."""

    key: bytes

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]: ...


@dataclass
class _Course:
    """Where one hall stands at the other end, as far as this feeder knows."""

    standing: Standing | None = None
    spoken: float = float("-inf")


@dataclass
class Feeder:
    """喂送员 one centre, one citizen process; `turn` is one level-triggered look at every hall.

    `step` may be asked many times a second: it turns when the feed has grown, or when the other end must hear again.
    """

    office: CentreOffice
    line: Line
    monotonic: Callable[[], float] = time.monotonic
    microseconds: Callable[[], int] = lambda: time.time_ns() // 1000
    roots: str = ""
    """The seals' roots (PEM), so that sealed files are verified outside too."""
    stops: Stops = no_stops
    sent: int = 0
    _stamp: int = 0
    _courses: dict[str, _Course] = field(default_factory=dict)
    _cards: dict[str, HallCard] = field(default_factory=dict)
    _seen: Heads | None = None

    def step(self) -> bool:
        """A turn if there may be something to send; whether there is more."""
        now = self.monotonic()
        heard = all(now - course.spoken < HEARTBEAT for course in self._courses.values())
        quiet = heard and self._seen is not None and self._heads() == self._seen
        return False if quiet else self.turn()

    def _heads(self) -> Heads:
        """One cheap question: how far each hall's feed has come, and which feed it is."""
        with self.office.database.asking() as connection:
            found = connection.execute(select(hall_head.c.hall, hall_head.c.seq, hall_head.c.epoch)).all()
        return {row.hall: (row.seq, row.epoch) for row in found}

    def turn(self) -> bool:
        """Send what there is to send; whether there is more. Raises `CitizenAwayError`, or what the database raises."""
        heads, self._seen = self._heads(), None
        more = [self._turn(hall, self._courses.setdefault(hall, _Course())) for hall in heads]
        self._seen = None if any(more) else heads
        return any(more)

    def _turn(self, hall: str, course: _Course) -> bool:
        """An answer that was lost is no matter: the same rows are sent again, and the next answer tells."""
        standing = course.standing or self._send(hall, course, _nothing)
        page = self._page(hall, standing)
        if page is None:
            self._whole(hall, course)
            return True
        if not page.changes and self.monotonic() - course.spoken < HEARTBEAT:
            return False
        return self._onwards(hall, course, standing, page)

    def _page(self, hall: str, standing: Standing) -> ChangePage | None:
        """What follows; None when only everything will do."""
        if not standing.generation:
            return None
        try:
            with self.office.database.reading() as connection:
                return feed.read_page(connection, hall, standing.cursor, _some)
        except ProblemError as problem:
            if problem.type != "cursor-gone":
                raise
            return None

    def _onwards(self, hall: str, course: _Course, standing: Standing, page: ChangePage) -> bool:
        in_force, _ = self._hall(hall)
        found = [(change.seq, change.subject, change.row) for change in page.changes]
        last = page.changes[-1].seq if page.changes else standing.seq
        part = _Part(
            generation=standing.generation, after=standing.seq, seq=last, cursor=page.cursor, current=not page.more,
            rows=_rows(found, in_force, self.office.now()),
        )  # fmt: skip
        answer = self._send(hall, course, part)
        return page.more or not answer.accepted

    def _whole(self, hall: str, course: _Course) -> None:
        """Every current row under a new generation; what the other end has beside them goes with the last part."""
        in_force, _ = self._hall(hall)
        with _snapshot(self.office) as connection:
            cursor, seq = feed.end_of_feed(connection, hall)
            found = ((seq, subject, row) for subject, row in _current(connection, hall, self.office))
            today = self.office.now().date()
            shown = _rows(found, in_force, self.office.now())
            rows: list[PublicRow] = [row for row in shown if _lasts(row, today)]
            rows += [replace(row, seq=seq) for row in current_files(connection, hall, self.office.now())]
        log.info("hall %s is fed afresh: %d rows", hall, len(rows))
        parts = [tuple(rows[first : first + _some]) for first in range(0, len(rows), _some)] or [()]
        plain = _Part(generation=new_id(), seq=seq, cursor=cursor)
        for some in parts[:-1]:
            self._send(hall, course, replace(plain, whole="part", rows=some))
        self._send(hall, course, replace(plain, whole="last", rows=parts[-1], current=True))

    def _send(self, hall: str, course: _Course, part: _Part) -> Standing:
        in_force, card = self._hall(hall)
        self._stamp = max(self._stamp + 1, self.microseconds())
        citizens = tuple(row for row in part.rows if isinstance(row, CitizenRow))
        files = tuple(row for row in part.rows if isinstance(row, FileRow))
        sides = tuple(row for row in part.rows if isinstance(row, SideRow))
        batch = Batch(
            hall=hall, stamp=self._stamp, made_at=self.office.now(), card=card, files=files, sides=sides,
            trust=self._trust(hall, course) if part.current else None,
            today=self._today(in_force) if part.current else None, **{**vars(part), "rows": citizens},
        )  # fmt: skip
        body = msgspec.json.encode(batch)
        status, answer = self.line.post(FEED, body, {SIGNATURE_HEADER: signature_of(self.line.key, body)})
        if status != 200:
            raise CitizenAwayError(f"HTTP {status}")
        try:
            course.standing = read_standing(answer)
        except ValueError as error:
            raise CitizenAwayError("answer") from error
        course.spoken = self.monotonic()
        self.sent += len(part.rows) if course.standing.accepted else 0
        return course.standing

    def _trust(self, hall: str, course: _Course) -> Trust | None:
        """What is believed, when the other end has another one."""
        with self.office.database.reading() as connection:
            trust = trust_of(connection, hall, self.roots)
        return None if course.standing is not None and course.standing.trust == trust.digest else trust

    def _today(self, hall: Hall) -> Today:
        now = self.office.now()
        with self.office.database.reading() as connection:
            return today_of(hall, now, self.stops(connection, hall.id, now.date()))

    def _hall(self, hall: str) -> tuple[Hall, HallCard]:
        with self.office.database.reading() as connection:
            in_force = self.office.hall_in_force(connection, hall)
            if in_force.version not in self._cards:
                document = document_text(connection, hall, in_force.version) or "{}"
                self._cards[in_force.version] = hall_card(json.loads(document))
        return in_force, self._cards[in_force.version]


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What of a batch is this batch's own."""

    generation: str = ""
    after: int = 0
    seq: int = 0
    cursor: str = ""
    current: bool = False
    whole: Any = ""
    rows: tuple[PublicRow, ...] = ()


_nothing = _Part()
"""Fits nobody, so the answer only tells where the other end stands."""


def _rows(
    found: Iterable[tuple[int, str, Mapping[str, Any] | None]], hall: Hall, now: datetime
) -> tuple[PublicRow, ...]:
    """One row that cannot be read must not stop the others."""
    made: list[PublicRow] = []
    for seq, subject, row in found:
        if row is None:
            continue
        try:
            public = project(subject, row, hall)
            shown: list[PublicRow] = [] if public is None else [public]
            shown += project_files(subject, row, now)
            shown += side_rows(subject, row, hall)
        except ValueError as error:
            log.error("change %d cannot be shown: %s", seq, type(error).__name__)
            continue
        made += [replace(one, seq=seq) for one in shown]
    return tuple(made)


def _lasts(row: PublicRow, today: date) -> bool:
    return isinstance(row, FileRow) or row.until is None or row.until >= today


def _current(connection: Connection, hall: str, office: CentreOffice) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Today's tickets, those nobody called of late, and the cases a citizen may still ask for; only what is looked at."""
    today = office.now().date()
    t, c = tables.tickets, tables.cases
    left = and_(t.c.state == "not_served", t.c.day >= today - NOT_SERVED_SHOWN)
    kept = [t.c[name] for name in TICKET_FIELDS if name in t.c]
    tickets = select(*kept).where(t.c.hall == hall, or_(t.c.day >= today, left))
    yield from _named("ticket", connection.execute(tickets).mappings())
    long_ago = and_(c.c.state.in_(OVER), c.c.received_at < office.now() - _LONGEST_CASE)
    cases = select(*(c.c[name] for name in CASE_FIELDS)).where(c.c.hall == hall, not_(long_ago))
    yield from _named("case", connection.execute(cases).mappings())
    r, b = results.c, bills.c
    papers = select(*(r[name] for name in RESULT_FIELDS)).where(
        r.hall == hall, or_(r.state != "out", r.moved_at >= office.now() - _LONGEST_CASE)
    )
    yield from _named("result", connection.execute(papers).mappings())
    lately = b.moved_at >= office.now() - LONGEST_BILL
    yield from _named(
        "bill", connection.execute(select(*(b[name] for name in BILL_FIELDS)).where(b.hall == hall, lately)).mappings()
    )


def _named(word: str, rows: Iterable[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((f"{word}:{row['id']}", row) for row in rows)


@contextmanager
def _snapshot(office: CentreOffice) -> Iterator[Connection]:
    """One moment of the centre, read without a lock: rows and cursor belong together."""
    engine = office.database.engine
    level: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect() as plain:
        connection = plain.execution_options(reading=True, **level)
        with connection.begin():
            yield connection

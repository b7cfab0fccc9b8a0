"""生成 from what the centre has applied to rows that wait for a partner: by a cursor of its own, moved in the same transaction.

A feed that is another one (restored, pruned, never read) is no matter: every case is read afresh, piece by piece, and what
stands already is known by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, update

from clerk_app.canonical import canonical
from clerk_app.cases.inbox.model import InboxItem
from clerk_app.cases.model import Case
from clerk_app.cases.telling_outside import OutsidePartner
from clerk_app.hall import Hall
from clerk_app.ports.partners import digest_of
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.notices import look_for_news
from clerk_app.server.outward.bodies import Origin, Told, came_to, tellings_of
from clerk_app.server.problems import ProblemError
from clerk_app.server.tables import notices, outbox, outside_partners
from clerk_app.store.bulk import insert_rows
from clerk_app.store.cabinet import insert_once
from clerk_app.store.rows import from_json, shelves, to_value

WAITING, SENT, REFUSED, PUT_AWAY = "waiting", "sent", "refused", "put_away"
PIECE = 200
SOURCES = ("case", "inbox")
Source = Case | InboxItem
p, o, n = outside_partners, outbox, notices
_notice_words = {
    "correction_due": "补正快到期",
    "document_ready": "文书办好了",
    "due_moved": "期限改了",
    "result_posted": "文书寄出了",
    "fetch_reminder": "催领",
}


Origins = Callable[[Connection, str, Sequence[str]], Mapping[str, Origin]]
"""来处 which of these cases came from outside, and from whom; what came to the counter is left out."""


def from_nowhere(_connection: Connection, _hall: str, _keys: Sequence[str]) -> Mapping[str, Origin]:
    """Where nothing ever comes from outside."""
    return {}


@dataclass(frozen=True)
class Maker:
    """生成的人 for one partner of one hall; `step` may be asked at any time, by any process."""

    office: CentreOffice
    hall: str
    partner: OutsidePartner
    origins: Origins = from_nowhere

    def step(self) -> bool:
        """One piece; whether there is more."""
        if self.partner.hears("message"):
            look_for_news(self.office, self.hall)
        with self.office.database.writing() as connection:
            row = self._row(connection)
            found, moved, more = self._next(connection, row)
            made = self._tellings(connection, found)
            noted = self._messages(connection) if self.partner.hears("message") else ()
            place = self._write(connection, row.place, (*made, *noted))
            values = {**moved, "place": place, "looked_at": self.office.now(), "rule": self._rule()}
            connection.execute(update(p).where(*self._mine()).values(**values))
        return more

    def _rule(self) -> str:
        """What decides what it is told: with another rule everything is looked at once more, and only what is new is made."""
        rule = self.partner
        said = {"kinds": sorted(rule.kinds), "since": rule.since.isoformat(), "items": sorted(rule.items)}
        return digest_of(said)

    def _mine(self) -> tuple[Any, ...]:
        return (p.c.hall == self.hall, p.c.partner == self.partner.id)

    def _row(self, connection: Connection) -> Row[Any]:
        """Its place in the feed, locked: two processes never make at once."""
        insert_once(connection, p, new_partner(self.hall, self.partner.id, self.office.now()), ("hall", "partner"))
        return connection.execute(select(p).where(*self._mine()).with_for_update()).one()

    def _next(self, connection: Connection, row: Row[Any]) -> tuple[list[Source], dict[str, Any], bool]:
        """Cases and what came in as they stood, one after another; how far that brings us; whether there is more."""
        known = row.cursor if row.rule == self._rule() else ""
        if known and row.scan is None:
            try:
                page = feed.read_page(connection, self.hall, known, PIECE)
            except ProblemError as problem:
                if problem.type != "cursor-gone":
                    raise
            else:
                read = [_source_of(one.subject, one.row) for one in page.changes]
                moved = {"cursor": page.cursor, "scan": None}
                return [one for one in read if one is not None], moved, page.more
        if known and row.scan is not None:
            start, cursor = row.scan, known
        else:
            start, cursor = f"{SOURCES[0]}:", feed.end_of_feed(connection, self.hall)[0]
        found, scan = self._scanned(connection, start)
        # Behind the last table comes the feed: it has grown since the reading began.
        return found, {"cursor": cursor, "scan": scan}, True

    def _scanned(self, connection: Connection, start: str) -> tuple[list[Source], str | None]:
        """A piece of one table, then the next table's; None when all has been read."""
        word, _, after = start.partition(":")
        shelf = shelves[word]
        table = shelf.table
        query = select(table).where(table.c.hall == self.hall, table.c.id > after).order_by(table.c.id).limit(PIECE)
        found = [to_value(shelf, dict(one)) for one in connection.execute(query).mappings().all()]
        if len(found) == PIECE:
            return found, f"{word}:{found[-1].id}"
        following = SOURCES[SOURCES.index(word) + 1 :]
        return found, f"{following[0]}:" if following else None

    def _tellings(self, connection: Connection, found: Sequence[Source]) -> Iterator[Told]:
        in_force = self.office.hall_in_force(connection, self.hall)
        origins = self.origins(connection, self.hall, list({one.id for one in found if isinstance(one, Case)}))
        for one in found:
            if isinstance(one, Case):
                hall = self._hall_of(connection, one, in_force)
                yield from tellings_of(one, hall, self.partner, origins.get(one.id))
            else:
                yield from came_to(one, self.partner)

    def _hall_of(self, connection: Connection, case: Case, in_force: Hall) -> Hall:
        """The version the case names: what is told of it does not change with a later one."""
        return self.office.hall(connection, self.hall, case.hall_version) or in_force

    def _messages(self, connection: Connection) -> tuple[Told, ...]:
        """短信 taken over from what may be told to people; of tickets nobody left a phone."""
        query = select(n).where(n.c.hall == self.hall, n.c.taken_by == "", n.c.subject.startswith("case:"))
        rows = connection.execute(query.order_by(n.c.made_at, n.c.id).limit(PIECE)).all()
        due = [row for row in rows if row.made_at.date() >= self.partner.since]
        if due:
            taken = {"taken_at": self.office.now(), "taken_by": f"partner:{self.partner.id}"}
            mine = (n.c.hall == self.hall, n.c.id.in_([row.id for row in due]))
            connection.execute(update(n).where(*mine).values(**taken))
        return tuple(
            Told(
                kind="message",
                subject=row.subject,
                mark=row.id,
                at=row.made_at,
                name=_notice_words.get(row.kind, "通知"),
                body={"what": row.kind, "words": row.words},
            )
            for row in due
        )

    def _write(self, connection: Connection, place: int, made: Sequence[Told]) -> int:
        """New ones behind all; answers the last place."""
        named = {told.id(self.hall, self.partner.id): told for told in made}
        if not named:
            return place
        mine = (o.c.hall == self.hall, o.c.partner == self.partner.id)
        known = set(connection.execute(select(o.c.id).where(*mine, o.c.id.in_(list(named)))).scalars())
        last = self._last_states(connection, named.values())
        rows: list[dict[str, Any]] = []
        for key, told in named.items():
            if key in known or _said_already(told, last):
                continue
            place += 1
            rows.append(self._new(key, told, place))
        if rows:
            insert_rows(connection, o, rows)
        return place

    def _last_states(self, connection: Connection, made: Iterable[Told]) -> dict[str, str | datetime]:
        """外网反馈 what was said last of each: the same word twice is no news. When it was said, where the words are gone."""
        subjects = {told.subject for told in made if told.kind == "status"}
        if not subjects:
            return {}
        where = (o.c.hall == self.hall, o.c.partner == self.partner.id, o.c.kind == "status")
        query = select(o.c.subject, o.c.body, o.c.answered_at).where(*where, o.c.subject.in_(list(subjects)))
        rows = connection.execute(query.order_by(o.c.place))
        return {row.subject: _news(msgspec.json.decode(row.body)) if row.body else row.answered_at for row in rows}

    def _new(self, key: str, told: Told, place: int) -> dict[str, Any]:
        body = told.body
        return {
            "hall": self.hall,
            "partner": self.partner.id,
            "id": key,
            "place": place,
            "kind": told.kind,
            "subject": told.subject,
            "seq": told.seq,
            "name": told.name,
            "body": "" if body is None else canonical(body).decode(),
            "digest": "" if body is None else digest_of(body),
            "made_at": told.at,
            "state": WAITING,
            "tries": 0,
            "next_at": self.office.now(),
            "problem": "",
            "answered_at": None,
            "decided_by": "",
            "decided_at": None,
            "reason": "",
        }


def new_partner(hall: str, partner: str, now: datetime) -> dict[str, Any]:
    """A partner nobody has looked after yet."""
    return {
        "hall": hall,
        "partner": partner,
        "cursor": "",
        "scan": None,
        "place": 0,
        "lease_by": "",
        "lease_until": now,
        "looked_at": None,
        "heard_at": None,
        "next_at": now,
        "tries": 0,
        "trouble": "",
        "rule": "",
    }


def _source_of(subject: str, row: Any) -> Source | None:
    """One that cannot be read must not stop the others."""
    word = subject.partition(":")[0]
    if word not in SOURCES or not row:
        return None
    try:
        source: Source = from_json(word, row)
    except msgspec.ValidationError:
        return None
    return source


def _said_already(told: Told, last: dict[str, str | datetime]) -> bool:
    if told.kind != "status" or told.body is None:
        return False
    news, before = _news(told.body), last.get(told.subject)
    if isinstance(before, datetime) and told.at <= before:
        return True
    same = before == news
    last[told.subject] = news
    return same


def _news(body: Mapping[str, Any]) -> str:
    return repr((body["state"], body["due"], body["provisional"], body["case_no"]))

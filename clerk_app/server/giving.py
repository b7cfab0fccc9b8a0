"""发给一个窗口 the ticket, its hold, the hold's fence and code, the window's newest call and the feed's word: together or not at all.

PostgreSQL takes it as one statement: which ticket nobody has in hand, whether it stands as it was read, and all the writing.
The rows every giving of the hall waits for, the fence's and the feed's head, are the last it locks, just before the commit.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, exists, update
from sqlalchemy.dialects import postgresql, sqlite

from clerk_app.command import ticket_subject
from clerk_app.outside.ids import new_id
from clerk_app.ports import HoldGrant
from clerk_app.queueing.model import Ticket
from clerk_app.server import feed
from clerk_app.server.database import PREPARED
from clerk_app.server.locks import lock_key
from clerk_app.server.tables import counters, release_codes, window_calls
from clerk_app.server.waiting_line import Free
from clerk_app.store.cabinet import upsert
from clerk_app.store.tables import holds, tickets

FENCE = "fence"
_insert: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Overtaken(Exception):
    """被抢先 somebody was quicker, and the whole question is to be asked again; `subject` is worth waiting for, if it is said."""

    def __init__(self, subject: str = "") -> None:
        super().__init__(subject)
        self.subject = subject


@dataclass(frozen=True, kw_only=True)
class Giving:
    """发号 to this machine of this window; `before` is the window's newest call as it was read."""

    hall: str
    device: str
    window: int
    now: datetime
    until: datetime
    before: str = ""

    def give(self, connection: Connection, free: Sequence[Free]) -> tuple[Ticket, HoldGrant]:
        """The first of these that nobody has in hand and that stands as it was read; raises `Overtaken`."""
        if connection.dialect.name != "postgresql":
            return self._in_turn(connection, free[0].ticket)
        left = list(free)
        while left:
            code = new_code()
            row = connection.exec_driver_sql(_GIVE, self._said(left, code), {PREPARED: True}).one_or_none()
            if row is None:
                raise Overtaken(ticket_subject(left[0].ticket.id))
            chosen = left.pop(row.place)
            if row.seq is not None:
                grant = HoldGrant(granted=True, fence=row.fence, until=self.until, release_code=code)
                return replace(chosen.ticket, fallback=self.window), grant
            if row.taken:
                raise Overtaken
        raise Overtaken

    def _said(self, free: Sequence[Free], code: str) -> dict[str, Any]:
        asked = [
            {
                "place": place,
                "id": one.ticket.id,
                "lock": lock_key(self.hall, ticket_subject(one.ticket.id)),
                "version": one.version,
                "told": replace(one.ticket, fallback=self.window),
            }
            for place, one in enumerate(free)
        ]
        return {
            "hall": self.hall,
            "device": self.device,
            "window": self.window,
            "now": self.now,
            "until": self.until,
            "before": self.before,
            "code": code,
            "change": new_id(),
            "asked": msgspec.json.encode(asked).decode(),
        }

    def _in_turn(self, connection: Connection, ticket: Ticket) -> tuple[Ticket, HoldGrant]:
        """One after another, behind the one writer's lock of SQLite: what was read just now stands."""
        subject, given = ticket_subject(ticket.id), replace(ticket, fallback=self.window)
        fence = next_fence(connection, self.hall)
        grant = HoldGrant(granted=True, fence=fence, until=self.until, release_code=new_code())
        of = {"hall": self.hall}
        moved = connection.execute(_share, {"of": self.hall, "key": ticket.id, "now_of": self.window, "about": subject})
        if moved.rowcount != 1:
            raise Overtaken
        held = {**of, "subject": subject, "device": self.device, "fence": fence, "until": self.until}
        upsert(connection, holds, [held])
        code = {**of, "subject": subject, "fence": fence, "code": grant.release_code, "tries": 0}
        upsert(connection, release_codes, [code])
        call = {**of, "window": self.window, "device": self.device, "ticket": ticket.id, "at": self.now}
        upsert(connection, window_calls, [call])
        feed.append(connection, self.hall, [feed.Entry(subject, given, self.device, fence)])
        return given, grant


def new_code() -> str:
    """交接码."""
    return f"{secrets.randbelow(10**8):08d}"


def next_fence(connection: Connection, hall: str) -> int:
    """One larger than any before; after a restore the counters jump, and so does this. Its row stays locked."""
    return int(connection.execute(_fence(connection.dialect.name), {"of": hall}).scalar_one())


@lru_cache(maxsize=2)
def _fence(dialect: str) -> Any:
    fresh = _insert[dialect](counters).values(hall=bindparam("of"), kind=FENCE, next=2)
    again = fresh.on_conflict_do_update(
        index_elements=[counters.c.hall, counters.c.kind], set_={"next": counters.c.next + 1}
    )
    return again.returning((counters.c.next - 1).label("fence"))


_theirs = exists().where(holds.c.hall == bindparam("of"), holds.c.subject == bindparam("about"), holds.c.device != "")
_share = (
    update(tickets)
    .where(tickets.c.hall == bindparam("of"), tickets.c.id == bindparam("key"), tickets.c.state == "waiting", ~_theirs)
    .values(fallback=bindparam("now_of"))
)

# Each part rests on the one before it, so that they lock in one order. What the row and the hold say is looked at as it
# stands when they are locked, not as it stood when the statement began.
_GIVE = f"""
WITH asked AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%(asked)s::json) AS a (place integer, id text, lock bigint, version text, told json)
), turn AS MATERIALIZED (
  SELECT id, version, told, place FROM asked WHERE pg_try_advisory_xact_lock(lock) LIMIT 1
), taken AS (
  UPDATE tickets SET fallback = %(window)s
  WHERE hall = %(hall)s AND id = (SELECT id FROM turn) AND state = 'waiting'
    AND CAST(xmin AS text) = (SELECT version FROM turn)
  RETURNING 'ticket:' || id AS subject, id
), fence AS (
  INSERT INTO counters (hall, kind, next) SELECT %(hall)s, '{FENCE}', 2 FROM taken
  ON CONFLICT (hall, kind) DO UPDATE SET next = counters.next + 1 RETURNING next - 1 AS number
), held AS (
  INSERT INTO holds (hall, subject, device, fence, until)
  SELECT %(hall)s, taken.subject, %(device)s, fence.number, %(until)s::timestamptz FROM taken, fence
  ON CONFLICT (hall, subject) DO UPDATE SET device = excluded.device, fence = excluded.fence, until = excluded.until
  WHERE holds.device = '' RETURNING fence
), code AS (
  INSERT INTO release_codes (hall, subject, fence, code, tries)
  SELECT %(hall)s, taken.subject, held.fence, %(code)s, 0 FROM taken, held
  ON CONFLICT (hall, subject) DO UPDATE SET fence = excluded.fence, code = excluded.code, tries = 0
), noted AS (
  INSERT INTO window_calls (hall, "window", device, ticket, at)
  SELECT %(hall)s, %(window)s, %(device)s, taken.id, %(now)s::timestamptz FROM taken, held
  ON CONFLICT (hall, "window") DO UPDATE SET device = excluded.device, ticket = excluded.ticket, at = excluded.at
  WHERE window_calls.ticket = %(before)s RETURNING ticket
), entry AS (
  SELECT taken.subject, turn.told, %(device)s AS holder, held.fence, %(change)s AS id FROM taken, turn, held, noted
), {feed.one_more("entry", "%(hall)s")}
SELECT turn.place, (SELECT count(*) FROM taken) AS taken, (SELECT fence FROM held) AS fence,
  (SELECT seq FROM appended) AS seq
FROM turn
"""

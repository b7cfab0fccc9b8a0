"""送出 what waits for one partner, in its order: each answer is written down at once, so that a stop loses at most one, which is asked again.

Of one subject and kind the next goes when the one before is settled. What the partner will never take waits for a person.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from sqlalchemy import Connection, Row, exists, select, update

from clerk_app.canonical import canonical
from clerk_app.cases.telling_outside import OutsidePartner
from clerk_app.ports.partners import Answer, Message, Partner, digest_of
from clerk_app.server.centre import CentreOffice
from clerk_app.server.notices import NoticeKind, phone_for
from clerk_app.server.outward.archive import NotWholeError, put_together
from clerk_app.server.outward.making import PUT_AWAY, REFUSED, SENT, WAITING
from clerk_app.server.tables import outbox, outside_partners

log = logging.getLogger(__name__)

FOLDER = "clerk-outward-"
BATCH = 10
LEASE = timedelta(minutes=10)
FIRST_REST, LONGEST_REST = 2.0, 600.0
PAPERS_REST = timedelta(minutes=30)
NOBODY = "这一条不用送了：事情过去了，或没有留电话。"
o, p = outbox, outside_partners


@dataclass(frozen=True)
class Sender:
    """送的人 for one partner of one hall; `me` names this process, so that no two are at the same partner."""

    office: CentreOffice
    hall: str
    partner: OutsidePartner
    line: Partner
    me: str

    def turn(self) -> bool:
        """A few of those that are due; whether there may be more at once."""
        if not self._due() or not self._claim():
            return False
        with TemporaryDirectory(prefix=FOLDER) as folder:
            rows = self._due()
            messages = [message for row in rows if (message := self._prepare(row, Path(folder))) is not None]
            if not messages:
                return bool(rows)
            delivered = self.line.deliver(messages)
        for answer in delivered.answers:
            self._settle(answer)
        if delivered.trouble:
            self._trouble(messages[len(delivered.answers)].id, delivered.trouble, delivered.retry_after)
            return False
        return True

    def _mine(self) -> tuple[Any, ...]:
        return (p.c.hall == self.hall, p.c.partner == self.partner.id)

    def _row(self, key: str) -> tuple[Any, ...]:
        return (o.c.hall == self.hall, o.c.partner == self.partner.id, o.c.id == key)

    def _claim(self) -> bool:
        now = self.office.now()
        free = (p.c.lease_by == self.me) | (p.c.lease_until <= now)
        mine = update(p).where(*self._mine(), free, p.c.next_at <= now)
        with self.office.database.writing() as connection:
            claimed = mine.values(lease_by=self.me, lease_until=now + LEASE).returning(p.c.partner)
            return connection.execute(claimed).first() is not None

    def _due(self) -> Sequence[Row[Any]]:
        """The oldest of each subject and kind; an archive goes by itself, because it takes long."""
        with self.office.database.reading() as connection:
            rows = connection.execute(due_rows(self.hall, self.partner.id, self.office.now())).all()
        archives = [row for row in rows if row.kind == "archive"]
        if archives and rows[0].kind == "archive":
            return archives[:1]
        return [row for row in rows if row.kind != "archive"]

    def _prepare(self, row: Row[Any], folder: Path) -> Message | None:
        """As it goes out; None when it does not go now."""
        if row.kind == "archive":
            return self._archive(row, folder)
        phone = ""
        if row.kind == "message":
            with self.office.database.reading() as connection:
                phone = self._phone(connection, row)
            if not phone:
                self._put_away(row.id, NOBODY)
                return None
        return _message(row, json.loads(row.body), phone=phone)

    def _phone(self, connection: Connection, row: Row[Any]) -> str:
        hall = self.office.hall_in_force(connection, self.hall)
        kind = cast("NoticeKind", json.loads(row.body)["what"])
        return (phone_for(connection, hall, kind, row.subject) or "") if self.partner.hears("message") else ""

    def _archive(self, row: Row[Any], folder: Path) -> Message | None:
        """What was put together once must be the same bytes again."""
        try:
            made = put_together(self.office, self.hall, row.subject.partition(":")[2], folder)
        except NotWholeError as short:
            words = f"还有 {short.missing} 份附件没到中心，到齐了自动送。"
            self._later(row.id, words, self.office.now() + PAPERS_REST)
            return None
        text = canonical(made.body).decode()
        if row.body and row.body != text:
            self._refuse(row.id, "这一卷和上次装的不一样了，没有再送。请人看过，定再送还是不送。")
            return None
        if not row.body:
            with self.office.database.writing() as connection:
                values = {"body": text, "digest": digest_of(made.body)}
                connection.execute(update(o).where(*self._row(row.id)).values(**values))
        return _message(row, made.body, file=made.file)

    def _settle(self, answer: Answer) -> None:
        now = self.office.now()
        state = SENT if answer.taking == "taken" else REFUSED
        values = {"state": state, "problem": answer.words, "answered_at": now, "tries": o.c.tries + 1}
        with self.office.database.writing() as connection:
            connection.execute(update(o).where(*self._row(answer.id), o.c.state == WAITING).values(**values))
            heard = {"heard_at": now, "tries": 0, "trouble": "", "next_at": now}
            connection.execute(update(p).where(*self._mine()).values(**heard))

    def _trouble(self, key: str, words: str, retry_after: float) -> None:
        """Both rest: the partner a little, and this very message longer and longer, so that it holds up no other subject."""
        now = self.office.now()
        with self.office.database.writing() as connection:
            tries = connection.execute(select(o.c.tries).where(*self._row(key))).scalar_one()
            again = now + timedelta(seconds=max(_rest(tries), retry_after))
            values = {"tries": tries + 1, "problem": words, "next_at": again}
            connection.execute(update(o).where(*self._row(key)).values(**values))
            failed = connection.execute(select(p.c.tries).where(*self._mine())).scalar_one()
            rest = max(_rest(failed) / 2, retry_after)
            line = {"tries": failed + 1, "trouble": words, "next_at": now + timedelta(seconds=rest)}
            connection.execute(update(p).where(*self._mine()).values(**line))
        log.info("outside %s: %s", self.partner.id, words)

    def _later(self, key: str, words: str, at: datetime) -> None:
        self._change(key, problem=words, next_at=at)

    def _put_away(self, key: str, words: str) -> None:
        self._change(key, state=PUT_AWAY, problem=words, answered_at=self.office.now())

    def _refuse(self, key: str, words: str) -> None:
        self._change(key, state=REFUSED, problem=words, answered_at=self.office.now())

    def _change(self, key: str, **values: Any) -> None:
        with self.office.database.writing() as connection:
            connection.execute(update(o).where(*self._row(key), o.c.state == WAITING).values(**values))


def note_trouble(office: CentreOffice, hall: str, partner: str, words: str) -> None:
    """It cannot even be tried: said on the page; written once, not at every look."""
    mine = (p.c.hall == hall, p.c.partner == partner)
    with office.database.reading() as connection:
        if connection.execute(select(p.c.trouble).where(*mine)).scalar_one_or_none() == words:
            return
    with office.database.writing() as connection:
        connection.execute(update(p).where(*mine).values(trouble=words))


def due_rows(hall: str, partner: str, now: datetime) -> Any:
    """等着该送的 with nothing unsettled before them of the same subject and kind."""
    before = outbox.alias()
    same = (before.c.hall == o.c.hall, before.c.partner == o.c.partner, before.c.subject == o.c.subject)
    open_ = before.c.state.in_((WAITING, REFUSED))
    blocked = exists().where(*same, before.c.kind == o.c.kind, before.c.place < o.c.place, open_)
    mine = (o.c.hall == hall, o.c.partner == partner, o.c.state == WAITING, o.c.next_at <= now)
    return select(o).where(*mine, ~blocked).order_by(o.c.place).limit(BATCH)


def _rest(tries: int) -> float:
    return float(min(LONGEST_REST, FIRST_REST * 2 ** min(tries, 12)))


def _message(row: Row[Any], body: dict[str, Any], phone: str = "", file: Path | None = None) -> Message:
    return Message(
        id=row.id,
        hall=row.hall,
        kind=row.kind,
        subject=row.subject,
        seq=row.seq,
        made_at=row.made_at,
        digest=digest_of(body),
        body=body,
        phone=phone,
        file=file,
    )

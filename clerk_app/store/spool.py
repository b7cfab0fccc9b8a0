"""打印队列 papers waiting, on their way, or in doubt; in the same file and transactions as what they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, func, literal_column, or_, select, update

from clerk_app.ports import HallClock
from clerk_app.receipts.paper import WAITS, Attempt, Delivery, JobState, PrintJob
from clerk_app.receipts.usecases import TICKET_SLIP
from clerk_app.store import local, tables
from clerk_app.store.among import among
from clerk_app.store.cabinet import insert_once
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.gate import Gate

RETRY_AFTER = timedelta(seconds=3)
STATUS_LONGEST = 64

s, a = local.spool, local.print_attempts
_newest = (
    select(s)
    .where(among(s.c.doc_type, "doc_types"), s.c.doc_no == bindparam("doc_no"))
    .order_by(s.c.made_at.desc(), s.c.id.desc())
    .limit(1)
)


_t = tables.tickets
_over = exists().where(
    _t.c.hall == bindparam("of_hall"),
    _t.c.id == func.substr(s.c.subject, len("ticket:") + 1),
    or_(_t.c.state.in_(["void", "not_served", "finished"]), _t.c.day < bindparam("today")),
)
_waits = s.c.state.in_(sorted(WAITS))
_place: ColumnElement[int] = literal_column("rowid")
"""Found in `ix_spool_state` alone: going through the rows reads every paper's bytes, a day's megabytes several times a turn."""
_waiting = select(_place).select_from(s).where(_waits).correlate(None)
_pointless = update(s).where(s.c.printer == bindparam("at_printer"), _waits, s.c.doc_type == TICKET_SLIP, _over)
_gone = "这一号已经作废、办完或过了当天，这张不打了。"


def enqueue(connection: Connection, job: PrintJob) -> bool:
    """A second original of the same paper is impossible: the first one stands."""
    day = job.good_on or job.made_at.astimezone(HALL_ZONE).date()
    return insert_once(connection, s, vars(replace(job, good_on=day)), ("doc_type", "doc_no", "copy_no"))


class SpoolBook:
    """打印队列 what `ports.Spool` asks for."""

    def __init__(self, gate: Gate, clock: HallClock) -> None:
        self._gate = gate
        self._clock = clock

    def take_next(self, printer: str) -> PrintJob | None:
        """取下一张，先记“正在送”. What waited over the end of its day is not taken: nothing prints by itself overnight."""
        now = self._clock.now()
        today = now.astimezone(HALL_ZONE).date()
        rested = s.c.state.in_(["not_sent", "blocked"]) & (s.c.changed_at <= now - RETRY_AFTER)
        ready = (
            select(s)
            .where(s.c.printer == printer, _waits, or_(s.c.state == "queued", rested), s.c.good_on >= today)
            .order_by(s.c.made_at, s.c.id)
            .limit(1)
        )
        with self._gate.begin() as connection:
            # A number that is nobody's any more is not given to anybody: void at another desk, or by the end of its day.
            asked = {"of_hall": self._gate.hall, "at_printer": printer, "today": today}
            connection.execute(_pointless.values(state="expired", said=_gone, changed_at=now), asked)
            row = connection.execute(ready).mappings().one_or_none()
            if row is None:
                return None
            _change(connection, row["id"], now, {"state": "sending", "attempts": row["attempts"] + 1})
        return PrintJob(**{**row, "state": "sending", "attempts": row["attempts"] + 1})

    def settle(self, job_id: str, delivery: Delivery) -> None:
        """写下结果, with the try itself in a row that is never changed."""
        now = self._clock.now()
        with self._gate.begin() as connection:
            _change(connection, job_id, now, {"state": delivery.state, "said": delivery.said})
            row = connection.execute(select(s.c.printer, s.c.payload).where(s.c.id == job_id)).one_or_none()
            if row is not None:
                tried = _attempt(connection, job_id, row.printer, now, delivery)
                connection.execute(a.insert().values(**tried, size=len(row.payload)))

    def recover(self) -> int:
        """上次没送完的，都算说不清."""
        said = "程序上次在打印时停了，这张说不清打没打。看一眼出纸口再答。"
        now, gone = self._clock.now(), Delivery("unknown", said)
        with self._gate.begin() as connection:
            rows = connection.execute(select(s.c.id, s.c.printer, s.c.payload).where(s.c.state == "sending")).all()
            for row in rows:
                _change(connection, row.id, now, {"state": gone.state, "said": said})
                tried = _attempt(connection, row.id, row.printer, now, gone)
                connection.execute(a.insert().values(**tried, size=len(row.payload)))
        return len(rows)

    def torn(self, printer: str) -> int:
        """上一张可能撕断了: how many bytes it had."""
        left = (a.c.printer == printer, a.c.outcome.not_in(sorted(WAITS)))
        newest = select(a.c.outcome, a.c.size).where(*left).order_by(a.c.at.desc(), a.c.no.desc()).limit(1)
        with self._gate.begin() as connection:
            row = connection.execute(newest).one_or_none()
        return row.size if row is not None and row.outcome == "unknown" else 0

    def jobs(self, limit: int) -> tuple[PrintJob, ...]:
        """最近的纸."""
        newest = select(_place).select_from(s).order_by(s.c.made_at.desc(), _place.desc()).limit(limit).correlate(None)
        return self._all(select(s).where(_place.in_(newest)).order_by(s.c.made_at.desc(), s.c.id.desc()))

    def between(self, start: datetime, end: datetime) -> tuple[PrintJob, ...]:
        """一段时间里的纸."""
        return self._all(select(s).where(s.c.made_at >= start, s.c.made_at <= end).order_by(s.c.made_at, s.c.id))

    def waiting(self) -> tuple[PrintJob, ...]:
        """还没送出的纸."""
        return self._all(select(s).where(_place.in_(_waiting)).order_by(s.c.made_at, s.c.id))

    def newest_of(self, doc_no: str, doc_types: Sequence[str]) -> PrintJob | None:
        """一个号最近的纸."""
        with self._gate.begin() as connection:
            row = connection.execute(_newest, {"doc_types": doc_types, "doc_no": doc_no}).mappings().one_or_none()
        return None if row is None else PrintJob(**row)

    def paper(self, doc_type: str, doc_no: str, copy_no: int) -> PrintJob | None:
        """一份纸的一次打印."""
        mine = (s.c.doc_type == doc_type, s.c.doc_no == doc_no, s.c.copy_no == copy_no)
        return next(iter(self._all(select(s).where(*mine))), None)

    def prints_of(self, doc_type: str, doc_no: str) -> tuple[PrintJob, ...]:
        """一份纸的历次打印."""
        return self._all(select(s).where(s.c.doc_type == doc_type, s.c.doc_no == doc_no).order_by(s.c.copy_no))

    def job(self, key: str) -> PrintJob | None:
        """一张纸."""
        return next(iter(self._all(select(s).where(s.c.id == key))), None)

    def answer(self, key: str, state: JobState, said: str, by: str = "") -> None:
        """人说了算."""
        with self._gate.begin() as connection:
            _change(connection, key, self._clock.now(), {"state": state, "said": said, "told_by": by})

    def withdraw(self, key: str, said: str, by: str = "") -> bool:
        """不打了, unless the lane has it already."""
        return self._while_it_waits(key, {"state": "expired", "said": said, "told_by": by})

    def move(self, job: PrintJob) -> bool:
        """换一台打: its new printer, bytes and content; False when the lane has it already."""
        kept = ("printer", "payload", "sha256", "content", "instead_of")
        today = self._clock.now().astimezone(HALL_ZONE).date()
        values = {name: getattr(job, name) for name in kept}
        return self._while_it_waits(job.id, {**values, "state": "queued", "said": "", "good_on": today})

    def release(self) -> int:
        """打剩下的: a person lets what waited over the end of its day print today; returns how many."""
        today = self._clock.now().astimezone(HALL_ZONE).date()
        late = (_waits, s.c.good_on < today)
        with self._gate.begin() as connection:
            return connection.execute(update(s).where(*late).values(good_on=today)).rowcount

    def attempts_of(self, key: str) -> tuple[Attempt, ...]:
        """一张纸送过几次."""
        query = select(a).where(a.c.job == key).order_by(a.c.no)
        with self._gate.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Attempt(**{name: value for name, value in row.items() if name != "no"}) for row in rows)

    def paper_used(self, printer: str, since: datetime) -> int:
        """用了多少纸, in millimetres."""
        mine = (a.c.printer == printer, a.c.at >= since)
        with self._gate.begin() as connection:
            return int(connection.execute(select(func.coalesce(func.sum(a.c.paper_mm), 0)).where(*mine)).scalar_one())

    def _all(self, query: Select[Any]) -> tuple[PrintJob, ...]:
        with self._gate.begin() as connection:
            return tuple(PrintJob(**row) for row in connection.execute(query).mappings())

    def _while_it_waits(self, key: str, values: dict[str, Any]) -> bool:
        values["changed_at"] = self._clock.now()
        with self._gate.begin() as connection:
            return connection.execute(update(s).where(s.c.id == key, _waits).values(**values)).rowcount == 1


def _change(connection: Connection, key: str, at: datetime, values: dict[str, Any]) -> None:
    connection.execute(update(s).where(s.c.id == key).values(changed_at=at, **values))


def _attempt(connection: Connection, job: str, printer: str, at: datetime, delivery: Delivery) -> dict[str, Any]:
    before = select(func.coalesce(func.max(a.c.no), 0)).where(a.c.job == job)
    return {
        "job": job,
        "no": int(connection.execute(before).scalar_one()) + 1,
        "at": at,
        "printer": printer,
        "outcome": delivery.state,
        "said": delivery.said,
        "status": delivery.status.hex()[:STATUS_LONGEST],
        "paper_mm": delivery.paper_mm if delivery.state not in WAITS else 0,
    }

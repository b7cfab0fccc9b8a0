"""打印队列 papers waiting, on their way, or in doubt; in the same file and transactions as what they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, or_, select, update

from clerk_app.ports import HallClock
from clerk_app.receipts.paper import Delivery, JobState, PrintJob
from clerk_app.receipts.usecases import TICKET_SLIP
from clerk_app.store import local, tables
from clerk_app.store.among import among
from clerk_app.store.cabinet import insert_once
from clerk_app.store.gate import Gate

RETRY_AFTER = timedelta(seconds=3)

s = local.spool
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
_waits = s.c.state.in_(["queued", "not_sent", "blocked"])
_pointless = update(s).where(s.c.printer == bindparam("at_printer"), _waits, s.c.doc_type == TICKET_SLIP, _over)
_gone = "这一号已经作废、办完或过了当天，这张不打了。"


def enqueue(connection: Connection, job: PrintJob) -> bool:
    """A second original of the same paper is impossible: the first one stands."""
    return insert_once(connection, s, vars(job), ("doc_type", "doc_no", "copy_no"))


class SpoolBook:
    """打印队列 what `ports.Spool` asks for."""

    def __init__(self, gate: Gate, clock: HallClock) -> None:
        self._gate = gate
        self._clock = clock

    def take_next(self, printer: str) -> PrintJob | None:
        """取下一张，先记“正在送”."""
        now = self._clock.now()
        rested = s.c.state.in_(["not_sent", "blocked"]) & (s.c.changed_at <= now - RETRY_AFTER)
        ready = (
            select(s)
            .where(s.c.printer == printer, or_(s.c.state == "queued", rested))
            .order_by(s.c.made_at, s.c.id)
            .limit(1)
        )
        with self._gate.begin() as connection:
            # A number that is nobody's any more is not given to anybody: void at another desk, or by the end of its day.
            asked = {"of_hall": self._gate.hall, "at_printer": printer, "today": now.date()}
            connection.execute(_pointless.values(state="expired", said=_gone, changed_at=now), asked)
            row = connection.execute(ready).mappings().one_or_none()
            if row is None:
                return None
            self._change(connection, row["id"], now, {"state": "sending", "attempts": row["attempts"] + 1})
        return PrintJob(**{**row, "state": "sending", "attempts": row["attempts"] + 1})

    def settle(self, job_id: str, delivery: Delivery) -> None:
        """写下结果."""
        with self._gate.begin() as connection:
            self._change(connection, job_id, self._clock.now(), {"state": delivery.state, "said": delivery.said})

    def recover(self) -> int:
        """上次没送完的，都算说不清."""
        said = "程序上次在打印时停了，这张说不清打没打。看一眼出纸口再答。"
        with self._gate.begin() as connection:
            values = {"state": "unknown", "said": said, "changed_at": self._clock.now()}
            return connection.execute(update(s).where(s.c.state == "sending").values(**values)).rowcount

    def jobs(self, limit: int) -> tuple[PrintJob, ...]:
        """最近的纸."""
        with self._gate.begin() as connection:
            rows = (
                connection.execute(select(s).order_by(s.c.made_at.desc(), s.c.id.desc()).limit(limit)).mappings().all()
            )
        return tuple(PrintJob(**row) for row in rows)

    def between(self, start: datetime, end: datetime) -> tuple[PrintJob, ...]:
        """一段时间里的纸."""
        query = select(s).where(s.c.made_at >= start, s.c.made_at <= end).order_by(s.c.made_at, s.c.id)
        with self._gate.begin() as connection:
            return tuple(PrintJob(**row) for row in connection.execute(query).mappings())

    def newest_of(self, doc_no: str, doc_types: Sequence[str]) -> PrintJob | None:
        """一个号最近的纸."""
        with self._gate.begin() as connection:
            row = connection.execute(_newest, {"doc_types": doc_types, "doc_no": doc_no}).mappings().one_or_none()
        return None if row is None else PrintJob(**row)

    def job(self, key: str) -> PrintJob | None:
        """一张纸."""
        with self._gate.begin() as connection:
            row = connection.execute(select(s).where(s.c.id == key)).mappings().one_or_none()
        return None if row is None else PrintJob(**row)

    def answer(self, key: str, state: JobState, said: str) -> None:
        """人说了算."""
        with self._gate.begin() as connection:
            self._change(connection, key, self._clock.now(), {"state": state, "said": said})

    def withdraw(self, key: str, said: str) -> bool:
        """不打了, unless the lane has it already."""
        waits = (s.c.id == key, s.c.state.in_(["queued", "not_sent", "blocked"]))
        values = {"state": "expired", "said": said, "changed_at": self._clock.now()}
        with self._gate.begin() as connection:
            return connection.execute(update(s).where(*waits).values(**values)).rowcount == 1

    @staticmethod
    def _change(connection: Connection, key: str, at: datetime, values: dict[str, Any]) -> None:
        connection.execute(update(s).where(s.c.id == key).values(changed_at=at, **values))

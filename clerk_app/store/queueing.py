"""号票账 tickets, holds and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy import func, select

from clerk_app.command import Refusal
from clerk_app.queueing.model import QueueRules, Ticket
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved


class TicketRows(Shelved):
    """号票账 what `queueing.books` asks for."""

    @property
    def queue_rules(self) -> QueueRules:
        """叫号规则."""
        return self.hall.queue

    def ticket(self, key: str) -> Ticket | None:
        """号票."""
        return cast("Ticket | None", self.cabinet.get("ticket", key))

    def put_ticket(self, ticket: Ticket) -> None:
        """写号票."""
        self.cabinet.put("ticket", ticket)

    def tickets_of(self, day: date, letters: Sequence[str]) -> tuple[Ticket, ...]:
        """一天里这几类的号票."""
        t = tables.tickets
        where = (t.c.hall == self.hall.id, t.c.day == day, t.c.letter.in_(letters))
        return self.cabinet.query("ticket", select(t).where(*where).order_by(t.c.taken_at, t.c.serial))

    def open_call_at(self, window: int, day: date) -> Ticket | None:
        """窗口手上的号."""
        t = tables.tickets
        where = (t.c.hall == self.hall.id, t.c.day == day, t.c.window == window, t.c.state.in_(["called", "serving"]))
        found = self.cabinet.query("ticket", select(t).where(*where))
        return cast("Ticket", found[0]) if found else None

    def holder(self, subject: str) -> str | None:
        """占用者."""
        return self.cabinet.holder(subject) or None

    def take_hold(self, subject: str) -> None:
        """占用."""
        self.cabinet.hold(subject, self.device)

    def give_back(self, subject: str) -> None:
        """交出占用."""
        self.cabinet.hold(subject, "")

    def spend_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        """用掉号段里的一个号: the row is the proof, the primary key the last line."""
        b, u, connection = tables.number_blocks, tables.numbers_used, self.cabinet.connection
        row = connection.execute(select(b).where(b.c.hall == self.hall.id, b.c.id == block)).one_or_none()
        if row is None or row.kind != kind or row.device != self.device or not row.first <= serial <= row.last:
            return Refusal("number-not-given", "这个号不在分给本机的号段里，没有用。连上中心领号段再办。")
        used = (
            select(func.count())
            .select_from(u)
            .where(u.c.hall == self.hall.id, u.c.kind == row.kind, u.c.serial == serial)
        )
        if connection.execute(used).scalar_one():
            return Refusal("number-used", "这个号已经用过，没有再用。换下一个号。")
        connection.execute(u.insert().values(hall=self.hall.id, kind=row.kind, serial=serial, command=command))
        return None

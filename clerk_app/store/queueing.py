"""号票账 tickets, holds and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.command import Refusal
from clerk_app.queueing.model import QueueRules, Ticket
from clerk_app.store import tables
from clerk_app.store.cabinet import Shelved, insert_once

# Built once: building a statement costs more than running it.
_t, _b = tables.tickets, tables.number_blocks
_of_day = (
    select(_t)
    .where(
        _t.c.hall == bindparam("hall"),
        _t.c.day == bindparam("day"),
        _t.c.letter.in_(bindparam("letters", expanding=True)),
    )
    .order_by(_t.c.taken_at, _t.c.serial)
)
_open_call = select(_t).where(
    _t.c.hall == bindparam("hall"),
    _t.c.day == bindparam("day"),
    _t.c.window == bindparam("window"),
    _t.c.state.in_(["called", "serving"]),
)
_block = select(_b).where(_b.c.hall == bindparam("hall"), _b.c.id == bindparam("block"))


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
        return self.cabinet.query("ticket", _of_day, hall=self.hall.id, day=day, letters=list(letters))

    def open_call_at(self, window: int, day: date) -> Ticket | None:
        """窗口手上的号."""
        found = self.cabinet.query("ticket", _open_call, hall=self.hall.id, day=day, window=window)
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
        connection = self.cabinet.connection
        row = connection.execute(_block, {"hall": self.hall.id, "block": block}).one_or_none()
        if row is None or row.kind != kind or row.device != self.device or not row.first <= serial <= row.last:
            return Refusal("number-not-given", "这个号不在分给本机的号段里，没有用。连上中心领号段再办。")
        spent = {"hall": self.hall.id, "kind": row.kind, "serial": serial, "command": command}
        if not insert_once(connection, tables.numbers_used, spent, ("hall", "kind", "serial")):
            return Refusal("number-used", "这个号已经用过，没有再用。换下一个号。")
        return None

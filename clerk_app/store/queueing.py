"""号票账 tickets, holds and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, case, func, literal, or_, select

from clerk_app.command import Refusal
from clerk_app.queueing.books import Share
from clerk_app.queueing.model import FIRST, LineStop, PaperServed, Ticket, WindowLetters
from clerk_app.queueing.rules import QueueRules
from clerk_app.store import tables
from clerk_app.store.cabinet import Asked, Question, Shelved
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.tables_queueing import line_stops, papers_served, window_letters

_NEVER = datetime(1970, 1, 1, tzinfo=HALL_ZONE)

# Built once: building a statement costs more than running it.
_t = tables.tickets
_of_day = (
    select(_t)
    .where(
        _t.c.hall == bindparam("hall"),
        _t.c.day == bindparam("day"),
        _t.c.letter.in_(bindparam("letters", expanding=True)),
    )
    .order_by(_t.c.taken_at, _t.c.serial)
)
_of_day_in = _of_day.where(_t.c.state.in_(bindparam("states", expanding=True)))
_served = select(func.count()).where(
    _t.c.hall == bindparam("hall"),
    _t.c.day == bindparam("day"),
    _t.c.window == bindparam("window"),
    _t.c.state == "finished",
)
_place = func.coalesce(_t.c.placed_at, _t.c.taken_at)
_aged = _place <= bindparam("aged", type_=_t.c.taken_at.type)
_standing = case((and_(_t.c.rank > FIRST, _aged), FIRST), else_=_t.c.rank)
_h = tables.holds.c
_holder = func.coalesce(_h.device, "")
_share = (
    select(_t)
    .outerjoin(tables.holds, (_h.hall == _t.c.hall) & (_h.subject == literal("ticket:") + _t.c.id))
    .where(
        _t.c.hall == bindparam("hall"),
        _t.c.day == bindparam("day"),
        _t.c.state == "waiting",
        _t.c.letter.in_(bindparam("letters", expanding=True)),
        or_(_holder == bindparam("device"), and_(_holder == "", _t.c.fallback == bindparam("window"))),
        or_(_t.c.appointment.is_(None), _t.c.appointment <= bindparam("now", type_=_t.c.taken_at.type)),
    )
    .order_by(_standing, _place, _t.c.serial)
    .limit(bindparam("most"))
)
"""The order of `Ticket.order_at`, said in SQL; a test holds them together."""
_open = ("called", "serving")
_open_of_day = (
    select(_t)
    .where(_t.c.hall == bindparam("hall"), _t.c.day == bindparam("day"), _t.c.state.in_(_open))
    .order_by(_t.c.window)
)
_open_call = Question(
    "ticket",
    select(_t).where(
        _t.c.hall == bindparam("hall"),
        _t.c.day == bindparam("day"),
        _t.c.window == bindparam("window"),
        _t.c.state.in_(_open),
    ),
    fits=lambda t, asked: t.state in _open and (t.window, t.day) == (asked["window"], asked["day"]),
)

_numbered = select(_t).where(
    _t.c.hall == bindparam("hall"), _t.c.day == bindparam("day"), _t.c.number == bindparam("number")
)


def _of_the_day(word: str, table: Table, order: str) -> Question:
    on = (table.c.hall == bindparam("hall"), table.c.day == bindparam("day"))
    statement = select(table).where(*on).order_by(table.c[order], table.c.id)
    return Question(word, statement, fits=lambda row, asked: row.day == asked["day"])


_stops = _of_the_day("line_stop", line_stops, "at")
_letters = _of_the_day("window_letters", window_letters, "window")
_on_paper = _of_the_day("paper_served", papers_served, "at")


def queue_day_of(hall: str, day: date) -> tuple[Asked, ...]:
    """What every act on a ticket asks of its day."""
    return tuple((question, {"hall": hall, "day": day}) for question in (_stops, _letters))


def letters_of_day(hall: str, day: date) -> Asked:
    """Which windows call other letters that day."""
    return _letters, {"hall": hall, "day": day}


def open_call_of(hall: str, window: int, day: date) -> Asked:
    """What a window has in hand."""
    return _open_call, {"hall": hall, "day": day, "window": window}


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

    def tickets_of(self, day: date, letters: Sequence[str], states: Sequence[str] = ()) -> tuple[Ticket, ...]:
        """一天里这几类的号票."""
        asked = {"hall": self.hall.id, "day": day, "letters": list(letters)}
        if not states:
            return self.cabinet.query("ticket", _of_day, **asked)
        return self.cabinet.query("ticket", _of_day_in, **asked, states=list(states))

    def served_at(self, day: date, window: int) -> int:
        """今天第几位."""
        self.cabinet.flush()
        asked = {"hall": self.hall.id, "day": day, "window": window}
        return int(self.cabinet.connection.execute(_served, asked).scalar_one())

    def share(self, asked: Share) -> tuple[Ticket, ...]:
        """自己的份额."""
        aged = asked.now - timedelta(minutes=asked.ageing_minutes) if asked.ageing_minutes else _NEVER
        return self.cabinet.query(
            "ticket",
            _share,
            hall=self.hall.id,
            device=self.device,
            aged=aged,
            day=asked.day,
            letters=list(asked.letters),
            window=asked.window or -1,
            now=asked.now,
            most=asked.most,
        )

    def open_tickets(self, day: date) -> tuple[Ticket, ...]:
        """全大厅正在叫和正在办的号票."""
        return self.cabinet.query("ticket", _open_of_day, hall=self.hall.id, day=day)

    def open_call_at(self, window: int, day: date) -> Ticket | None:
        """窗口手上的号."""
        found = self.cabinet.ask(_open_call, hall=self.hall.id, day=day, window=window)
        return cast("Ticket", found[0]) if found else None

    def ticket_numbered(self, day: date, number: str) -> Ticket | None:
        """某天的这个号."""
        found = self.cabinet.query("ticket", _numbered, hall=self.hall.id, day=day, number=number)
        return cast("Ticket", found[0]) if found else None

    def holder(self, subject: str) -> str | None:
        """占用者."""
        return self.cabinet.holder(subject) or None

    def fence(self, subject: str) -> int:
        """占用序号."""
        return self.cabinet.hold_of(subject).fence

    def hold_until(self, subject: str) -> datetime | None:
        """占用到何时."""
        return self.cabinet.hold_of(subject).until

    def past_hold(self, subject: str, fence: int) -> str:
        """从前的占用: the window keeps no such book."""
        return ""

    @property
    def hold_margin(self) -> timedelta:
        """占用余量."""
        return self.margin

    def take_hold(self, subject: str, fence: int | None = None) -> None:
        """占用."""
        if self.cabinet.holder(subject) != self.device:
            self.cabinet.hold(subject, self.device, fence)

    def give_back(self, subject: str) -> None:
        """交出占用."""
        self.cabinet.hold(subject, "")

    def spend_lost_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        """用掉失联机器号段里的一个号."""
        given = self.cabinet.numbers.block(block, serial)
        if given is None or given.kind != kind or not given.first <= serial <= given.last:
            return Refusal("number-not-given", "中心没有发过这个号，没有补录。核对回执上的编号。")
        if not self.cabinet.numbers.spend(kind, serial, command):
            return Refusal("number-used", "这个号中心已经有了，没有补录。先查一下这件。")
        return None

    def spend_number(self, kind: str, block: str, serial: int, command: str) -> Refusal | None:
        """用掉号段里的一个号: the row is the proof, the primary key the last line."""
        numbers = self.cabinet.numbers
        given = numbers.block(block, serial)
        mine = given is not None and given.kind == kind and given.device == self.device
        if given is None or not mine or not given.first <= serial <= given.last:
            return Refusal("number-not-given", "这个号不在分给本机的号段里，没有用。连上中心领号段再办。")
        if not numbers.spend(kind, serial, command):
            return Refusal("number-used", "这个号已经用过，没有再用。换下一个号。")
        return None


class QueueDayRows(Shelved):
    """排队的一天 stops, windows that call other letters, slips served on paper."""

    def line_stop(self, key: str) -> LineStop | None:
        """止号."""
        return cast("LineStop | None", self.cabinet.get("line_stop", key))

    def line_stops(self, day: date) -> tuple[LineStop, ...]:
        """一天的止号."""
        return self.cabinet.ask(_stops, hall=self.hall.id, day=day)

    def put_line_stop(self, row: LineStop) -> None:
        """写止号."""
        self.cabinet.put("line_stop", row)

    def window_letters(self, day: date) -> tuple[WindowLetters, ...]:
        """一天的改队."""
        return self.cabinet.ask(_letters, hall=self.hall.id, day=day)

    def put_window_letters(self, row: WindowLetters) -> None:
        """写改队."""
        self.cabinet.put("window_letters", row)

    def paper_served(self, key: str) -> PaperServed | None:
        """凭票接待."""
        return cast("PaperServed | None", self.cabinet.get("paper_served", key))

    def papers_served(self, day: date) -> tuple[PaperServed, ...]:
        """一天的凭票接待."""
        return self.cabinet.ask(_on_paper, hall=self.hall.id, day=day)

    def put_paper_served(self, row: PaperServed) -> None:
        """写凭票接待."""
        self.cabinet.put("paper_served", row)

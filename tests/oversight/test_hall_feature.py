"""大厅: what a window head reads, played on the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.oversight.alarms import RingDutyManager
from clerk_app.oversight.call_order import LineDay, answer
from clerk_app.oversight.model import CENTRE
from clerk_app.oversight.queue_figures import HallDay, LineFigures, SeenWindow, figures
from clerk_app.ports import NumberBlock
from clerk_app.queueing.issuing import CloseTickets
from clerk_app.queueing.model import LineStop, Ticket, ticket_kind
from clerk_app.queueing.ordering import FreeTickets, LiftTicket, OpenLine, StopLine
from clerk_app.queueing.usecases import TakeTicket
from tests.desk import ZONE
from tests.duty.everyone import HALL
from tests.memory_books import MemoryBooks
from tests.oversight.acting import AT, by, refused, said
from tests.oversight.test_queue_figures import served, ticket

scenarios("大厅.feature")
NEXT = datetime(2026, 11, 23, 9, tzinfo=ZONE)


@dataclass
class Hall:
    """The books, the moment, and what was refused last."""

    books: MemoryBooks = field(default_factory=lambda: MemoryBooks(HALL))
    now: datetime = AT
    refusal: str = ""
    serials: int = 500

    def put(self, *rows: Ticket) -> None:
        for row in rows:
            self.books.put_ticket(row)

    def line(self) -> LineFigures:
        tickets = tuple(self.books.tickets.values())
        windows = tuple(SeenWindow(number=n, name="", letters=("B",), person="某人") for n in (4, 5))
        stops = self.books.line_stops(self.now.date())
        day = HallDay(
            now=self.now, hours=HALL.hours, tickets=tickets, windows=windows, stops=stops, letters={"B": "综合"}
        )
        found = figures(day).line("B")
        assert found is not None
        return found

    def take(self) -> str:
        """A number of the line; the sentence that refuses it."""
        kind = ticket_kind("B", self.now.date(), reserve=False)
        self.serials += 1
        self.books.give_block(NumberBlock(id="b", kind=kind, first=1, last=999))
        fields = {"day": self.now.date(), "letter": "B", "block": "b", "serial": self.serials}
        refusal = said(self.books, by(TakeTicket, "B1", at=self.now, ticket=f"new-{self.serials}", **fields))
        return refusal.sentence if refusal else ""


@pytest.fixture
def hall() -> Hall:
    return Hall()


def waits(serial: int, **more: object) -> Ticket:
    return ticket(serial, "B", taken_at=AT - timedelta(minutes=60 - serial), **more)


@given(parsers.parse("综合受理办一个要{took:d}分钟，两个窗口办，16:00有{count:d}个人等"))
def _pace(hall: Hall, took: int, count: int) -> None:
    hall.now = AT.replace(hour=16, minute=0)
    hall.put(*(served(number, took, "B", window=4) for number in range(1, 9)))
    hall.put(*(waits(number) for number in range(11, 11 + count)))


@given(parsers.re(r"综合受理有(?P<count>\d+)个人等$"))
def _waiting(hall: Hall, count: str) -> None:
    hall.put(*(waits(number) for number in range(1, int(count) + 1)))


@given("综合受理有3个人等，一个挂起没回来，一个在办")
def _mixed(hall: Hall) -> None:
    _waiting(hall, "3")
    hall.put(waits(8, state="held", window=4), waits(9, state="serving", window=5, served_at=AT))


@given(parsers.parse("综合受理有{count:d}个人等，{mine:d}个分在{window:d}号窗口名下"))
def _dealt(hall: Hall, count: int, mine: int, window: int) -> None:
    hall.put(*(waits(number, fallback=window if number <= mine else 5) for number in range(1, count + 1)))


@given("综合受理被中心按规则止了号")
def _by_rule(hall: Hall) -> None:
    stop = LineStop(id="s", day=AT.date(), letter="B", at=AT, by=CENTRE, reason="人多", reopens=NEXT, rule=True)
    hall.books.put_line_stop(stop)


def called(serial: int, minute: int, **more: object) -> Ticket:
    moment = AT.replace(hour=10, minute=minute)
    return waits(serial, state="finished", window=4, clerk="P105", called_at=moment, **more)


@given("B017等着，B011和B012先取号先叫，VB021因为老年人优先先叫")
def _skipped(hall: Hall) -> None:
    hall.put(waits(17), called(11, 2), called(12, 6), called(21, 10, priority="elderly", number="VB021"))


@then(parsers.parse('值班长看到"办到 {ends}"，下班前有{left:d}人办不完'))
def _outlook(hall: Hall, ends: str, left: int) -> None:
    seen = hall.line().outlook
    assert seen is not None
    assert (f"{seen.ends:%H:%M}", seen.unserved) == (ends, left)


@when(parsers.parse('值班长止号"{reason}"，到11月23日9点恢复'))
def _stop(hall: Hall, reason: str) -> None:
    stop = by(StopLine, "manager", at=hall.now, stop="s", letter="B", reason=reason, reopens=NEXT)
    assert refused(hall.books, stop) == ""
    assert hall.line().stop is not None


@then(parsers.parse('再取综合受理的号，说的是"{words}"'))
def _no_number(hall: Hall, words: str) -> None:
    assert words in hall.take()


@when("值班长恢复发号")
def _open(hall: Hall) -> None:
    assert refused(hall.books, by(OpenLine, "B1", at=hall.now, stop="s")), "a clerk does not open a line"
    assert refused(hall.books, by(OpenLine, "manager", at=hall.now, stop="s")) == ""


@then("又取得到综合受理的号")
def _number(hall: Hall) -> None:
    assert hall.take() == ""


def last(hall: Hall) -> Ticket:
    return max(hall.books.tickets.values(), key=lambda one: one.taken_at)


@when(parsers.re(r"(?P<who>值班长|窗口人员)(不写原因|写\"(?P<reason>[^\"]*)\")把最后一个提前"))
def _lift(hall: Hall, who: str, reason: str | None) -> None:
    seat = "manager" if who == "值班长" else "B1"
    hall.refusal = refused(hall.books, by(LiftTicket, seat, ticket=last(hall).id, reason=reason or " "))


@then("没有提前")
def _not_lifted(hall: Hall) -> None:
    assert hall.refusal
    assert last(hall).lifts == ()


@then("下一个就是最后取号的那个，原因留在号上")
def _lifted(hall: Hall) -> None:
    first = min(hall.books.tickets.values(), key=lambda one: one.order)
    assert first.id == last(hall).id
    assert [lift.reason for lift in first.lifts] == ["孩子发烧"]


@when("值班长当日收尾")
def _close(hall: Hall) -> None:
    keys = tuple(hall.books.tickets)
    assert refused(hall.books, by(CloseTickets, "manager", day=AT.date(), tickets=keys)) == ""


@then("等的3个和挂起的1个都是当日未办，在办的还在办，一个过号也没有")
def _closed(hall: Hall) -> None:
    states = sorted(one.state for one in hall.books.tickets.values())
    assert states == ["not_served"] * 4 + ["serving"]


@when(parsers.parse("值班长放开{window:d}号窗口名下的号"))
def _free(hall: Hall, window: int) -> None:
    keys = tuple(one.id for one in hall.books.tickets.values() if one.fallback == window)
    freed = by(FreeTickets, "manager", of_window=window, tickets=keys, reason="断线")
    assert refused(hall.books, freed) == ""


@then(parsers.parse("{window:d}号窗口名下没有号，{count:d}个人都还在等"))
def _freed(hall: Hall, window: int, count: int) -> None:
    rows = hall.books.tickets.values()
    assert not any(one.fallback == window for one in rows)
    assert sum(one.state == "waiting" for one in rows) == count


@when("4号窗口没写原因先叫了后取号的B018")
def _out_of_order(hall: Hall) -> None:
    hall.put(called(18, 15))


@then(parsers.parse('答复是"{words}"'))
def _answered(hall: Hall, words: str) -> None:
    day = LineDay(tickets=tuple(hall.books.tickets.values()), rules=HALL.queue, now=AT, name=HALL.roster.name_of)
    assert answer(hall.books.tickets["B17"], day).sentence.startswith(words)


@when("4号窗口罗文静按了呼叫键")
def _ring(hall: Hall) -> None:
    assert refused(hall.books, by(RingDutyManager, "B1", task="t")) == ""


@then(parsers.parse('值班长的待办里写着"{words}"'))
def _told(hall: Hall, words: str) -> None:
    (task,) = hall.books.open_tasks(10)
    assert (task.kind, task.words) == ("alarm", words)

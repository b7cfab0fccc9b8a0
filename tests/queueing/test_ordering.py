"""次序与开停: put on top, wronged persons, shares freed, lines stopped and opened, windows that call other letters."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import TOP
from clerk_app.queueing.ordering import (
    FreeTickets,
    LiftTicket,
    MoveWindow,
    OpenLine,
    RightTicket,
    StopLine,
    window_day,
)
from clerk_app.queueing.usecases import CallTicket, PassTicket, serving_letters, stopped
from tests.queueing.line_of_a import MANAGER, LineOfA


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


class TestOnTop:
    def test_the_duty_manager_puts_one_on_top_whoever_holds_it(self, line: LineOfA) -> None:
        line.ticket(minutes=60)
        ticket = line.ticket(minutes=1, holder="desk-3")
        line.good(MANAGER, LiftTicket, ticket=ticket.id, reason=" 孩子发烧 ")
        row = line.now(ticket)
        assert line.order()[0] == ticket.id
        assert (row.rank, row.lifts[0].reason, row.lifts[0].by, row.lifts[0].wronged) == (
            TOP,
            "孩子发烧",
            "P101",
            False,
        )
        assert line.holder(ticket) == "desk-3"

    def test_the_first_on_top_stays_before_the_second(self, line: LineOfA) -> None:
        first, second = line.ticket(minutes=1), line.ticket(minutes=60)
        line.good(MANAGER, LiftTicket, ticket=first.id, reason="一")
        line.good(MANAGER, LiftTicket, ticket=second.id, reason="二")
        assert line.order() == [first.id, second.id]

    @pytest.mark.parametrize("state", ["waiting", "passed"])
    def test_a_wronged_person_comes_next_at_any_window(self, line: LineOfA, state: str) -> None:
        line.ticket(minutes=60)
        ticket = line.ticket(minutes=1)
        if state == "passed":
            line.good(3, CallTicket, ticket=ticket.id)
            line.good(3, PassTicket, ticket=ticket.id)
        line.good(2, RightTicket, ticket=ticket.id, reason="被误过号")
        row = line.now(ticket)
        assert (row.state, row.lifts[0].wronged, row.ended_at, row.calls) == ("waiting", True, None, 0)
        assert line.order()[0] == ticket.id
        assert line.holder(ticket) is None
        line.good(2, CallTicket, ticket=ticket.id)

    @pytest.mark.parametrize(("kind", "window"), [(LiftTicket, MANAGER), (RightTicket, 2)])
    def test_refusals(self, line: LineOfA, kind: type, window: int) -> None:
        ticket = line.ticket()
        assert line.at(window, kind, ticket="nothing", reason="x") == "unknown-ticket"
        assert line.at(window, kind, ticket=ticket.id, reason=" ") == "reason-missing"
        line.good(3, CallTicket, ticket=ticket.id)
        assert line.at(window, kind, ticket=ticket.id, reason="x") == "ticket-not-waiting"
        assert line.at(window, kind, ticket=line.ticket(state="finished").id, reason="x") == "ticket-not-waiting"
        old = line.ticket(day=line.clock.now().date() - timedelta(days=1))
        assert line.at(window, kind, ticket=old.id, reason="x") == "ticket-not-waiting"

    def test_a_clerk_puts_nobody_on_top_without_having_wronged_him(self, line: LineOfA) -> None:
        ticket = line.ticket(state="passed")
        assert line.at(MANAGER, LiftTicket, ticket=ticket.id, reason="x") == "ticket-not-waiting"
        assert line.at(2, LiftTicket, ticket=line.ticket().id, reason="x") != ""


class TestFree:
    def test_what_waits_in_the_share_is_anybodys(self, line: LineOfA) -> None:
        waits, held = line.ticket(fallback=2), line.ticket(fallback=2, holder="desk-2")
        other, called = line.ticket(fallback=3), line.ticket(fallback=2)
        line.good(2, CallTicket, ticket=called.id)
        keys = (waits.id, held.id, other.id, called.id, "nothing")
        line.good(MANAGER, FreeTickets, of_window=2, tickets=keys, reason="2号窗口断线")
        assert [line.now(one).fallback for one in (waits, held, other, called)] == [0, 0, 3, 2]
        assert line.holder(held) is None
        assert (line.now(called).state, line.holder(called)) == ("called", "desk-2")

    def test_refusals(self, line: LineOfA) -> None:
        ticket = line.ticket(fallback=2)
        assert line.at(MANAGER, FreeTickets, of_window=2, tickets=(ticket.id,), reason=" ") == "reason-missing"
        assert line.at(2, FreeTickets, of_window=2, tickets=(ticket.id,), reason="x") != ""
        assert line.now(ticket).fallback == 2


class TestStops:
    def stop(self, line: LineOfA, **more: object) -> str:
        plain = {"stop": new_id(), "letter": "A", "reason": "办不完", "reopens": line.clock.now() + timedelta(hours=20)}
        return line.at(MANAGER, StopLine, **{**plain, **more})

    def test_stopped_and_opened_again(self, line: LineOfA) -> None:
        key = new_id()
        assert self.stop(line, stop=key) == ""
        day = line.clock.now().date()
        assert stopped(line.books, "A", day) is not None
        assert stopped(line.books, "B", day) is None
        line.good(MANAGER, OpenLine, stop=key)
        assert stopped(line.books, "A", day) is None
        assert line.books.stops[key].ended_by == "P101"

    def test_refusals(self, line: LineOfA) -> None:
        assert self.stop(line, letter="Z") == "unknown-letter"
        assert self.stop(line, reason=" ") == "reason-missing"
        assert self.stop(line, reopens=line.clock.now()) == "reopens-past"
        assert self.stop(line) == ""
        assert self.stop(line) == "line-stopped"
        assert line.at(MANAGER, OpenLine, stop="nothing") == "line-open"
        (key,) = line.books.stops
        line.good(MANAGER, OpenLine, stop=key)
        assert line.at(MANAGER, OpenLine, stop=key) == "line-open"


class TestMoves:
    def move(self, line: LineOfA, **more: object) -> str:
        plain = {"day": line.clock.now().date(), "of_window": 2, "letters": ("B", "C"), "reason": "人多"}
        return line.at(MANAGER, MoveWindow, **{**plain, **more})

    def test_other_letters_for_this_day(self, line: LineOfA) -> None:
        day = line.clock.now().date()
        assert serving_letters(line.books, 2, day) == ("A",)
        assert self.move(line) == ""
        assert serving_letters(line.books, 2, day) == ("B", "C")
        assert serving_letters(line.books, 2, day + timedelta(days=1)) == ("A",)
        assert self.move(line, letters=()) == ""
        assert serving_letters(line.books, 2, day) == ("A",)
        assert line.books.day_letters[window_day(day, 2)].by == "P101"

    def test_refusals(self, line: LineOfA) -> None:
        assert self.move(line, of_window=99) == "no-such-window"
        assert self.move(line, day=line.clock.now().date() + timedelta(days=1)) == "no-such-window"
        assert self.move(line, letters=("A", "Z")) == "unknown-letter"
        assert self.move(line, reason="") == "reason-missing"
        assert serving_letters(line.books, 99, line.clock.now().date()) == ()

"""挂起、退回、过号受理: what each does, and every refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.queueing.model import FIRST, ORDINARY, Parked
from clerk_app.queueing.parking import HoldTicket, RejoinTicket, ResumeTicket, ReturnTicket
from clerk_app.queueing.rules import RejoinRule
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, PassTicket
from tests.queueing.line_of_a import HALL, LineOfA


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


def called(line: LineOfA, window: int = 2, **more):
    ticket = line.ticket(**more)
    line.good(window, CallTicket, ticket=ticket.id)
    return ticket


def passed(line: LineOfA, window: int = 2, **more):
    ticket = called(line, window, **more)
    line.good(window, PassTicket, ticket=ticket.id)
    return ticket


class TestHold:
    @pytest.mark.parametrize("served", [True, False])
    def test_the_hands_are_free_and_why_is_kept(self, line: LineOfA, served: bool) -> None:
        ticket = called(line)
        if served:
            line.good(2, ArriveTicket, ticket=ticket.id)
        line.good(2, HoldTicket, ticket=ticket.id, reason=" 去复印 ")
        row = line.now(ticket)
        assert row.state == "held"
        assert row.parked == Parked(reason="去复印", at=row.parked.at, by="P203", window=2, serving=served)
        assert (row.window, line.holder(ticket)) == (2, "desk-2")
        assert line.books.open_call_at(2, row.day) is None
        other = called(line)
        assert line.at(2, ResumeTicket, ticket=ticket.id) == "window-busy"
        line.good(2, HoldTicket, ticket=other.id, reason="填表")
        line.good(2, ResumeTicket, ticket=ticket.id)
        row = line.now(ticket)
        assert (row.state, row.parked, row.calls) == (("serving", None, 1) if served else ("called", None, 2))

    def test_refusals(self, line: LineOfA) -> None:
        ticket = called(line)
        assert line.at(2, HoldTicket, ticket="nothing", reason="x") == "unknown-ticket"
        assert line.at(2, HoldTicket, ticket=ticket.id, reason="  ") == "reason-missing"
        assert line.at(2, HoldTicket, ticket=line.ticket().id, reason="x") == "ticket-not-here"
        assert line.at(3, HoldTicket, ticket=ticket.id, reason="x") == "held-elsewhere"
        assert line.now(ticket).state == "called"

    def test_resume_refusals(self, line: LineOfA) -> None:
        ticket = called(line)
        assert line.at(2, ResumeTicket, ticket="nothing") == "unknown-ticket"
        assert line.at(2, ResumeTicket, ticket=ticket.id) == "ticket-not-held"
        line.good(2, HoldTicket, ticket=ticket.id, reason="填表")
        assert line.at(3, ResumeTicket, ticket=ticket.id) == "held-elsewhere"

    def test_one_whose_window_gave_it_up_is_resumed_where_he_comes(self, line: LineOfA) -> None:
        ticket = called(line)
        line.good(2, HoldTicket, ticket=ticket.id, reason="填表")
        line.books.holds.clear()
        line.good(3, ResumeTicket, ticket=ticket.id)
        row = line.now(ticket)
        assert (row.window, row.clerk, row.state, line.holder(ticket)) == (3, "P204", "called", "desk-3")


class TestReturn:
    def test_in_the_line_again_at_its_place_and_nobodys(self, line: LineOfA) -> None:
        later = line.ticket(minutes=1)
        ticket = called(line, minutes=9)
        line.good(2, ArriveTicket, ticket=ticket.id)
        line.good(2, ReturnTicket, ticket=ticket.id, reason="叫错了")
        row = line.now(ticket)
        assert (row.state, row.window, row.calls, row.called_at, row.served_at) == ("waiting", None, 0, None, None)
        assert (row.reason, line.holder(ticket)) == ("叫错了", None)
        assert row.fallback == 2, "with the line cut this window calls it again, nobody else"
        assert line.order() == [ticket.id, later.id]
        line.good(3, CallTicket, ticket=ticket.id)

    def test_refusals(self, line: LineOfA) -> None:
        ticket = called(line)
        assert line.at(2, ReturnTicket, ticket="nothing", reason="x") == "unknown-ticket"
        assert line.at(2, ReturnTicket, ticket=ticket.id, reason="") == "reason-missing"
        assert line.at(2, ReturnTicket, ticket=line.ticket().id, reason="x") == "ticket-not-here"
        assert line.at(3, ReturnTicket, ticket=ticket.id, reason="x") == "held-elsewhere"


class TestRejoin:
    @pytest.mark.parametrize(("waiting", "place"), [(0, 0), (2, 2), (3, 3), (6, 3)])
    def test_behind_so_many_as_the_hall_says(self, line: LineOfA, waiting: int, place: int) -> None:
        ticket = passed(line, minutes=90)
        for minutes in range(waiting):
            line.ticket(minutes=50 - minutes)
        line.good(2, RejoinTicket, ticket=ticket.id)
        assert line.order().index(ticket.id) == place
        row = line.now(ticket)
        assert (row.rejoins, row.ended_at, row.reason, row.calls, line.holder(ticket)) == (1, None, "", 0, None)

    def test_not_before_the_priority_ones_it_is_put_behind(self, line: LineOfA) -> None:
        ticket = passed(line, minutes=90)
        for minutes in range(3):
            line.ticket(minutes=minutes, priority="elderly", rank=FIRST)
        behind = line.ticket(minutes=80)
        line.good(2, RejoinTicket, ticket=ticket.id)
        assert line.order()[3] == ticket.id
        assert line.order()[4] == behind.id
        assert line.now(ticket).rank in (FIRST, ORDINARY)

    def test_a_priority_one_stands_behind_so_many_too(self, line: LineOfA) -> None:
        """What the button says is what happens, whatever right he had before he was passed."""
        ticket = line.ticket(minutes=90, priority="elderly", rank=FIRST)
        line.good(2, CallTicket, ticket=ticket.id)
        line.good(2, PassTicket, ticket=ticket.id)
        for minutes in range(4):
            line.ticket(minutes=50 - minutes)
        line.good(2, RejoinTicket, ticket=ticket.id)
        assert line.order().index(ticket.id) == 3

    def test_at_any_window_and_its_own_share_there(self, line: LineOfA) -> None:
        ticket = passed(line, 2)
        line.good(3, RejoinTicket, ticket=ticket.id)
        assert line.now(ticket).fallback == 3
        elsewhere = passed(line, 2)
        line.good(4, RejoinTicket, ticket=elsewhere.id)
        assert line.now(elsewhere).fallback == 0, "a window of another letter cannot call it"

    def test_refusals(self, line: LineOfA) -> None:
        ticket = passed(line)
        assert line.at(2, RejoinTicket, ticket="nothing") == "unknown-ticket"
        assert line.at(2, RejoinTicket, ticket=line.ticket().id) == "ticket-not-passed"
        line.good(2, RejoinTicket, ticket=ticket.id)
        line.good(2, CallTicket, ticket=ticket.id)
        line.good(2, PassTicket, ticket=ticket.id)
        assert line.at(2, RejoinTicket, ticket=ticket.id) == "rejoin-used-up"
        assert "1 次" in line.said
        old = passed(line)
        line.later(86_400)
        assert line.at(2, RejoinTicket, ticket=old.id) == "ticket-not-passed"

    def test_a_hall_that_lets_nobody_wait_again(self) -> None:
        line = LineOfA(replace(HALL, queue=replace(HALL.queue, rejoin=RejoinRule(allowed=False))))
        ticket = passed(line)
        assert line.at(2, RejoinTicket, ticket=ticket.id) == "rejoin-used-up"
        assert "过号作废" in line.said

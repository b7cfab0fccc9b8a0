"""凭票接待: facts that stand whatever else is known, and a ticket that follows them once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clerk_app.outside.ids import new_id
from clerk_app.queueing.model import PaperServed, Ticket
from clerk_app.queueing.on_paper import EndByPaper, ServeByPaper, slip_kept
from clerk_app.queueing.parking import HoldTicket
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket
from tests.queueing.line_of_a import LineOfA


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


def serve(line: LineOfA, window: int, slip: Ticket, key: str = "", **more: Any) -> PaperServed:
    served = key or new_id()
    plain = {
        "served": served, "ticket": slip.id, "day": slip.day, "number": slip.number, "letter": slip.letter,
        "serial": slip.serial, "taken_at": slip.taken_at,
    }  # fmt: skip
    line.good(window, ServeByPaper, **{**plain, **more})
    return line.books.on_paper[served]


def end(line: LineOfA, window: int, row: PaperServed, outcome: str = "handled") -> PaperServed:
    line.good(window, EndByPaper, served=row.id, ticket=row.ticket, outcome=outcome)
    return line.books.on_paper[row.id]


@pytest.mark.parametrize("state", ["waiting", "issuing", "called", "passed", "held"])
def test_whoever_brings_it_is_served(line: LineOfA, state: str) -> None:
    ended = line.clock.now() if state == "passed" else None
    window = 3 if state in ("called", "held", "passed") else None
    ticket = line.ticket(state=state, window=window, ended_at=ended, holder="desk-3")
    row = serve(line, 2, ticket)
    known = line.now(ticket)
    assert (row.known, known.state, known.window, known.by_paper, known.clerk) == ("", "serving", 2, True, "P203")
    assert known.calls >= 1
    assert (known.called_at, known.served_at, known.ended_at) == (ticket.called_at or row.at, row.at, None)
    assert line.holder(ticket) == "desk-2"
    assert end(line, 2, row, "brought").outcome == "brought"
    assert (line.now(ticket).state, line.now(ticket).outcome) == ("finished", "brought")


def test_a_ticket_nobody_heard_of_is_made_from_its_slip(line: LineOfA) -> None:
    known = line.ticket()
    del line.books.tickets[known.id]
    row = serve(line, 2, known, ticket="from-slip")
    made = line.now("from-slip")
    assert (made.number, made.letter, made.serial, made.taken_at) == (known.number, "A", known.serial, known.taken_at)
    assert (row.real, made.state) == ("", "serving")


def test_known_here_by_its_number_alone(line: LineOfA) -> None:
    ticket = line.ticket()
    row = serve(line, 2, ticket, ticket="another-id", how="check")
    assert (row.ticket, row.real, row.how) == ("another-id", ticket.id, "check")
    assert "another-id" not in line.books.tickets
    end(line, 2, row)
    assert line.now(ticket).state == "finished"


@pytest.mark.parametrize("state", ["serving", "finished"])
def test_served_elsewhere_already_both_are_kept_and_the_ticket_stays(line: LineOfA, state: str) -> None:
    ticket = line.ticket()
    line.good(3, CallTicket, ticket=ticket.id)
    line.good(3, ArriveTicket, ticket=ticket.id)
    if state == "finished":
        line.good(3, FinishTicket, ticket=ticket.id)
    before = line.now(ticket)
    row = serve(line, 2, ticket)
    assert "3号窗口" in row.known
    assert line.now(ticket) == before
    ended = end(line, 2, row)
    assert ended.ended_at is not None
    assert line.now(ticket) == before, "its end is no end of what is served there"


def test_the_fact_told_again_is_one_fact(line: LineOfA) -> None:
    ticket = line.ticket()
    row = serve(line, 2, ticket, key="once")
    first = end(line, 2, row)
    serve(line, 2, ticket, key="once")
    end(line, 2, row, "advice")
    assert line.books.on_paper == {"once": first}
    assert line.now(ticket).outcome == "handled"


def test_what_is_finished_here_is_not_begun_again(line: LineOfA) -> None:
    ticket = line.ticket()
    end(line, 2, serve(line, 2, ticket))
    again = serve(line, 2, ticket)
    assert "2号窗口已办结" in again.known
    assert line.now(ticket).state == "finished"


def test_the_slip_of_who_is_being_served_here_is_his_own(line: LineOfA) -> None:
    ticket = line.ticket()
    line.good(2, CallTicket, ticket=ticket.id)
    line.good(2, ArriveTicket, ticket=ticket.id)
    row = serve(line, 2, ticket)
    assert row.known == "", "no two records for a person to look at"
    end(line, 2, row)
    assert line.now(ticket).state == "finished"


def test_what_the_window_had_called_waits_again(line: LineOfA) -> None:
    called, ticket = line.ticket(), line.ticket()
    line.good(2, CallTicket, ticket=called.id)
    serve(line, 2, ticket)
    assert (line.now(called).state, line.holder(called)) == ("waiting", None)
    assert line.books.open_call_at(2, ticket.day).id == ticket.id


def test_what_the_window_serves_is_not_pushed_aside(line: LineOfA) -> None:
    serving, ticket = line.ticket(), line.ticket()
    line.good(2, CallTicket, ticket=serving.id)
    line.good(2, ArriveTicket, ticket=serving.id)
    row = serve(line, 2, ticket)
    assert row.known == ""
    assert (line.now(serving).state, line.now(ticket).state) == ("serving", "waiting")
    end(line, 2, row)
    over = line.now(ticket)
    assert (line.now(serving).state, over.state, over.window, over.served_at) == ("serving", "finished", 2, row.at)
    assert (over.ended_at, over.by_paper, over.before) == (line.books.on_paper[row.id].ended_at, True, None)
    assert line.at(3, CallTicket, ticket=ticket.id) == "ticket-over", (
        "its slip lies at the window: nobody is called in vain"
    )


def test_put_aside_meanwhile_its_end_ends_the_fact_alone(line: LineOfA) -> None:
    ticket = line.ticket()
    row = serve(line, 2, ticket)
    line.good(2, HoldTicket, ticket=ticket.id, reason="去缴费")
    assert end(line, 2, row).ended_at is not None
    assert line.now(ticket).state == "held"


def test_an_outcome_nobody_knows_is_another_one(line: LineOfA) -> None:
    ticket = line.ticket()
    assert end(line, 2, serve(line, 2, ticket), "sold").outcome == "other"


def test_an_end_whose_beginning_was_never_heard_ends_nothing(line: LineOfA) -> None:
    ticket = line.ticket()
    line.good(2, EndByPaper, served="unheard", ticket=ticket.id)
    line.good(2, EndByPaper, served="unheard", ticket="unheard of")
    assert line.now(ticket).state == "waiting"
    assert line.books.on_paper == {}


def test_whoever_stood_here_by_his_slip_stood_here_then(line: LineOfA) -> None:
    """Whatever else is known of the ticket, and by either of its names."""
    ticket = line.ticket()
    row = serve(line, 2, ticket, ticket="another-id", how="check")
    line.later(60)
    ended = end(line, 2, row)
    for key in ("another-id", ticket.id):
        assert slip_kept(line.books, key, 2, row.at)
        assert slip_kept(line.books, key, 2, ended.ended_at)
        assert not slip_kept(line.books, key, 3, row.at)
        assert not slip_kept(line.books, key, 2, row.at - timedelta(seconds=1))
        assert not slip_kept(line.books, key, 2, ended.ended_at + timedelta(seconds=1))
    assert not slip_kept(line.books, "third", 2, row.at)

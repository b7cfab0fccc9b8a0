"""号票的怪事: a number of another day, one taken before the line was stopped and heard of after, a reserve slip that was shown before its desk was heard."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk_app.outside.ids import new_id
from clerk_app.ports import NumberBlock
from clerk_app.queueing.model import ticket_kind
from clerk_app.queueing.on_paper import EndByPaper, ServeByPaper
from clerk_app.queueing.ordering import StopLine
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, PassTicket, TakeTicket
from tests.queueing.line_of_a import MANAGER, LineOfA


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


def takes(line: LineOfA, *, reserve: bool = False, key: str = "", **more: object) -> tuple[str, str]:
    """At window 2; the type of the refusal, and the ticket's id."""
    day, key = line.clock.now().date(), key or new_id()
    block = NumberBlock(
        id=f"b-{reserve}", kind=ticket_kind("A", day, reserve=reserve), first=1 + 700 * reserve, last=999
    )
    line.books.blocks[block.id] = (block, "desk-2")
    plain = {"ticket": key, "day": day, "letter": "A", "block": block.id, "serial": block.first, "reserve": reserve}
    return line.at(2, TakeTicket, **{**plain, **more}), key


def shows(line: LineOfA, window: int, ticket: str, number: str = "A701", how: str = "code") -> str:
    served, now = new_id(), line.clock.now()
    slip = {"ticket": ticket, "day": now.date(), "number": number, "letter": "A", "serial": 701, "taken_at": now}
    line.good(window, ServeByPaper, served=served, how=how, **slip)
    return served


def test_a_number_of_another_day_is_not_called(line: LineOfA) -> None:
    old = line.ticket(day=line.clock.now().date() - timedelta(days=1))
    assert line.at(2, CallTicket, ticket=old.id) == "ticket-of-another-day"
    assert line.now(old) == old


def test_taken_before_the_stop_and_heard_of_after_it(line: LineOfA) -> None:
    """Its slip is out: the stop is for who comes later."""
    began = line.clock.now()
    line.later(60)
    stop = {"stop": new_id(), "letter": "A", "reason": "办不完", "reopens": line.clock.now() + timedelta(hours=20)}
    line.good(MANAGER, StopLine, **stop)
    assert takes(line)[0] == "line-stopped"
    line.clock.moment = began
    assert takes(line)[0] == ""


def test_a_pass_says_why(line: LineOfA) -> None:
    ticket = line.ticket()
    line.good(2, CallTicket, ticket=ticket.id)
    assert line.at(2, PassTicket, ticket=ticket.id, reason=" ") == "reason-missing"
    assert line.now(ticket).state == "called"


@pytest.mark.parametrize("ended", [False, True])
def test_a_reserve_slip_shown_elsewhere_first_gets_what_its_desk_knows(line: LineOfA, ended: bool) -> None:
    key = new_id()
    served = shows(line, 3, key)
    if ended:
        line.good(3, EndByPaper, served=served, ticket=key)
    before = line.now(key)
    assert not before.reserve
    refused, _ = takes(line, reserve=True, key=key, item="X", aids=("large",), person="ab")
    assert refused == ""
    now = line.now(key)
    assert (now.reserve, now.item, now.aids, now.person, now.taken_window) == (True, "X", ("large",), "ab", 2)
    for name in ("state", "window", "clerk", "called_at", "served_at", "ended_at", "outcome", "by_paper"):
        assert getattr(now, name) == getattr(before, name), name
    assert line.holder(now) == "desk-3", "its own desk does not take it back"
    assert takes(line, reserve=True)[0] == "number-used", "and its number is spent"
    assert takes(line, reserve=True, key=key)[0] == "ticket-exists"


def test_known_elsewhere_by_its_number_alone_it_is_one_ticket(line: LineOfA) -> None:
    shows(line, 3, "another-id", how="check")
    refused, key = takes(line, reserve=True)
    assert refused == ""
    assert key not in line.books.tickets
    assert takes(line, reserve=True)[0] == "number-used"


def test_a_ticket_that_stands_is_not_taken_again(line: LineOfA) -> None:
    _, key = takes(line)
    line.good(2, CallTicket, ticket=key)
    line.good(2, ArriveTicket, ticket=key)
    assert takes(line, key=key)[0] == "ticket-exists"
    assert takes(line, reserve=True, key=key)[0] == "ticket-exists"

"""撤销: the last act of a window, for the hall's seconds, and everything is as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.parking import HoldTicket, RejoinTicket, ResumeTicket, ReturnTicket, UndoTicket
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket, PassTicket
from tests.queueing.line_of_a import LineOfA

ACTS = {
    "pass": (PassTicket, {"reason": "本人不办了"}),
    "finish": (FinishTicket, {"outcome": "advice"}),
    "hold": (HoldTicket, {"reason": "填表"}),
    "return": (ReturnTicket, {"reason": "叫错了"}),
    "forward": (ForwardTicket, {"letter": "B", "reason": "走错队"}),
    "rejoin": (RejoinTicket, {}),
}


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


def before(line: LineOfA, act: str) -> Ticket:
    """As it stands before the act: sent on once and put back once, so that there is something to forget."""
    ticket = line.ticket(minutes=30, fallback=3, letter="A", reason="设备故障")
    line.good(2, CallTicket, ticket=ticket.id)
    if act == "finish":
        line.good(2, ArriveTicket, ticket=ticket.id)
    if act == "rejoin":
        line.good(2, PassTicket, ticket=ticket.id, reason="叫号未到")
    return line.now(ticket)


@pytest.mark.parametrize("act", ACTS)
def test_all_is_as_it_was(line: LineOfA, act: str) -> None:
    known = before(line, act)
    kind, fields = ACTS[act]
    line.ticket(minutes=2)
    command = line.good(2, kind, ticket=known.id, **fields)
    line.good(2, UndoTicket, ticket=known.id, undoes=command)
    assert line.now(known) == replace(known, before=None)
    if known.state in ("called", "serving"):
        assert line.holder(known) == "desk-2"
    assert line.at(2, UndoTicket, ticket=known.id, undoes=command) == "undo-over", "once"


@pytest.mark.parametrize("act", ["pass", "finish", "hold", "return", "forward"])
def test_never_two_in_hand(line: LineOfA, act: str) -> None:
    known = before(line, act)
    kind, fields = ACTS[act]
    command = line.good(2, kind, ticket=known.id, **fields)
    line.good(2, CallTicket, ticket=line.ticket().id)
    assert line.at(2, UndoTicket, ticket=known.id, undoes=command) == "window-busy"
    assert line.now(known).state == line.now(known).state != "called"


@pytest.mark.parametrize("act", ["return", "forward"])
def test_by_the_window_that_did_it_alone(line: LineOfA, act: str) -> None:
    """In nobody's hold, any machine could ask; it would come back to a window that does not know."""
    known = before(line, act)
    kind, fields = ACTS[act]
    command = line.good(2, kind, ticket=known.id, **fields)
    assert line.at(3, UndoTicket, ticket=known.id, undoes=command) == "undo-elsewhere"
    assert line.now(known).state == "waiting"


def test_what_another_window_called_meanwhile_stays_there(line: LineOfA) -> None:
    known = before(line, "return")
    command = line.good(2, ReturnTicket, ticket=known.id, reason="叫错了")
    line.good(3, CallTicket, ticket=known.id)
    assert line.at(2, UndoTicket, ticket=known.id, undoes=command) == "held-elsewhere"
    assert line.now(known).window == 3


@pytest.mark.parametrize(("seconds", "kind"), [(9, ""), (14, ""), (16, "undo-late")])
def test_for_the_halls_seconds_and_a_little(line: LineOfA, seconds: int, kind: str) -> None:
    known = before(line, "hold")
    command = line.good(2, HoldTicket, ticket=known.id, reason="填表")
    line.later(seconds)
    assert line.at(2, UndoTicket, ticket=known.id, undoes=command) == kind


def test_only_the_last_act(line: LineOfA) -> None:
    known = before(line, "hold")
    command = line.good(2, HoldTicket, ticket=known.id, reason="填表")
    line.good(2, ResumeTicket, ticket=known.id)
    assert line.at(2, UndoTicket, ticket=known.id, undoes=command) == "undo-over"
    assert line.at(2, UndoTicket, ticket=known.id, undoes=line.last) == "undo-over", "a call is not undone"
    assert line.at(2, UndoTicket, ticket="nothing", undoes=command) == "unknown-ticket"


def test_a_ticket_without_an_act_has_nothing_to_undo(line: LineOfA) -> None:
    with pytest.raises(ValueError, match="没有可撤销"):
        line.ticket().undone()

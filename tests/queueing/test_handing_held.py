"""交号 of what is held, and of what was dealt to a window whose line is cut."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk_app.queueing.handing import HandTickets, TakeHandedTicket, handed_ticket, tickets_in_hand
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.parking import HoldTicket, ResumeTicket
from clerk_app.queueing.usecases import ArriveTicket, CallTicket
from clerk_app.sync.handed_code import HandedCode, read_code, write_code
from tests.queueing.line_of_a import DESKS, LineOfA


@pytest.fixture
def line() -> LineOfA:
    return LineOfA()


def held(line: LineOfA, window: int = 2, *, served: bool = True) -> Ticket:
    ticket = line.ticket(minutes=30)
    line.good(window, CallTicket, ticket=ticket.id)
    if served:
        line.good(window, ArriveTicket, ticket=ticket.id)
    line.good(window, HoldTicket, ticket=ticket.id, reason="去复印")
    return line.now(ticket)


def in_hand(line: LineOfA, window: int = 2, *, cut: bool = False) -> list[str]:
    line.books.device = DESKS[window][2]
    return [t.id for t in tickets_in_hand(line.books, window, line.clock.now().date(), ["A"], cut=cut)]


def take(line: LineOfA, window: int, ticket: Ticket, giver: int = 2) -> str:
    handed = handed_ticket(line.books, ticket)
    return line.at(window, TakeHandedTicket, ticket=ticket.id, handed=handed, giver=DESKS[giver][2])


def test_with_the_line_up_what_was_dealt_needs_no_giving(line: LineOfA) -> None:
    line.ticket(fallback=2, minutes=50)
    reserve, parked = line.ticket(fallback=2, minutes=40, holder="desk-2"), held(line)
    line.ticket(fallback=3)
    assert in_hand(line) == [reserve.id, parked.id]
    assert len(in_hand(line, cut=True)) == 3


def test_a_held_one_stays_held_and_is_resumed_by_whoever_he_comes_to(line: LineOfA) -> None:
    ticket = held(line)
    line.good(2, HandTickets, tickets=(ticket.id,))
    known = line.now(ticket)
    assert (known.state, known.window, line.holder(ticket)) == ("held", 2, None)
    assert in_hand(line) == [], "once"
    line.good(3, ResumeTicket, ticket=ticket.id)
    known = line.now(ticket)
    assert (known.state, known.window, known.clerk, line.holder(ticket)) == ("serving", 3, "P204", "desk-3")


def test_taken_by_the_code_it_is_held_there_with_both_names(line: LineOfA) -> None:
    ticket = held(line, served=False)
    line.good(2, HandTickets, tickets=(ticket.id,))
    assert take(line, 3, ticket) == ""
    known = line.now(ticket)
    assert (known.state, known.window, known.clerk, line.holder(ticket)) == ("held", 3, "P204", "desk-3")
    assert (known.parked.by, known.parked.window, known.parked.serving) == ("P203", 3, False)
    assert line.at(2, ResumeTicket, ticket=ticket.id) == "held-elsewhere"
    line.good(3, ResumeTicket, ticket=ticket.id)
    assert line.now(ticket).state == "called"


def test_the_share_of_a_cut_window_goes_with_the_code_and_is_not_called_there_any_more(line: LineOfA) -> None:
    ticket = line.ticket(fallback=2)
    line.good(2, HandTickets, tickets=(ticket.id,))
    assert line.now(ticket).fallback == 0
    assert in_hand(line, cut=True) == []
    assert take(line, 3, ticket) == ""
    assert (line.now(ticket).fallback, line.holder(ticket)) == (3, "desk-3")
    assert take(line, 2, ticket) == "handed-twice"


def test_what_was_dealt_to_another_window_is_not_given_away(line: LineOfA) -> None:
    theirs, called = line.ticket(fallback=3), line.ticket(fallback=2)
    line.good(3, CallTicket, ticket=called.id)
    line.good(2, HandTickets, tickets=(theirs.id, called.id))
    assert line.now(theirs).fallback == 3
    assert (line.now(called).state, line.holder(called)) == ("called", "desk-3")


@pytest.mark.parametrize("number", ["A001", "VA001", "YA001", "K001"])
def test_the_code_says_the_number_that_is_on_the_slip(line: LineOfA, number: str) -> None:
    """Flagged, or sent on from another line, it does not follow from letter and serial."""
    ticket = line.ticket(number=number)
    at = line.clock.now() + timedelta(seconds=1)
    code = HandedCode(
        hall="JZ01", device="desk-2", handing="h", window=2, person="P203", at=at,
        tickets=(handed_ticket(line.books, ticket),),
    )  # fmt: skip
    text = write_code(code, lambda _: "A" * 86 + "==")
    (read,) = read_code(text).code.tickets
    assert (read.number, read.letter, read.serial) == (number, "A", 1)

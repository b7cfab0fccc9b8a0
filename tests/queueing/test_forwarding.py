"""转移: the number stays, the line changes, who sent it and why is kept, and the place in the line is the hall's rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.command import ticket_subject
from clerk_app.duty.records import Pause
from clerk_app.hall import Hall
from clerk_app.office.hold_rules import under_holds
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.outside.ids import new_id
from clerk_app.queueing.forwarding import ForwardTicket, sent_elsewhere
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.usecases import ArriveTicket, CallTicket
from tests.duty.everyone import HALL
from tests.memory_books import MemoryBooks
from tests.oversight.acting import AT, by

REGISTER = build_register()


def ticket(number: int, letter: str = "K", **more) -> Ticket:
    return Ticket(
        id=f"t{number}", day=AT.date(), letter=letter, number=f"{letter}{number:03d}", serial=number, reserve=False,
        taken_at=AT - timedelta(minutes=60 - number), taken_window=1, **more,
    )  # fmt: skip


def serving(hall: Hall = HALL) -> MemoryBooks:
    """K001 is being served at the main desk's machine."""
    books = MemoryBooks(hall, "desk-1")
    books.put_ticket(replace(ticket(1), state="serving", window=1, clerk="P103", calls=1, called_at=AT, served_at=AT))
    books.take_hold(ticket_subject("t1"))
    return books


def do(books: MemoryBooks, command) -> str:
    refusal = judge(under_holds(command, books), books, REGISTER)
    assert refusal is None or refusal.sentence.endswith("。")
    return refusal.type if refusal else ""


def forwarded(books: MemoryBooks, **fields) -> str:
    plain = {"ticket": "t1", "letter": "B", "reason": "要办的在综合窗口"}
    return do(books, by(ForwardTicket, "K1", **{**plain, **fields}))


def test_it_keeps_its_number_waits_in_the_other_line_and_is_nobodys():
    books = serving()
    assert forwarded(books) == ""
    sent = books.tickets["t1"]
    assert (sent.number, sent.letter, sent.state, sent.window, sent.clerk) == ("K001", "B", "waiting", None, "")
    assert (sent.calls, sent.called_at, sent.served_at) == (0, None, None)
    assert books.holder(ticket_subject("t1")) is None
    log = sent.forwarded
    assert log is not None
    assert (log.by, log.from_window, log.from_letter, log.reason) == ("P103", 1, "K", "要办的在综合窗口")


@pytest.mark.parametrize(("front", "first"), [(True, "t1"), (False, "t0")])
def test_at_the_front_or_at_its_time_as_the_hall_says(front, first):
    books = serving(replace(HALL, queue=replace(HALL.queue, forward_front=front)))
    books.put_ticket(replace(ticket(0, "B"), id="t0", priority="elderly"))
    assert forwarded(books) == ""
    waiting = sorted((t for t in books.tickets.values() if t.state == "waiting"), key=lambda t: t.order)
    assert waiting[0].id == first


def test_the_other_window_calls_it_and_may_send_it_on_again():
    books = serving()
    assert forwarded(books) == ""
    books.device = "desk-4"
    assert do(books, by(CallTicket, "B1", ticket="t1")) == ""
    assert do(books, by(ArriveTicket, "B1", ticket="t1")) == ""
    assert do(books, by(ForwardTicket, "B1", ticket="t1", letter="C", reason="户口的事")) == ""
    assert [sent.from_window for sent in books.tickets["t1"].forwards] == [1, 4]
    assert books.tickets["t1"].letter == "C"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"reason": " "}, "reason-missing"), ({"letter": "Z"}, "unknown-letter"), ({"to_window": 6}, "letter-elsewhere"),
        ({"letter": "K", "to_window": 1}, "forward-here"), ({"to_window": 99}, "letter-elsewhere"), ({"ticket": "x"}, "unknown-ticket"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_on_stays_where_it_is(fields, kind):
    books = serving()
    before = books.tickets["t1"]
    assert forwarded(books, **fields) == kind
    assert books.tickets["t1"] == before
    assert books.holder(ticket_subject("t1")) == "desk-1"


def test_only_what_is_in_hand_here_is_sent_on():
    books = serving()
    books.put_ticket(ticket(2))
    assert forwarded(books, ticket="t2") == "ticket-not-here"
    books.device = "desk-4"
    assert do(books, by(ForwardTicket, "B1", ticket="t1", letter="C", reason="户口的事")) == "held-elsewhere"


def test_led_to_one_window_it_is_that_windows_unless_that_one_is_paused():
    books = serving()
    assert forwarded(books, to_window=5) == ""
    sent = books.tickets["t1"]
    assert [sent_elsewhere(sent, window, books) for window in (4, 5)] == [True, False]
    books.put_pause(
        Pause(
            id=new_id(), window=5, post="B2", person="P106", device="desk-5", start=AT, until=AT + timedelta(hours=1),
            reason="开会", tickets=(),
        )
    )  # fmt: skip
    assert not sent_elsewhere(sent, 4, books), "nobody calls there now: the line's other windows do"

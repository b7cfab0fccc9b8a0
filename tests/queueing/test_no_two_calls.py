"""Whatever two windows do, in any order: one open call a window, one window a ticket, one number once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from clerk_app.command import Refusal
from clerk_app.hall import read_hall
from clerk_app.office.judge import judge
from clerk_app.office.register import build_register
from clerk_app.ports import NumberBlock
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket, PassTicket, TakeTicket
from tests.desk import StandingClock, training_document
from tests.memory_books import MemoryBooks

HALL = read_hall(training_document(), "v1")
REGISTER = build_register()
DESKS = {2: ("P203", "A1", "device-a"), 3: ("P204", "A2", "device-b")}
windows = st.sampled_from(sorted(DESKS))


class Queue(RuleBasedStateMachine):
    """Two windows of one letter, each with its own device, blocks and holds."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.clock = StandingClock()
        self.books = MemoryBooks(HALL)
        self.count = 0
        for window, (_, _, device) in DESKS.items():
            self.books.device = device
            kind = f"ticket-reserve:A:{self.clock.moment.date()}"
            self.books.give_block(
                NumberBlock(id=f"b-{window}", kind=kind, first=900 + window * 10, last=905 + window * 10)
            )

    def act(self, window: int, command: type, **fields: object) -> Refusal | None:
        person, post, device = DESKS[window]
        self.count += 1
        self.books.device = device
        done = command(
            id=f"c-{self.count}", at=self.clock.now(), actor=person, post=post, window=window, basis=f"a_role:{post}",
            hall_version="v1", **fields,
        )  # fmt: skip
        before = dict(self.books.tickets), dict(self.books.used), dict(self.books.holds)
        refusal = judge(done, self.books, REGISTER)
        if refusal and command is not TakeTicket:
            assert before == (self.books.tickets, self.books.used, self.books.holds), "a refused move changed something"
        return refusal

    @rule(target=tickets, window=windows, serial=st.integers(0, 6), theirs=st.booleans())
    def take(self, window: int, serial: int, theirs: bool) -> str:
        block = 5 - window if theirs else window
        key = f"t-{self.count}"
        day = self.clock.moment.date()
        number = {"block": f"b-{block}", "serial": 900 + block * 10 + serial}
        refusal = self.act(window, TakeTicket, ticket=key, day=day, letter="A", reserve=True, **number)
        assert (refusal is None) == (key in self.books.tickets)
        if theirs or serial > 5:
            assert refusal is not None
        return key

    @rule(ticket=tickets, window=windows)
    def call(self, ticket: str, window: int) -> None:
        self.act(window, CallTicket, ticket=ticket)

    @rule(ticket=tickets, window=windows)
    def arrive(self, ticket: str, window: int) -> None:
        self.act(window, ArriveTicket, ticket=ticket)

    @rule(ticket=tickets, window=windows)
    def give_up(self, ticket: str, window: int) -> None:
        self.act(window, PassTicket, ticket=ticket)

    @rule(ticket=tickets, window=windows)
    def finish(self, ticket: str, window: int) -> None:
        self.act(window, FinishTicket, ticket=ticket)

    @rule(ticket=consumes(tickets))
    def released(self, ticket: str) -> None:
        """The hold is given back: the other window may call it now."""
        found = self.books.tickets.get(ticket)
        if found is not None and found.state == "waiting":
            self.books.holds.pop(f"ticket:{ticket}", None)

    @rule()
    def time_passes(self) -> None:
        self.clock.moment += timedelta(seconds=1)

    @invariant()
    def one_open_call_a_window(self) -> None:
        open_ = Counter(t.window for t in self.books.tickets.values() if t.state in ("called", "serving"))
        assert set(open_.values()) <= {1}
        assert None not in open_

    @invariant()
    def every_number_once(self) -> None:
        numbers = Counter(t.number for t in self.books.tickets.values())
        assert set(numbers.values()) <= {1}
        assert len(numbers) == len(self.books.used)

    @invariant()
    def who_serves_it_holds_it(self) -> None:
        for ticket in self.books.tickets.values():
            if ticket.window is not None:
                assert self.books.holds[f"ticket:{ticket.id}"] == DESKS[ticket.window][2]


TestQueue = Queue.TestCase
TestQueue.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@pytest.fixture
def queue():
    return Queue()


def test_a_used_number_is_refused_at_the_second_time(queue):
    day = queue.clock.moment.date()
    number = {"day": day, "letter": "A", "block": "b-2", "serial": 921, "reserve": True}
    assert queue.act(2, TakeTicket, ticket="one", **number) is None
    assert queue.act(2, TakeTicket, ticket="two", **number).type == "number-used"
    assert queue.act(2, TakeTicket, ticket="one", **number).type == "ticket-exists"
    assert queue.act(2, TakeTicket, ticket="three", **{**number, "letter": "Z"}).type == "unknown-letter"


def test_another_windows_share_is_not_called_here(queue):
    day = queue.clock.moment.date()
    assert queue.act(2, TakeTicket, ticket="one", day=day, letter="A", block="b-2", serial=921, reserve=True) is None
    assert queue.act(3, CallTicket, ticket="one").type == "held-elsewhere"
    assert queue.act(2, CallTicket, ticket="one") is None


@pytest.mark.parametrize("command", [CallTicket, ArriveTicket, PassTicket, FinishTicket])
def test_an_unknown_ticket_is_said(queue, command):
    assert queue.act(2, command, ticket="nothing").type == "unknown-ticket"


def test_a_number_of_a_letter_the_window_does_not_serve_is_taken_but_not_kept(queue):
    day = queue.clock.moment.date()
    queue.books.device = DESKS[2][2]
    queue.books.give_block(NumberBlock(id="b-b", kind=f"ticket-reserve:B:{day}", first=901, last=902))
    assert queue.act(2, TakeTicket, ticket="b", day=day, letter="B", block="b-b", serial=901, reserve=True) is None
    assert queue.books.holder("ticket:b") is None

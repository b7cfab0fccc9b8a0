"""一张号票的一生: whatever two windows, a third of another letter and the duty manager do in any order, a ticket is one person's, once.

The books are the centre's: each act is judged there under the holds as they stand, as those who gave them believe or not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from clerk_app.command import Command, ticket_subject
from clerk_app.ports import NumberBlock
from clerk_app.queueing.forwarding import ForwardTicket
from clerk_app.queueing.handing import HandTickets, TakeHandedTicket, handed_ticket
from clerk_app.queueing.issuing import CloseTickets, IssueByHand, VoidTicket
from clerk_app.queueing.model import OPEN, OVER, Ticket
from clerk_app.queueing.on_paper import EndByPaper, ServeByPaper
from clerk_app.queueing.ordering import FreeTickets, LiftTicket, RightTicket
from clerk_app.queueing.parking import HoldTicket, RejoinTicket, ResumeTicket, ReturnTicket, UndoTicket
from clerk_app.queueing.usecases import ArriveTicket, CallTicket, FinishTicket, PassTicket, TakeTicket
from tests.queueing.line_of_a import DESKS, MANAGER, LineOfA

windows = st.sampled_from([2, 3, 4])
places = st.sampled_from([0, 0, 0, 0, 2, 3, 4])
"""0: where the ticket is."""
AGAIN = (UndoTicket, RejoinTicket, RightTicket, ServeByPaper)
"""What may bring back what was over; a slip only who was never served."""
UNDOABLE = (PassTicket, FinishTicket, HoldTicket, ReturnTicket, ForwardTicket, RejoinTicket)


class TicketLife(RuleBasedStateMachine):
    """`tickets` are of letter A; window 4 calls B, to which some are sent on."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.line = LineOfA()
        self.count = 0
        self.undoable: dict[int, tuple[str, str, Ticket]] = {}
        self.kept: dict[str, tuple[int, str]] = {}
        self.hands: list[tuple[int, str, Any]] = []
        for window in (2, 3, 4):
            self.line.books.device = DESKS[window][2]
            for reserve, first in ((False, 100 * window), (True, 700 + 10 * window)):
                word = "ticket-reserve" if reserve else "ticket"
                kind = f"{word}:A:{self.line.clock.moment.date()}"
                self.line.books.give_block(NumberBlock(id=f"{word}-{window}", kind=kind, first=first, last=first + 9))

    def act(self, window: int, kind: type[Command], **fields: Any) -> bool:
        """Judged; what must be true of any one act is looked at here."""
        books = self.line.books
        window = window or self.line.now(fields["ticket"]).window or 2
        before, holds = dict(books.tickets), dict(books.holds)
        done = self.line.judged(window, kind, **fields) is None
        if not done and not kind.fact:
            assert before == books.tickets, "a refused move changed a ticket"
            assert holds == books.holds, "a refused move changed a hold"
        for key, was in before.items():
            self._came_back(was, books.tickets[key], kind)
        for key, now in books.tickets.items():
            if now != before.get(key) and now.state in OPEN:
                assert kind in (CallTicket, ArriveTicket, ResumeTicket, UndoTicket, ServeByPaper), kind
        return done

    @staticmethod
    def _came_back(was: Ticket, now: Ticket, kind: type[Command]) -> None:
        if was.state in OVER and now.state not in OVER:
            assert kind in AGAIN, f"{was.number} was over ({was.state}) and is {now.state} after {kind.kind}"
        if was.state == "finished" and now != was:
            assert kind is UndoTicket, "what is finished is finished"
        if was.state == "finished" and now == was:
            assert now.window is not None

    def _remembered(self, window: int, kind: type[Command], ticket: str, **fields: Any) -> None:
        before = self.line.books.tickets[ticket]
        window = window or before.window or 2
        if self.act(window, kind, ticket=ticket, **fields):
            self.undoable[window] = (ticket, self.line.last, before)

    # Coming.

    @rule(target=tickets, window=windows, reserve=st.booleans(), paper=st.sampled_from([False, False, True]))
    def take(self, window: int, reserve: bool, paper: bool) -> str:
        key, word = f"life-{self.count}", "ticket-reserve" if reserve else "ticket"
        self.count += 1
        first = 700 + 10 * window if reserve else 100 * window
        serial = first + self.count % 10
        number = {"block": f"{word}-{window}", "serial": serial, "reserve": reserve}
        if not self.act(
            window, TakeTicket, ticket=key, day=self.line.clock.moment.date(), letter="A", paper=paper, **number
        ):
            self.line.ticket(id=key, number=f"A9{self.count:02d}")
        return key

    @rule(ticket=tickets, window=windows, out=st.booleans())
    def slip(self, ticket: str, window: int, out: bool) -> None:
        if out:
            self.act(window, IssueByHand, ticket=ticket)
        else:
            self.act(window, VoidTicket, ticket=ticket, reason="走了")

    # Being called.

    @rule(window=windows)
    def call_next(self, window: int) -> None:
        """As the centre gives one: the first free one, held by this machine."""
        letter = "B" if window == 4 else "A"
        free = [
            t
            for t in self.line.books.tickets.values()
            if t.state == "waiting" and t.letter == letter and self.line.holder(t) is None
        ]
        day = self.line.clock.moment.date()
        if free and self.line.books.open_call_at(window, day) is None:
            first = min(free, key=lambda t: t.order)
            subject = ticket_subject(first.id)
            self.line.books.holds[subject] = DESKS[window][2]
            self.line.books.fences[subject] = self.line.books.fence(subject) + 1
            assert self.act(window, CallTicket, ticket=first.id), self.line.said

    @rule(ticket=tickets, window=windows)
    def call(self, ticket: str, window: int) -> None:
        """Also of another's, of a cut window's share, again, and of what is over."""
        self.act(window, CallTicket, ticket=ticket)

    @rule(ticket=tickets, window=places)
    def arrive(self, ticket: str, window: int) -> None:
        self.act(window, ArriveTicket, ticket=ticket)

    @rule(ticket=tickets, window=places, early=st.booleans())
    def give_up(self, ticket: str, window: int, early: bool) -> None:
        self._remembered(window, PassTicket, ticket, early=early)

    @rule(ticket=tickets, window=places)
    def finish(self, ticket: str, window: int) -> None:
        self._remembered(window, FinishTicket, ticket)

    @rule(ticket=tickets, window=places, how=st.sampled_from([HoldTicket, ReturnTicket]))
    def put_aside(self, ticket: str, window: int, how: type[Command]) -> None:
        self._remembered(window, how, ticket, reason="填表")

    @rule(ticket=tickets, window=places, letter=st.sampled_from("AB"), to=st.sampled_from([0, 3, 4]))
    def send_on(self, ticket: str, window: int, letter: str, to: int) -> None:
        self._remembered(window, ForwardTicket, ticket, letter=letter, to_window=to, reason="走错队")

    @rule(ticket=tickets, window=places)
    def resume(self, ticket: str, window: int) -> None:
        self.act(window, ResumeTicket, ticket=ticket)

    @rule(ticket=tickets, window=windows)
    def rejoin(self, ticket: str, window: int) -> None:
        self._remembered(window, RejoinTicket, ticket)

    @precondition(lambda self: self.undoable)
    @rule(which=st.integers(0, 2), by=places)
    def undo(self, which: int, by: int) -> None:
        """By the window itself, or by another that heard of the act."""
        window = sorted(self.undoable)[which % len(self.undoable)]
        by = by or window
        ticket, command, before = self.undoable[window]
        if self.act(by, UndoTicket, ticket=ticket, undoes=command):
            assert self.line.now(ticket) == replace(before, before=None), "exactly as it was"
            assert before.state == "passed" or by == window
            del self.undoable[window]

    # What the duty manager does, and time.

    @rule(ticket=tickets, wronged=st.booleans(), window=windows)
    def lift(self, ticket: str, wronged: bool, window: int) -> None:
        if wronged:
            self.act(window, RightTicket, ticket=ticket, reason="被跳过")
        else:
            self.act(MANAGER, LiftTicket, ticket=ticket, reason="急")

    @rule(window=windows)
    def free(self, window: int) -> None:
        keys = tuple(self.line.books.tickets)
        self.act(MANAGER, FreeTickets, of_window=window, tickets=keys, reason="断线")

    @rule(ticket=tickets)
    def close_one(self, ticket: str) -> None:
        self.act(MANAGER, CloseTickets, day=self.line.clock.moment.date(), tickets=(ticket,))

    @rule(seconds=st.sampled_from([1, 12, 40]))
    def time_passes(self, seconds: int) -> None:
        self.line.later(seconds)

    # Leaving, and the slip.

    @rule(window=windows)
    def hand_on(self, window: int) -> None:
        device = DESKS[window][2]
        mine = [t for t in self.line.books.tickets.values() if self.line.holder(t) == device or t.fallback == window]
        handed = [handed_ticket(self.line.books, t) for t in mine]
        if mine and self.act(window, HandTickets, tickets=tuple(t.id for t in mine)):
            self.hands += [(window, self.line.last, one) for one in handed]

    @precondition(lambda self: self.hands)
    @rule(window=windows, which=st.integers(0, 20))
    def take_over(self, window: int, which: int) -> None:
        giver, _, handed = self.hands[which % len(self.hands)]
        self.act(window, TakeHandedTicket, ticket=handed.id, handed=handed, giver=DESKS[giver][2])

    @rule(ticket=tickets, window=windows)
    def show_slip(self, ticket: str, window: int) -> None:
        """There is one slip, and who serves with it keeps it."""
        if ticket in self.kept:
            return
        known, served = self.line.now(ticket), f"paper-{len(self.kept)}"
        self.kept[ticket] = (window, served)
        assert self.act(
            window, ServeByPaper, served=served, ticket=ticket, day=known.day, number=known.number,
            letter=known.letter, serial=known.serial, taken_at=known.taken_at,
        )  # fmt: skip
        assert self.line.books.on_paper[served].window == window, "a fact is kept whatever else is known"

    @rule(ticket=tickets)
    def end_by_slip(self, ticket: str) -> None:
        if ticket in self.kept:
            window, served = self.kept[ticket]
            assert self.act(window, EndByPaper, served=served, ticket=ticket)
            assert self.line.books.on_paper[served].ended_at is not None

    # What is always true.

    @invariant()
    def no_number_twice(self) -> None:
        numbers = Counter(t.number for t in self.line.books.tickets.values())
        assert not [number for number, count in numbers.items() if count > 1]

    @invariant()
    def one_open_call_a_window(self) -> None:
        open_ = Counter(t.window for t in self.line.books.tickets.values() if t.state in OPEN)
        assert set(open_.values()) <= {1}
        assert None not in open_

    @invariant()
    def who_calls_holds_it_and_nobody_else(self) -> None:
        for ticket in self.line.books.tickets.values():
            if ticket.state in OPEN:
                assert ticket.window is not None
                assert self.line.holder(ticket) == DESKS[ticket.window][2], ticket

    @invariant()
    def what_waits_is_in_nobodys_hands(self) -> None:
        for ticket in self.line.books.tickets.values():
            if ticket.state in ("waiting", "issuing"):
                assert (ticket.window, ticket.calls, ticket.called_at, ticket.served_at) == (None, 0, None, None), (
                    ticket
                )
            assert (ticket.ended_at is None) == (ticket.state not in OVER), ticket
            assert (ticket.parked is not None) == (ticket.state == "held") or ticket.state == "not_served", ticket


TestTicketLife = TicketLife.TestCase
TestTicketLife.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)

"""15: a model of two windows and their centre: whatever is done in whatever order, each command is there once or stands visible.

Lines are cut and joined one by one, answers are lost, old requests come again, machines are started again in the middle;
both windows act on the same tickets and cases, sometimes rightly, sometimes believing in a hold they do not have.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clerk_app.cases.model import Applicant
from clerk_app.office.counter import deciding, visit
from clerk_app.office.line import holding
from clerk_app.office.office import Done, Outcome
from clerk_app.ports import HoldGrant
from clerk_app.sync import protocol
from tests.faults.account import journal_of
from tests.faults.clerk import COMPANY
from tests.faults.http11 import Message, header
from tests.faults.proxy import CUTS, SAID, TWICE
from tests.faults.site import Site
from tests.faults.windows import Window

pytestmark = pytest.mark.process

both = st.integers(0, 1)
place = st.integers(0, 7)


class TwoWindows(RuleBasedStateMachine):
    """Windows 2 and 3 serve one queue of tickets at one centre of two processes."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site
        self.cut_off: set[str] = set()
        self.faults: dict[str, str] = {}
        self.pushes: list[Message] = []
        self.told: list[str] = []
        self.tickets: list[str] = []
        self.cases: list[str] = []

    @initialize()
    def opened(self) -> None:
        self.windows = [self.site.window(2), self.site.window(3)]
        self.site.proxy.delay = 0.05
        self.site.proxy.plan = self._plan
        for at, letter in ((0, "A"), (0, "A"), (1, "A"), (0, "B")):
            self.take(at, letter)
        self.receive_and_accept(0, 0)
        self.handle(0, 0, "give_back")
        for at in (0, 1):
            self.send(at)

    def _plan(self, request: Message) -> str:
        device = header(request.head, protocol.DEVICE_HEADER.lower())
        if device in self.cut_off:
            return "cut-before"
        if request.path != protocol.COMMANDS:
            return "pass"
        self.pushes.append(request)
        return self.faults.pop(device, "pass")

    def _did(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self.told.append(outcome.command)

    def _state(self, window: Window, word: str, key: str) -> Any:
        return window.office.read(lambda books: getattr(books, word)(key))

    # What clerks do.

    @rule(at=both, letter=st.sampled_from("AAB"))
    def take(self, at: int, letter: str) -> None:
        """Letter B is another window's: nobody here holds its ticket."""
        window = self.windows[at]
        outcome = visit.take_ticket(window.office, letter)
        self._did(outcome)
        if isinstance(outcome, Done):
            row = next(r for r in window.office.parts.vault.journal.rows((), 5) if r.id == outcome.command)
            self.tickets.append(row.subjects[0].partition(":")[2])

    @rule(at=both)
    def call_next(self, at: int) -> None:
        self._did(visit.call_next(self.windows[at].office))

    @precondition(lambda self: self.tickets)
    @rule(at=both, which=place, act=st.sampled_from(["call", "arrive", "finish", "pass_over"]))
    def serve(self, at: int, which: int, act: str) -> None:
        """Whichever window may or may not: its own office says so first."""
        office, ticket = self.windows[at].office, self.tickets[which % len(self.tickets)]
        more = ("叫号未到",) if act == "pass_over" else ()
        self._did(getattr(visit, act)(office, ticket, *more))

    @precondition(lambda self: self.tickets)
    @rule(at=both, which=place)
    def receive_and_accept(self, at: int, which: int) -> None:
        """A whole visit at once, as far as the books let it go."""
        window, ticket = self.windows[at], self.tickets[which % len(self.tickets)]
        office = window.office
        self._did(visit.call(office, ticket))
        self._did(visit.arrive(office, ticket))
        brought = tuple(m.name for m in office.hall.items[COMPANY].materials)
        received = visit.receive(office, ticket, COMPANY, Applicant(name="江州春禾餐饮管理有限公司"), brought)
        self._did(received)
        case = office.read(lambda books: books.case_of_ticket(ticket))
        if isinstance(received, Done) and case is not None:
            self.cases.append(case.id)
            self._did(visit.accept(office, case))
            self._did(visit.finish(office, ticket))

    @precondition(lambda self: self.cases)
    @rule(at=both, which=place, act=st.sampled_from(["give_back", "take_in_hand", "propose", "tick"]))
    def handle(self, at: int, which: int, act: str) -> None:
        """The case goes from one window to the other and on."""
        office, case = self.windows[at].office, self.cases[which % len(self.cases)]
        if act == "give_back":
            self._did(holding.give_back(office, case))
        elif act == "take_in_hand":
            holding.take_in_hand(office, case)
        elif act == "propose":
            self._did(deciding.propose(office, case, "grant", "材料齐全，拟准予。"))
        elif self._state(self.windows[at], "case", case) is not None:
            self._did(visit.tick(office, case, "公司章程", brought=True))

    @precondition(lambda self: self.tickets)
    @rule(at=both, which=place)
    def believe_in_a_hold(self, at: int, which: int) -> None:
        """As a machine does whose hold was broken while it could not hear of it."""
        office, ticket = self.windows[at].office, self.tickets[which % len(self.tickets)]
        grant = HoldGrant(granted=True, fence=1, until=office.parts.clock.now() + timedelta(hours=1))
        office.parts.vault.keep.grant_hold(f"ticket:{ticket}", grant)

    @precondition(lambda self: self.tickets)
    @rule(which=place)
    def both_call_the_same(self, which: int) -> None:
        """Each believes that it may; at most one of the calls is taken."""
        for at in (0, 1):
            self.believe_in_a_hold(at, which)
            self.serve(at, which, "call")

    # What lines and machines do.

    @rule(at=both)
    def send(self, at: int) -> None:
        self.windows[at].due_now()
        self.windows[at].keeper.round()

    @rule(at=both)
    def cut(self, at: int) -> None:
        self.cut_off.add(self.windows[at].device)

    @precondition(lambda self: self.cut_off)
    @rule()
    def join(self) -> None:
        self.cut_off.clear()

    @rule(at=both, fault=st.sampled_from((*CUTS, *TWICE, *SAID)))
    def send_into_trouble(self, at: int, fault: str) -> None:
        self.faults[self.windows[at].device] = fault
        self.send(at)

    @precondition(lambda self: self.pushes)
    @rule(which=st.integers(0, 30))
    def an_old_push_comes_again(self, which: int) -> None:
        self.site.proxy.repeat(self.pushes[which % len(self.pushes)])

    @rule(at=both)
    def start_again(self, at: int) -> None:
        window = self.windows[at]
        window.close()
        window.open().sign_in()

    # What must be true.

    @invariant()
    def what_is_called_applied_is_there(self) -> None:
        if not hasattr(self, "windows"):
            return
        there = {row[0] for row in self.site.sql("SELECT id FROM envelopes WHERE state = 'applied'")}
        for window in self.windows:
            here = {made.id for made in journal_of(window) if made.state == "applied"}
            assert here <= there
            assert window.office.parts.vault.journal.check().ok

    def teardown(self) -> None:
        try:
            if hasattr(self, "windows"):
                sheet = self.site.account(self.told)
                assert sheet.good, sheet
                assert sheet.applied + sheet.visible == sheet.commands
        finally:
            self.site.reset()


def test_15_two_windows_and_a_centre_agree_whatever_happens(site: Site) -> None:
    bounds = settings(
        max_examples=3, stateful_step_count=25, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    run_state_machine_as_test(lambda: TwoWindows(site), settings=bounds)

"""A clerk's day at random: real acts of a visit at one office, each following from what its books say."""

from __future__ import annotations

import random
from unittest.mock import patch

from clerk_app.cases.model import Applicant, Case
from clerk_app.command import Refusal
from clerk_app.office.counter import deciding, given, handling, visit
from clerk_app.office.counter.papers import report_papers
from clerk_app.office.line import holding
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.registration import saving
from clerk_app.queueing.model import Ticket
from clerk_app.receipts.paper import Delivery

COMPANY = "11429900MBX002022C4000131001001"
SHOP = "11429900MBX002022C4000131001004"
FOOD = "11429900MBX002022C4000131016001"
ITEMS = {2: (COMPANY, SHOP), 3: (COMPANY, SHOP), 4: (FOOD,), 5: (FOOD,)}


class Clerk:
    """One act after another; `told` are the commands he was told of as done.

    `patience`: while one waits for the centre to hear of the last ticket nothing arrives where the line is turned by hand.
    """

    def __init__(self, office: Office, rng: random.Random, patience: float = 0.0) -> None:
        self.office, self.rng, self.patience = office, rng, patience
        self.told: list[str] = []

    def work(self, done: int) -> None:
        """Until so many acts were done; what is refused at the window is no command."""
        wanted, tries = len(self.told) + done, 40 * done
        refused = ""
        while len(self.told) < wanted:
            tries -= 1
            assert tries >= 0, f"{len(self.told)} of {wanted} acts were done; the last refusal: {refused}"
            outcome = self.act()
            refused = outcome.type if isinstance(outcome, Refusal) else refused

    def act(self) -> Outcome:
        outcome = self._next()
        if isinstance(outcome, Done):
            self.told.append(outcome.command)
        if self._chance(0.2):
            self._print_one()
        return outcome

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _next(self) -> Outcome:
        day = self.office.parts.clock.now().date()
        ticket = self.office.read(lambda books: books.open_call_at(self.office.window, day))
        if ticket is None:
            return self._begin()
        if ticket.state == "called":
            return self._called(ticket)
        return self._serving(ticket)

    def _begin(self) -> Outcome:
        """Somebody takes a number (now and then for another window's queue), or the next is called."""
        if self._chance(0.5):
            with patch.object(given, "TOLD_WITHIN", self.patience):
                outcome = visit.call_next(self.office)
            if isinstance(outcome, Done):
                return outcome
        own = self.office.hall.roster.windows[self.office.window].letters
        return visit.take_ticket(self.office, "A" if self._chance(0.3) else own[0])

    def _called(self, ticket: Ticket) -> Outcome:
        if self._chance(0.15):
            return visit.call(self.office, ticket.id)
        if self._chance(0.2):
            return visit.pass_over(self.office, ticket.id, "叫号未到")
        return visit.arrive(self.office, ticket.id)

    def _serving(self, ticket: Ticket) -> Outcome:
        case = self.office.read(lambda books: books.case_of_ticket(ticket.id))
        if case is None:
            return self._receive(ticket)
        if case.state == "received":
            return self._received(case)
        if case.state == "accepted" and self._chance(0.5):
            return self._accepted(case)
        if self._chance(0.2):
            return visit.rate(self.office, ticket.id, self.rng.randint(1, 5))
        return visit.finish(self.office, ticket.id)

    def _receive(self, ticket: Ticket) -> Outcome:
        if self._chance(0.1):
            return visit.finish(self.office, ticket.id)
        item = self.rng.choice(ITEMS[self.office.window])
        brought = tuple(m.name for m in self.office.hall.items[item].materials)[self.rng.randint(0, 1) :]
        return visit.receive(self.office, ticket.id, item, Applicant(name="江州春禾餐饮管理有限公司"), brought)

    def _received(self, case: Case) -> Outcome:
        if case.missing:
            return visit.tick(self.office, case.id, case.missing[0], brought=True)
        if self._chance(0.3):
            return saving.save_form(self.office, case.id, {"name": f"第{self.rng.randint(1, 99)}稿"})
        accepted = visit.accept(self.office, case)
        return accepted if isinstance(accepted, Done) else visit.finish(self.office, case.ticket)

    def _accepted(self, case: Case) -> Outcome:
        if self.office.hall.items[case.item].site_check:
            today = self.office.parts.clock.now().date()
            handling.record_site_check(self.office, case.id, ("段明远", "许可心"), today, "合格")
        proposed = deciding.propose(self.office, case.id, "grant", "材料齐全，拟准予。")
        if isinstance(proposed, Done) or self._chance(0.5):
            return proposed
        return holding.give_back(self.office, case.id)

    def _print_one(self) -> None:
        """The lane's part, and the facts of it."""
        spool = self.office.parts.vault.spool
        job = spool.take_next(self.office.parts.settings.printer)
        if job is not None:
            spool.settle(job.id, Delivery("done"))
        report_papers(self.office)

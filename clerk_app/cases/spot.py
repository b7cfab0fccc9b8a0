"""即办件 receive, accept and propose in one command: the clerk confirms once, the chief signs next, nothing in between is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from clerk_app.cases import model
from clerk_app.cases.accepting import accept
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.coming_back import came_for
from clerk_app.cases.decision import Outcome, Proposal
from clerk_app.cases.electronic import awaited_refusal
from clerk_app.cases.life import Assisted
from clerk_app.cases.model import Applicant, BroughtAs, DueDates
from clerk_app.cases.proposing import cannot_propose
from clerk_app.cases.receiving import Promise, may_begin, received, replaced_refusal, skill_refusal
from clerk_app.cases.usecases import CaseCommand, put_case, spend_case_number
from clerk_app.command import Refusal, UseCase, case_subject, ticket_subject


@dataclass(frozen=True, kw_only=True)
class TakeSpotCase(CaseCommand):
    """当场办 the whole of the clerk's part in one: papers, number, due dates, and signature 1 with its opinion.

    `second_limit`: in a cut or while another system is down; then the item's second limit is promised.
    """

    kind: ClassVar[str] = "take_spot_case"
    ticket: str
    item: str
    applicant: Applicant
    brought: tuple[str, ...]
    query_code: str
    block: str
    serial: int
    case_no: str
    due: DueDates
    outcome: Outcome
    opinion: str
    brought_as: Mapping[str, BroughtAs] = field(default_factory=dict)
    tolerated: tuple[Promise, ...] = ()
    second_limit: bool = False
    green: str = ""
    replaces: str = ""
    assisted: Assisted | None = None
    received_at: datetime | None = None
    late_reason: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The case; the ticket it rests on must not change hands meanwhile."""
        return (case_subject(self.case), ticket_subject(self.ticket))

    @property
    def about(self) -> tuple[str, ...]:
        """What it replaces stands still meanwhile."""
        return (*self.subjects, case_subject(self.replaces)) if self.replaces else self.subjects


def one_sitting(item: Item) -> Refusal | None:
    """Whether an item is done in one sitting at all: an on-the-spot one without a form, a site to see or partners to ask."""
    if item.kind != "spot":
        return Refusal("not-spot", f"{item.name}是{item.kind_word}，不是即办件，没有办。按收件、受理一步一步办。")
    if item.form or item.site_check or item.expert_review:
        return Refusal("not-one-sitting", f"{item.name}要先填表或核查，不能一步办完，没有办。按收件、受理一步一步办。")
    return None


def take_spot_case(command: TakeSpotCase, books: CaseBooks) -> Refusal | None:
    """Every row of the table from nothing to the second signature, or nothing at all."""
    item = may_begin(command, books)
    if isinstance(item, Refusal):
        return item
    if refusal := one_sitting(item) or skill_refusal(command, item, books) or replaced_refusal(command, books):
        return refusal
    if refusal := awaited_refusal(command.case, command.brought, command.brought_as, books):
        return refusal
    again = came_for(command.ticket, command.case, books)
    taken = received(command, item, books.case(command.case), came_for=again)
    accepted = taken if isinstance(taken, Refusal) else accept(command, taken, item, books)
    if isinstance(accepted, Refusal):
        return accepted
    proposal = Proposal(
        outcome=command.outcome,
        opinion=command.opinion,
        by=command.actor,
        at=command.at,
        acting_for=command.acting_for or "",
    )
    proposed = model.propose(accepted, proposal)
    if isinstance(proposed, Refusal):
        return proposed
    if refusal := cannot_propose(accepted, item, proposal, books.roster) or spend_case_number(command, books):
        return refusal
    books.take_hold(case_subject(command.case))
    return put_case(books, proposed)


spot_use_cases = (UseCase(TakeSpotCase, take_spot_case, "accept"),)

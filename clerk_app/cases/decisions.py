"""提与授权 the two signatures, and a case that changes hands: load, rule, record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from clerk_app.cases import model
from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.decision import Decision, Outcome, Proposal
from clerk_app.cases.letting_go import let_go
from clerk_app.cases.model import Case
from clerk_app.cases.proposing import cannot_authorise, cannot_propose
from clerk_app.cases.usecases import CaseCommand, item_gone, put_case, unknown_case
from clerk_app.command import Refusal, UseCase
from clerk_app.duty.letters import letter_to_decide
from clerk_app.duty.model import Letter


@dataclass(frozen=True, kw_only=True)
class ProposeDecision(CaseCommand):
    """提 signature 1: the handler's outcome and opinion."""

    kind: ClassVar[str] = "propose_decision"
    outcome: Outcome
    opinion: str


@dataclass(frozen=True, kw_only=True)
class AuthoriseDecision(CaseCommand):
    """授权 signature 2 on exact bytes: `digest` is the SHA-256 of the page that was shown; `session` the sign-in it was given over."""

    kind: ClassVar[str] = "authorise_decision"
    outcome: Outcome
    opinion: str
    block: str
    serial: int
    document_no: str
    digest: str
    pages: int
    session: str


@dataclass(frozen=True, kw_only=True)
class GiveBackCase(CaseCommand):
    """交到席上 the case leaves this window: whoever claims it at the centre goes on with it."""

    kind: ClassVar[str] = "give_back_case"


@dataclass(frozen=True, kw_only=True)
class ReleaseCase(CaseCommand):
    """凭码交接 the release code was read out here: from now on this machine does not move the case, whoever typed it in."""

    kind: ClassVar[str] = "release_case"
    fact: ClassVar[bool] = True


def propose_decision(command: ProposeDecision, books: CaseBooks) -> Refusal | None:
    """From accepted to waiting for the second signature; what has to be there before stands in `proposing`."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    proposal = Proposal(
        outcome=command.outcome,
        opinion=command.opinion,
        by=command.actor,
        at=command.at,
        acting_for=command.acting_for or "",
    )
    proposed = model.propose(case, proposal)
    if isinstance(proposed, Refusal):
        return proposed
    return cannot_propose(case, item, proposal, books.roster) or put_case(books, proposed)


def authorise_decision(command: AuthoriseDecision, books: CaseBooks) -> Refusal | None:
    """Within a valid letter (or by the named decider); the 文号 comes from this device's block."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    item = books.item(case.item)
    if item is None:
        return item_gone(case)
    letter = _right_to_decide(command, case, item, books)
    if isinstance(letter, Refusal):
        return letter
    number = model.document_number(letter.document_no, command.outcome, command.at.year, command.serial)
    if number != command.document_no:
        return Refusal("document-number-wrong", "文号和号段对不上，没有授权。这件还在等待里，找管理员看号段。")
    decision = _decision(command, letter)
    decided = model.decide(case, decision, item.signatures)
    if isinstance(decided, Refusal):
        return decided
    if refusal := cannot_authorise(case, item, decision, books.roster):
        return refusal
    kind = model.document_kind(case.department, command.at.year)
    if refusal := books.spend_number(kind, command.block, command.serial, command.id):
        return refusal
    books.put_case(decided)
    return None


def _right_to_decide(command: AuthoriseDecision, case: Case, item: Item, books: CaseBooks) -> Letter | Refusal:
    if item.signatures == 1:
        department = books.roster.departments.get(case.department)
        if department is None or command.actor != item.decider:
            return Refusal("not-the-decider", "这个事项由指定的人一个人签，没有授权。这件已留在等待里，等他来签。")
        return letter_to_decide(item.code, case.department, department.chief_rep, command.at, books)
    return letter_to_decide(item.code, case.department, command.actor, command.at, books)


def _decision(command: AuthoriseDecision, letter: Letter) -> Decision:
    return Decision(
        outcome=command.outcome,
        opinion=command.opinion,
        by=command.actor,
        at=command.at,
        letter=letter.document_no,
        document_no=command.document_no,
        serial=command.serial,
        digest=command.digest,
        pages=command.pages,
        acting_for=command.acting_for or "",
    )


def give_back_case(command: GiveBackCase, books: CaseBooks) -> Refusal | None:
    """The hold alone changes; the case keeps its state."""
    case = books.case(command.case)
    if case is None:
        return unknown_case()
    let_go(command, books)
    return None


def release_case(command: ReleaseCase, books: CaseBooks) -> Refusal | None:
    """Whatever became of the case since, this machine does not move it."""
    let_go(command, books)
    return None


decision_use_cases = (
    UseCase(ProposeDecision, propose_decision, "propose"),
    UseCase(GiveBackCase, give_back_case, "give_back", late_is_fine=True),
    UseCase(ReleaseCase, release_case, "receive"),
    UseCase(AuthoriseDecision, authorise_decision, "decide", in_time=True),
)

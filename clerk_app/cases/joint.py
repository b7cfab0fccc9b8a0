"""并联 the partners' opinions of a joint case: each with its own clock, recorded with name and number; silence is no consent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from clerk_app.cases.books import CaseBooks
from clerk_app.cases.catalogue import Item
from clerk_app.cases.handling import case_and_item, missing
from clerk_app.cases.life import PartnerOpinion
from clerk_app.cases.model import Case
from clerk_app.cases.proposing import asked_partners
from clerk_app.cases.states import CaseState, state_words
from clerk_app.cases.usecases import CaseCommand
from clerk_app.command import Refusal, UseCase

STILL: frozenset[CaseState] = frozenset({"accepted", "review", "suspended", "to_authorise", "with_department"})
"""While a partner's word may still come in: before the decision."""


@dataclass(frozen=True, kw_only=True)
class RecordPartnerOpinion(CaseCommand):
    """记协办意见 what a partner says, by whom and under which number; a later word of the same partner takes its place."""

    kind: ClassVar[str] = "record_partner_opinion"
    department: str
    outcome: Literal["agree", "disagree"]
    words: str
    by_name: str
    document_no: str


def record_partner_opinion(command: RecordPartnerOpinion, books: CaseBooks) -> Refusal | None:
    """Only of a department that is a partner of the item, with words and a name."""
    found = case_and_item(command, books)
    if isinstance(found, Refusal):
        return found
    case, item = found
    if case.state not in STILL:
        return Refusal("case-decided", f"这件现在是{state_words[case.state]}，协办意见没有记。决定以前才能记。")
    partners = asked_partners(case, item)
    asked = next((p for p in partners if p.department == command.department), None)
    if asked is None:
        return Refusal("not-a-partner", "这个部门不是这件的协办部门，没有记。核对部门。")
    if not command.words.strip() or not command.by_name.strip():
        return missing("协办意见和签的人", "光有部门名不算，没有记")
    said = replace(
        asked,
        outcome=command.outcome,
        words=command.words.strip(),
        by=command.by_name.strip(),
        document_no=command.document_no.strip(),
        at=command.at,
    )
    heard = tuple(said if p is asked else p for p in partners if p is asked or p in case.life.partners)
    books.put_case(replace(case, life=replace(case.life, partners=heard)))
    return None


def overdue_partners(case: Case, item: Item, today: date) -> tuple[PartnerOpinion, ...]:
    """协办逾期 who has not spoken though his limit is over: a flag for people, nothing follows from it by itself."""
    if case.state not in STILL:
        return ()
    return tuple(p for p in asked_partners(case, item) if p.silent and today > p.due)


joint_use_cases = (UseCase(RecordPartnerOpinion, record_partner_opinion, "receive"),)

"""分办 whose an accepted case is: one row a case, which says why, and keeps everybody it was given to before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState

GivenHow = Literal["auto", "hand", "taken"]
given_words: dict[GivenHow, str] = {"auto": "自动分办", "hand": "改分", "taken": "接手"}

TO_BE_GIVEN: tuple[CaseState, ...] = ("accepted", "review", "suspended", "to_authorise", "with_department")
"""能分 accepted and not decided."""
IN_HAND: tuple[CaseState, ...] = (*TO_BE_GIVEN, "granted", "refused")
"""手上的件 accepted and not sealed: what counts when somebody's load is counted."""

assignment_subject = "assignment:{}".format


@dataclass(frozen=True, kw_only=True)
class Given:
    """分给谁 one giving: to whom on which post, how, by whom, and why; without a person it waits for somebody to give it."""

    post: str
    person: str
    acting_for: str
    how: GivenHow
    at: datetime
    by: str
    reason: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """分办 of one case, whose id it bears, as it stands now; `earlier` is how it stood before, the oldest first."""

    id: str
    case_no: str
    item: str
    department: str
    post: str
    person: str
    acting_for: str
    """The A角 whose share it is, when his B角 got it."""
    how: GivenHow
    at: datetime
    by: str
    reason: str
    words: str
    """The sentence that was said when it was given."""
    turn: int = 0
    """轮次 of the post it went to by itself; who gives it on does not give the turn back."""
    turn_post: str = ""
    earlier: tuple[Given, ...] = ()

    @property
    def now(self) -> Given:
        """As it stands, beside the earlier ones."""
        return Given(
            post=self.post,
            person=self.person,
            acting_for=self.acting_for,
            how=self.how,
            at=self.at,
            by=self.by,
            reason=self.reason,
            words=self.words,
        )

    @property
    def history(self) -> tuple[Given, ...]:
        """All, the oldest first."""
        return (*self.earlier, self.now)

    def given(self, to: Given) -> Assignment:
        """It goes to another."""
        return replace(
            self,
            post=to.post,
            person=to.person,
            acting_for=to.acting_for,
            how=to.how,
            at=to.at,
            by=to.by,
            reason=to.reason,
            words=to.words,
            earlier=self.history,
        )


def first_given(case: Case, to: Given) -> Assignment:
    """第一次分 what was nobody's before."""
    return Assignment(
        id=case.id,
        case_no=case.case_no,
        item=case.item,
        department=case.department,
        post=to.post,
        person=to.person,
        acting_for=to.acting_for,
        how=to.how,
        at=to.at,
        by=to.by,
        reason=to.reason,
        words=to.words,
    )


def as_given(case: Case, row: Assignment | None) -> Case:
    """谁的件 the case as of who it was given to, for who asks whom it is: he answers for it, whoever took it in."""
    if row is None or not row.person:
        return case
    return replace(case, life=replace(case.life, assigned_to=row.person))

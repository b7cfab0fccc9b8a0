"""监察卡 the card itself: for what, to whom, what was explained, and how it ended. An answer does not erase it; withdrawn it never was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from clerk_app.cases.model import Case
from clerk_app.cases.states import RUNNING
from clerk_app.command import case_subject
from clerk_app.duty.model import Roster
from clerk_app.oversight.cards import CardFinding, CardKind, CardRule, card_words
from clerk_app.oversight.model import CENTRE, Cut, Task, task_id

CardEnd = Literal["", "kept", "explained", "withdrawn"]
end_words: dict[CardEnd, str] = {"": "待了结", "kept": "维持", "explained": "申辩成立", "withdrawn": "撤销"}
LONGEST_CAUSE = 48
WATCHED = tuple(sorted({"received", *RUNNING}))
"""What a day may be missed in; while the applicant's papers or a special procedure are waited for, none is."""
card_subject = "card:{}".format


@dataclass(frozen=True, kw_only=True)
class CardAnswer:
    """申辩 what somebody said to a card, with the digests of what he shows for it; `cause` is what several cards may share."""

    by: str
    at: datetime
    words: str
    attachments: tuple[str, ...] = ()
    cause: str = ""
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """监察卡 one card: by which rule, since which day, for whom, and by when he answers.

    `case` is empty for a card that is about no case (by hand). `ended` stays empty while it waits for the supervisor.
    """

    id: str
    case: str
    case_no: str
    item_name: str
    kind: CardKind
    rule: CardRule
    reason: str
    since: date
    due: date | None
    finish_by: date | None
    made_at: datetime
    made_by: str
    answer_by: date
    person: str
    post: str
    department: str
    window: int
    answers: tuple[CardAnswer, ...] = ()
    ended: CardEnd = ""
    ended_by: str = ""
    ended_at: datetime | None = None
    why: str = ""

    @property
    def open(self) -> bool:
        """Whether the supervisor has not ended it."""
        return not self.ended

    @property
    def counts(self) -> bool:
        """Withdrawn leaves every count."""
        return self.ended != "withdrawn"

    @property
    def automatic(self) -> bool:
        """Found by the centre, not issued by a person."""
        return self.made_by == CENTRE

    @property
    def overdue(self) -> bool:
        """Whether it is about a day that was missed."""
        return self.due is not None and self.since > self.due


@dataclass(frozen=True, kw_only=True)
class Meant:
    """给谁 whom a card is meant for: the person who has the case, on which post, of which department."""

    person: str
    post: str
    department: str
    window: int


@dataclass(frozen=True, kw_only=True)
class Whose:
    """谁的件 a person's own cases (in his hands, or of his window), and all of these departments."""

    person: str
    window: int
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cause:
    """缘由 one explanation that is proposed: its key, shared by all cards of one cause, and its words."""

    key: str
    words: str


def meant_by(case: Case, roster: Roster) -> Meant:
    """Who was given the case, else who received it; B answers for what he did, on the post he did it on."""
    person = case.life.assigned_to or case.handler
    place = roster.windows.get(case.window)
    here = [roster.posts[post] for post in (place.posts if place else ()) if post in roster.posts]
    mine = [post for post in here if person in (post.a, post.b)] or list(roster.held_posts.get(person, ()))
    return Meant(
        person=person, post=mine[0].id if mine else "", department=case.department, window=case.window
    )  # fmt: skip


def made_card(finding: CardFinding, case: Case, roster: Roster, now: datetime, answer_by: date) -> Card:
    """The card of a finding, as the centre writes it; a warning is none."""
    if finding.kind == "remind":
        raise ValueError("a warning is no card")
    meant = meant_by(case, roster)
    return Card(
        id=finding.id,
        case=case.id,
        case_no=case.case_no,
        item_name=case.item_name,
        kind=finding.kind,
        rule=finding.rule,
        reason=finding.reason,
        since=finding.since,
        due=finding.due,
        finish_by=finding.finish_by,
        made_at=now,
        made_by=CENTRE,
        answer_by=answer_by,
        person=meant.person,
        post=meant.post,
        department=finding.department or meant.department,
        window=meant.window,
    )


def manager_task(card: Card) -> Task | None:
    """待办 a red card is also the duty manager's: what it is about, until it is ended."""
    if card.kind == "yellow":
        return None
    what = f"{card.item_name} {card.case_no}".strip() or "不涉及办件"
    return Task(
        id=task_id("card", card.id),
        kind="card",
        subject=case_subject(card.case) if card.case else card_subject(card.id),
        command="",
        window=card.window,
        words=f"{card_words[card.kind]}：{card.reason}。{what}。问清缘由，督促办结；申辩由本人答复。",
        made_at=card.made_at,
        made_by=card.made_by,
    )


def proposed_cause(card: Card, cuts: Iterable[Cut], case: Case | None) -> Cause | None:
    """断线 10:12–10:58 a recorded cut of that window in the time the card is about; of several the longest."""
    first = min(card.due or card.since, card.since)
    last = (case.sealed_at.date() if case and case.sealed_at else None) or card.made_at.date()
    last = max(first, last)
    here = [cut for cut in cuts if cut.window == card.window and cut.start.date() <= last and cut.end.date() >= first]
    longest = max(here, key=lambda cut: (cut.end - cut.start, cut.id), default=None)
    if longest is None or longest.end <= longest.start:
        return None
    return Cause(key=f"cut:{longest.id}"[:LONGEST_CAUSE], words=f"断线 {_span(longest)}，这段时间办的没能及时送到中心")


def _span(cut: Cut) -> str:
    start = f"{cut.start.month}月{cut.start.day}日 {cut.start:%H:%M}"
    same = cut.end.date() == cut.start.date()
    end = f"{cut.end:%H:%M}" if same else f"{cut.end.month}月{cut.end.day}日 {cut.end:%H:%M}"
    return f"{start}–{end}"


def late_answer(card: Card, today: date) -> bool:
    """Whether its answer is missing and the day for it is over."""
    return card.open and not card.answers and today > card.answer_by

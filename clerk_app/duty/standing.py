"""在岗 who acts on a post at a moment, by what right, and why not somebody else. Pure, the same at both ends, for any moment.

One post has one acting person or a visible gap: a substitution in force, else its A角 unless he is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Post
from clerk_app.duty.noon import NOON, noon_by_id, noon_substitution
from clerk_app.duty.records import Absence, Substitution

Side = Literal["a", "b", "third"]


@dataclass(frozen=True, kw_only=True)
class Acting:
    """当班 who acts on a post; nobody is a gap, with the absence that made it."""

    person: str = ""
    substitution: Substitution | None = None
    absence: Absence | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """在岗身份 a person's right to a post at a moment; no side means none, and `reason` says who acts."""

    side: Side | None = None
    substitution: Substitution | None = None
    reason: str = ""

    @property
    def acting_for(self) -> str | None:
        """代谁 the A角 one stands in for."""
        return self.substitution.a if self.substitution else None


def absence_of(books: DutyBooks, person: str, at: datetime) -> Absence | None:
    """The absence that empties his post at this moment; of more than one, what he said himself, and that last."""
    away = [one for one in books.absences_since(at.date()) if one.person == person and one.in_force(at)]
    return max(away, key=lambda one: (one.said_by == person, one.id), default=None)


def substitutions_of(books: DutyBooks, post: str, at: datetime) -> tuple[Substitution, ...]:
    """Those in force on a post, the one that counts first: made with the line up before a provisional one, the later
    before the earlier, and the noon turn last, unless its B角 stands in somewhere else at that moment.
    """
    made = books.substitutions_since(at.date())
    here = [one.as_of(at) for one in made if one.post == post and one.cause != NOON and one.in_force(at)]
    here.sort(key=lambda one: (not one.provisional, one.start, one.id), reverse=True)
    noon = noon_substitution(books, post, at)
    if noon is None or not noon.in_force(at):
        return tuple(here)
    elsewhere = (one for one in made if one.b == noon.b and one.post != post and one.cause != NOON)
    return tuple(here) if any(one.in_force(at) for one in elsewhere) else (*here, noon)


def substitution_of(books: DutyBooks, post: str, at: datetime) -> Substitution | None:
    """The one that counts."""
    return next(iter(substitutions_of(books, post, at)), None)


def substitution_by_id(books: DutyBooks, key: str, at: datetime) -> Substitution | None:
    """One that was made, or one of this day's noon turns."""
    return books.substitution(key) or noon_by_id(books, key, at)


def acting(books: DutyBooks, post: Post, at: datetime) -> Acting:
    """Who acts on the post at this moment: the first substitute who is there himself, else its A角."""
    for one in substitutions_of(books, post.id, at):
        if absence_of(books, one.b, at) is None:
            return Acting(person=one.b, substitution=one)
    absence = absence_of(books, post.a, at)
    if absence is not None:
        return Acting(absence=absence)
    return Acting(person=post.a)


def standing_of(books: DutyBooks, person: str, post: Post, at: datetime) -> Standing:
    """By what right this person acts on this post, or why he does not.

    Two may act at once and only so: the A角 beside a substitution that yields to him (his act ends it), and at noon
    until the B角 has taken over, so that a citizen at the window is served to the end.
    """
    now = acting(books, post, at)
    if person == now.person:
        if now.substitution is None:
            return Standing(side="a")
        return Standing(side="b" if person == post.b else "third", substitution=now.substitution)
    if person == post.a and _may_still(books, now, at):
        return Standing(side="a")
    return Standing(reason=_why_not(books, person, post, now))


def _may_still(books: DutyBooks, now: Acting, at: datetime) -> bool:
    if now.substitution is not None:
        return yields(books, now.substitution, at) or (
            now.substitution.cause == NOON and not taken_over(books, now.substitution, at)
        )
    return now.absence is not None and _said_of_him(now.absence)


def yields(books: DutyBooks, substitution: Substitution, at: datetime) -> bool:
    """Whether it ends at the A角's first act: made with the line cut, or because others said that he was away.

    He may know nothing of either, so neither takes his post from him.
    """
    if substitution.as_of(at).provisional:
        return True
    known = (one for one in books.absences_since(at.date()) if one.id == substitution.cause)
    return any(_said_of_him(one) for one in known)


def _said_of_him(absence: Absence) -> bool:
    return absence.kind == "unplanned" and absence.said_by != absence.person


def taken_over(books: DutyBooks, substitution: Substitution, at: datetime) -> bool:
    """Whether the B角 had taken the handover by then."""
    out = (one for one in books.handovers_of(substitution.id) if one.direction == "out")
    return any(one.taken_at is not None and one.taken_at <= at for one in out)


def _why_not(books: DutyBooks, person: str, post: Post, now: Acting) -> str:
    roster = books.roster
    name = roster.name_of(person)
    if now.substitution is not None:
        until = f"{now.substitution.until:%H:%M}"
        who = roster.name_of(now.substitution.b)
        if person == post.a:
            return f"{post.name}由{who} 顶岗到 {until}，{name} 还没返岗，这一步没有办。先按返岗，再办。"
        return f"{post.name}由{who} 顶岗到 {until}，{name} 不在这个岗上，这一步没有办。由{who} 来办。"
    if now.absence is not None:
        if person == post.a:
            return f"{name} 登记了离岗，还没返岗，这一步没有办。先按返岗，再办。"
        return f"{post.name}现在没有人，{name} 也没有顶岗，这一步没有办。先顶岗，或找值班长安排。"
    return f"{name} 现在不在{post.name}的岗上，这一步没有办。本人到岗，或找值班长安排顶岗。"

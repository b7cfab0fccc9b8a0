"""顶上 the B角 steps in by himself when A is away unannounced; confirmed afterwards; a gap ahead is covered by arrangement.

With the line cut it is provisional: B works as a clerk, neither decides nor seals, and it ends at A's first act anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.approving import arranges, other_department
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.guards import Span, busy, busy_words, cover_refusal, overlap_refusal
from clerk_app.duty.leaving import LONGEST, substitution_id
from clerk_app.duty.model import Post
from clerk_app.duty.noon import NOON
from clerk_app.duty.records import Absence, Cover, Substitution
from clerk_app.duty.standing import absence_of, acting

A_IS_HERE = "a-is-here"


@dataclass(frozen=True, kw_only=True)
class StepIn(Command):
    """顶上 the actor acts on the post for its A角 `a` from now until the end; `absence` is recorded with it when none stands."""

    kind: ClassVar[str] = "step_in"
    absence: str
    on: str
    until: datetime
    reason: str
    provisional: bool
    a: str = ""

    @property
    def substitution(self) -> str:
        """The substitution's id."""
        return substitution_id(self.absence, self.on)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The absence, the substitution, and the A角: his sign-in at the same moment is judged before or after it."""
        person = (f"person:{self.a}",) if self.a else ()
        return (f"absence:{self.absence}", f"substitution:{self.substitution}", *person)


@dataclass(frozen=True, kw_only=True)
class ConfirmSubstitution(Command):
    """确认顶岗 by a chief representative or the duty manager: a provisional one gets A's powers; or it ends now."""

    kind: ClassVar[str] = "confirm_substitution"
    substitution: str
    agreed: bool

    @property
    def subjects(self) -> tuple[str, ...]:
        """The substitution."""
        return (f"substitution:{self.substitution}",)


@dataclass(frozen=True, kw_only=True)
class ArrangeCover(Command):
    """安排顶岗 another person for the rest of a substitution, or for a gap that an absence has left.

    `replaces` is the substitution of this absence and post that is to end by it, if there is one.
    """

    kind: ClassVar[str] = "arrange_cover"
    absence: str
    on: str
    person: str
    replaces: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The absence, the substitution that ends, and the one that is to be."""
        first = f"substitution:{substitution_id(self.absence, self.on)}"
        old = (f"substitution:{self.replaces}",) if self.replaces else ()
        return (f"absence:{self.absence}", *dict.fromkeys((first, *old, self.next_one)))

    @property
    def next_one(self) -> str:
        """The substitution that follows one which was made before."""
        return f"substitution:{substitution_id(self.id, self.on)}"


def step_in(command: StepIn, books: DutyBooks) -> Refusal | None:
    """B alone, while A is away or nowhere signed in, and nobody else stands there."""
    post = books.roster.posts.get(command.on)
    if post is None or command.a not in ("", post.a):
        return Refusal("unknown-post", "没有这个岗位，或 A角换了人，没有顶上。刷新一下再看。")
    if refusal := _stepping_refusal(command, post, books):
        return refusal
    absence = absence_of(books, post.a, command.at)
    if absence is None:
        absence = Absence(
            id=command.absence,
            person=post.a,
            start=command.at,
            end=command.until,
            reason=command.reason[:LONGEST],
            said_by=command.actor,
        )
        books.put_absence(absence)
    books.put_substitution(stepped_in(command, post, absence))
    return None


def stepped_in(command: StepIn, post: Post, absence: Absence | None) -> Substitution:
    """The substitution it makes."""
    return Substitution(
        id=command.substitution,
        post=post.id,
        a=post.a,
        b=command.actor,
        start=command.at,
        end=min(command.until, absence.until) if absence else command.until,
        cause=absence.id if absence else command.absence,
        said_by=command.actor,
        provisional=command.provisional,
    )


def _stepping_refusal(command: StepIn, post: Post, books: DutyBooks) -> Refusal | None:
    span = Span(command.at, command.until)
    if refusal := _wrong_person(command, post, books) or span.refusal(command.at):
        return refusal
    if command.until.date() != command.at.date():
        return Refusal("step-in-too-long", "自己顶上只到当天为止，没有顶上。更长的请值班长安排。")
    if books.absence(command.absence) is not None or books.substitution(command.substitution) is not None:
        return Refusal("step-in-exists", "这次顶岗已经记过，没有再记。刷新一下再看。")
    if command.provisional and post.chief:
        return Refusal("provisional", "断线时不能代首席代表，没有顶上。等线路恢复，或送局里决定。")
    now = acting(books, post, command.at)
    if now.substitution is not None and (now.person != command.actor or now.substitution.cause != NOON):
        who = books.roster.name_of(now.person)
        return Refusal("covered-already", f"{post.name}已由{who} 顶着，没有再顶。")
    if reason := busy(books, command.actor, span, on=post.id):
        name = books.roster.name_of(command.actor)
        return Refusal("post-empty", f"{name} {busy_words(books, reason)}，没有顶上。找值班长安排。")
    if absence_of(books, post.a, command.at) is None and (seat := _seated(post, command, books)):
        name = books.roster.name_of(post.a)
        return Refusal(A_IS_HERE, f"{name} 在 {seat}号窗口登录着，不用顶，没有顶上。等他离岗，或找值班长。")
    return None


def _wrong_person(command: StepIn, post: Post, books: DutyBooks) -> Refusal | None:
    roster = books.roster
    if command.actor == post.a:
        return Refusal("cover-self", "不能给自己顶岗，没有顶上。本人到岗直接办。")
    if command.actor != post.b:
        name = roster.name_of(post.b)
        return Refusal("not-the-b", f"{post.name}的 B角是{name}，别人顶要值班长安排，没有顶上。找值班长。")
    if not post.fits(roster.people[command.actor]):
        name = roster.name_of(command.actor)
        return Refusal("not-qualified", f"{name} 没有{post.name}要的资格，没有顶上。找值班长安排。")
    return None


def _seated(post: Post, command: StepIn, books: DutyBooks) -> int | None:
    """Where the A角 was signed in at that moment, since this morning."""
    day = command.at.date()
    here = (s for s in books.open_sign_ins(post.a) if s.at is not None and s.at.date() == day and s.at <= command.at)
    return next((one.window for one in here), None)


def confirm_substitution(command: ConfirmSubstitution, books: DutyBooks) -> Refusal | None:
    """By another human than who stepped in, of the department or the hall."""
    row = books.substitution(command.substitution)
    if row is None:
        return Refusal("unknown-substitution", "没有这次顶岗，什么都没改。刷新一下再看。")
    if command.actor == row.b:
        return Refusal("second-person", "顶岗的是您本人，确认须另一人，没有改。请首席代表或值班长来确认。")
    post = books.roster.posts.get(row.post)
    if post is not None and not arranges(books, command.actor, post.department, command):
        return other_department(books, post)
    if row.confirmed_by or command.at >= row.until:
        return Refusal("substitution-settled", "这次顶岗已经确认过或已结束，没有再改。")
    if command.agreed:
        books.put_substitution(replace(row, confirmed_by=command.actor, confirmed_at=command.at))
    else:
        books.put_substitution(replace(row, ended_at=max(command.at, row.start), ended_by=command.actor))
    return None


def arrange_cover(command: ArrangeCover, books: DutyBooks) -> Refusal | None:
    """From now on, or from the absence's start; what was acted on before stays as it was."""
    absence, post = books.absence(command.absence), books.roster.posts.get(command.on)
    if absence is None or not absence.counts or max(command.at, absence.start) >= absence.until:
        return Refusal("unknown-absence", "没有这条离岗，或已经结束，没有安排。刷新一下再看。")
    if post is None or post.a != absence.person:
        return Refusal("unknown-cover", "这个岗不是他的，没有安排。核对一下再选。")
    if not arranges(books, command.actor, post.department, command):
        return other_department(books, post)
    before = covering(books, absence, post, command.at)
    first = substitution_id(absence.id, post.id)
    if any(one.id not in (first, command.replaces) for one in before):
        return Refusal("cover-changed", "这个岗刚才已另安排过，没有再安排。刷新一下再看。")
    span = Span(max(command.at, absence.start), absence.until)
    cover = Cover(post=post.id, person=command.person)
    if refusal := cover_refusal(books, cover, span) or overlap_refusal(books, cover, span, absence.id):
        return refusal
    for one in before:
        books.put_substitution(replace(one, ended_at=max(command.at, one.start), ended_by=command.actor))
    others = tuple(one for one in absence.covers if one.post != post.id)
    books.put_absence(replace(absence, covers=(*others, cover)))
    books.put_substitution(
        Substitution(
            id=first if books.substitution(first) is None else command.next_one.partition(":")[2],
            post=post.id,
            a=post.a,
            b=command.person,
            start=span.start,
            end=span.end,
            cause=absence.id,
            said_by=command.actor,
            confirmed_by=command.actor,
            confirmed_at=command.at,
        )
    )
    return None


def covering(books: DutyBooks, absence: Absence, post: Post, at: datetime) -> tuple[Substitution, ...]:
    """The substitutions that this absence has on this post, now or to come."""
    made = books.substitutions_since(at.date())
    return tuple(one for one in made if one.cause == absence.id and one.post == post.id and at < one.until)


stepping_use_cases = (
    UseCase(StepIn, step_in, "stand_in"),
    UseCase(ConfirmSubstitution, confirm_substitution, "arrange"),
    UseCase(ArrangeCover, arrange_cover, "arrange"),
)

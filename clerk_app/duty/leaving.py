"""离岗 asking for leave, its approval by the right ranks, short ones that are only recorded, and the return.

An approval makes the substitutions with it: one for each post whose A角 leaves. A角与B角 are never away at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid5

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.approving import approval_refusal, may_refuse, still_needed
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.guards import Span, backing_refusal, cover_refusal, overlap_refusal
from clerk_app.duty.model import Post
from clerk_app.duty.records import Absence, AbsenceKind, Approval, Cover, Substitution
from clerk_app.duty.rules import Rank
from clerk_app.duty.standing import substitution_by_id

_ours = UUID("d7c8f0f2-7a1e-5b62-93f4-64b8a0c2e915")
LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class AskAbsence(Command):
    """申请离岗 by the person himself, with who is to stand in on each of his posts."""

    kind: ClassVar[str] = "ask_absence"
    absence: str
    start: datetime
    end: datetime
    reason: str
    covers: tuple[Cover, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """The absence."""
        return (f"absence:{self.absence}",)


@dataclass(frozen=True, kw_only=True)
class ApproveAbsence(Command):
    """批准离岗 in one rank; `name` and `document_no` are of the paper of a rank without an account. The last one needed puts it in force."""

    kind: ClassVar[str] = "approve_absence"
    absence: str
    rank: Rank
    name: str = ""
    document_no: str = ""
    covers: tuple[Cover, ...]
    """Who stands in, as it was asked for or otherwise: what is approved is exactly this."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The absence, and the substitutions that come with the last approval."""
        made = (f"substitution:{substitution_id(self.absence, cover.post)}" for cover in self.covers)
        return (f"absence:{self.absence}", *made)


@dataclass(frozen=True, kw_only=True)
class RefuseAbsence(Command):
    """不准, with the reason; or withdrawn by the one who asked."""

    kind: ClassVar[str] = "refuse_absence"
    absence: str
    note: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The absence."""
        return (f"absence:{self.absence}",)


@dataclass(frozen=True, kw_only=True)
class RecordAbsence(Command):
    """登记离岗 somebody is away from–to: said by the actor, with the reason. A short one empties no post."""

    kind: ClassVar[str] = "record_absence"
    fact: ClassVar[bool] = True
    absence: str
    person: str
    start: datetime
    end: datetime
    reason: str
    away: AbsenceKind = "unplanned"

    @property
    def subjects(self) -> tuple[str, ...]:
        """The absence itself."""
        return (f"absence:{self.absence}",)


@dataclass(frozen=True, kw_only=True)
class ReturnToPost(Command):
    """返岗 the A角 is back: his absences and the substitutions for him end at this moment."""

    kind: ClassVar[str] = "return_to_post"
    fact: ClassVar[bool] = True
    absences: tuple[str, ...] = ()
    substitutions: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What ends, and the person: two returns at one moment are judged one after the other."""
        ended = (*(f"absence:{key}" for key in self.absences), *(f"substitution:{key}" for key in self.substitutions))
        return (f"person:{self.actor}", *ended)


def ask_absence(command: AskAbsence, books: DutyBooks) -> Refusal | None:
    """Refused when it is back-dated, doubles another, or its cover could not be."""
    span = Span(command.start, command.end)
    if books.absence(command.absence) is not None:
        return Refusal("absence-exists", "这条离岗已经报过，没有再报。刷新一下再看。")
    if refusal := span.refusal(command.at):
        return refusal
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写离岗原因，没有报上去。写一句再报。")
    if any(
        one.person == command.actor and _stands(one) and one.start < span.end and span.start < one.until
        for one in books.absences_since(span.start.date())
    ):
        return Refusal("absence-overlaps", "这段时间已经登记过离岗，没有再报。改时间，或先撤回那一条。")
    row = Absence(
        id=command.absence,
        person=command.actor,
        start=command.start,
        end=command.end,
        reason=command.reason.strip()[:LONGEST],
        said_by=command.actor,
        kind="planned",
        state="asked",
        covers=command.covers or default_covers(books, command.actor),
    )
    if refusal := _cover_refusals(books, row):
        return refusal
    books.put_absence(row)
    return None


def _stands(one: Absence) -> bool:
    return one.state in ("asked", "approved", "recorded") and one.kind != "short"


def default_covers(books: DutyBooks, person: str) -> tuple[Cover, ...]:
    """Each of his posts by its B角."""
    return tuple(Cover(post=post.id, person=post.b) for post in books.roster.held_posts.get(person, ()))


def _cover_refusals(books: DutyBooks, row: Absence) -> Refusal | None:
    span = Span(row.start, row.end)
    if refusal := backing_refusal(books, row.person, span, row.id):
        return refusal
    covered = {cover.post for cover in row.covers}
    posts: tuple[Post, ...] = books.roster.held_posts.get(row.person, ())
    bare = next((post for post in posts if post.id not in covered), None)
    if bare is not None:
        return Refusal("post-empty", f"{bare.name}没有定人顶，没有登记。先定一个人。")
    keepers = [cover.person for cover in row.covers]
    if len(set(keepers)) < len(keepers):
        return Refusal("post-empty", "一个人不能同时顶两个岗，没有登记。给其中一个岗另定人。")
    if any(cover.post not in {post.id for post in posts} for cover in row.covers):
        return Refusal("unknown-cover", "只能给自己的岗定人顶，没有登记。核对一下再选。")
    return next((r for cover in row.covers if (r := _cover_refusal(books, cover, span, row.id))), None)


def _cover_refusal(books: DutyBooks, cover: Cover, span: Span, absence: str) -> Refusal | None:
    return cover_refusal(books, cover, span, absence) or overlap_refusal(books, cover, span, absence)


def approve_absence(command: ApproveAbsence, books: DutyBooks) -> Refusal | None:
    """In a rank that is still needed, never one's own; with the last one the substitutions stand."""
    row = books.absence(command.absence)
    if row is None:
        return Refusal("unknown-absence", "没有这条离岗申请，什么都没改。刷新一下再看。")
    if row.state != "asked":
        return Refusal("absence-settled", "这条离岗申请已经有结果，没有再批。")
    if row.end <= command.at:
        return Refusal("back-dated", "这段时间已经过了，不能补批。让本人另报。")
    if refusal := approval_refusal(
        row, command.rank, command.actor, (command.name, command.document_no), books, command
    ):
        return refusal
    given = Approval(
        rank=command.rank, by=command.actor, at=command.at, name=command.name, document_no=command.document_no
    )
    row = replace(row, covers=command.covers, approvals=(*row.approvals, given))
    if refusal := _cover_refusals(books, row):
        return refusal
    if not still_needed(row, books):
        # Until now he was at his post: what was asked of those moments keeps its answer.
        row = replace(row, state="approved", start=max(row.start, command.at))
        _put_substitutions(row, command, books)
    books.put_absence(row)
    return None


def _put_substitutions(row: Absence, command: ApproveAbsence, books: DutyBooks) -> None:
    for cover in row.covers:
        books.put_substitution(
            Substitution(
                id=substitution_id(row.id, cover.post),
                post=cover.post,
                a=row.person,
                b=cover.person,
                start=row.start,
                end=row.end,
                cause=row.id,
                said_by=command.actor,
                confirmed_by=command.actor,
                confirmed_at=command.at,
            )
        )


def substitution_id(absence: str, post: str) -> str:
    """One an absence and post."""
    return uuid5(_ours, f"{absence}:{post}").hex


def refuse_absence(command: RefuseAbsence, books: DutyBooks) -> Refusal | None:
    """By who might approve, with a word; one's own is withdrawn."""
    row = books.absence(command.absence)
    if row is None:
        return Refusal("unknown-absence", "没有这条离岗申请，什么都没改。刷新一下再看。")
    if row.state != "asked":
        return Refusal("absence-settled", "这条离岗申请已经有结果，没有再改。")
    own = command.actor == row.person
    if not own and not may_refuse(row, command.actor, books, command):
        return Refusal("rank-wrong", "这条离岗不由您批，没有退回。报有权批的人。")
    if not own and not command.note.strip():
        return Refusal("note-missing", "还没写为什么不准，没有退回。写一句再退。")
    state = "withdrawn" if own else "refused"
    books.put_absence(replace(row, state=state, note=command.note.strip()[:LONGEST]))  # type: ignore[arg-type]
    return None


def record_absence(command: RecordAbsence, books: DutyBooks) -> Refusal | None:
    """Write the fact, once; longer than the hall's short time, it is no short one.

    It empties the post from when it was said: what was done before that stays as it was judged.
    """
    if books.absence(command.absence) is not None:
        return None
    minutes = Span(command.start, command.end).minutes
    short = command.away == "short" and minutes <= books.roster.rules.short_leave_minutes
    books.put_absence(
        Absence(
            id=command.absence,
            person=command.person,
            start=min(max(command.start, command.at), command.end),
            end=command.end,
            reason=command.reason[:LONGEST],
            said_by=command.actor,
            kind="short" if short else "unplanned",
        )
    )
    return None


def return_to_post(command: ReturnToPost, books: DutyBooks) -> Refusal | None:
    """Only one's own; what has ended stays ended."""
    for key in command.absences:
        row = books.absence(key)
        if row is not None and row.person == command.actor and command.at < row.until:
            books.put_absence(replace(row, ended_at=max(command.at, row.start)))
    for key in command.substitutions:
        end_substitution(key, command, books)
    return None


def end_substitution(key: str, command: Command, books: DutyBooks) -> None:
    """At this moment, by the A角 who is back; a noon turn's becomes a row of its own by it."""
    sub = substitution_by_id(books, key, command.at)
    if sub is not None and sub.a == command.actor and command.at < sub.until:
        books.put_substitution(replace(sub, ended_at=max(command.at, sub.start), ended_by=command.actor))


leaving_use_cases = (
    UseCase(AskAbsence, ask_absence, "ask_absence"),
    UseCase(ApproveAbsence, approve_absence, "approve_absence"),
    UseCase(RefuseAbsence, refuse_absence, "ask_absence"),
    UseCase(RecordAbsence, record_absence, "present"),
    UseCase(ReturnToPost, return_to_post, "present"),
)

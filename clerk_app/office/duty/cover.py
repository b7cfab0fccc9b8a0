"""顶岗与离岗 what the desk does about posts: ask, approve, record, step in, return, arrange, nod. Each is one command.

What is drawn from outside (ids, hall time, whether the line is up) is drawn here; the rules stand in the duty room.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.handover import NodHandover, handover_id
from clerk_app.duty.leaving import (
    ApproveAbsence,
    AskAbsence,
    RecordAbsence,
    RefuseAbsence,
    ReturnToPost,
    default_covers,
)
from clerk_app.duty.letters import steps_in_for
from clerk_app.duty.model import Person, Post
from clerk_app.duty.noon import SetNoonRoster
from clerk_app.duty.records import AbsenceKind, Cover, Direction, Thing
from clerk_app.duty.rules import NoonTurn, Rank
from clerk_app.duty.standing import substitution_of
from clerk_app.duty.stepping_in import ArrangeCover, ConfirmSubstitution, StepIn, covering
from clerk_app.office.countersigning import stamp_of
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.ports import Books


def ask_leave(office: Office, start: datetime, end: datetime, reason: str, covers: tuple[Cover, ...] = ()) -> Outcome:
    """申请离岗 for oneself; without covers each post goes to its B角."""
    stamp = office.stamp()
    chosen = covers or office.read(lambda books: default_covers(books, stamp.actor))
    fields = stamp.fields(office.parts.new_id)
    return office.do(AskAbsence(**fields, absence=fields["id"], start=start, end=end, reason=reason, covers=chosen))


def approve_leave(
    office: Office, absence: str, rank: Rank, paper: tuple[str, str] = ("", ""), covers: tuple[Cover, ...] = ()
) -> Outcome:
    """批准 in a rank; `paper` is the name and number of a paper received from somebody without an account."""
    row = office.read(lambda books: books.absence(absence))
    chosen = covers or (row.covers if row else ())
    fields = office.stamp().fields(office.parts.new_id)
    name, document_no = paper
    return office.do(
        ApproveAbsence(**fields, absence=absence, rank=rank, name=name, document_no=document_no, covers=chosen)
    )


def refuse_leave(office: Office, absence: str, note: str) -> Outcome:
    """不准 with a word, or one's own withdrawn."""
    return office.do(RefuseAbsence(**office.stamp().fields(office.parts.new_id), absence=absence, note=note))


def record_absence(
    office: Office, person: str, reason: str, minutes: int = 0, away: AbsenceKind = "unplanned"
) -> Outcome:
    """登记离岗 from now: for some minutes, or to the end of the day; said by the signed-in person."""
    stamp = office.stamp()
    fields = stamp.fields(office.parts.new_id)
    end = stamp.at + timedelta(minutes=minutes) if minutes else end_of_day(stamp.at)
    command = RecordAbsence(
        **fields, absence=fields["id"], person=person, start=stamp.at, end=end, reason=reason, away=away
    )
    return office.do(command)


def end_of_day(at: datetime) -> datetime:
    """The last second of its day."""
    return at.replace(hour=23, minute=59, second=59, microsecond=0)


def step_in(office: Office, post: str, reason: str, *, provisional: bool) -> Outcome:
    """顶上 by the signed-in B角, until the end of the day; provisional with the line cut."""
    fields = office.stamp().fields(office.parts.new_id)
    until = end_of_day(fields["at"])
    known = office.hall.roster.posts.get(post)
    a = known.a if known else ""
    return office.do(
        StepIn(**fields, absence=fields["id"], on=post, a=a, until=until, reason=reason, provisional=provisional)
    )


def step_in_for_chief(office: Office, person: Person, sign: Callable[[bytes], str]) -> Refusal | None:
    """副代表顶上 under his own PIN, when the chief is recorded away and nobody stands for him; None when all is in order."""
    post = office.hall.roster.chief_post(person.id)
    if post is None or post.b != person.id:
        return None
    at = office.parts.clock.now()
    if not office.read(lambda books: steps_in_for(books, person.id, post, at)):
        return None
    fields = stamp_of(office, person, f"b_role:{post.id}").fields(office.parts.new_id)
    until = end_of_day(at)
    command = StepIn(
        **fields, absence=fields["id"], on=post.id, a=post.a, until=until, reason="首席代表离岗", provisional=False
    )
    done = office.do(command, beside=Beside(sign=sign))
    return done if isinstance(done, Refusal) else None


def come_back(office: Office) -> Outcome | None:
    """返岗 of the signed-in person: all his absences and the substitutions for him end now. None when there is nothing to end."""
    stamp = office.stamp()
    absences, substitutions = office.read(lambda books: _to_end(books, stamp.actor, stamp.at))
    if not absences and not substitutions:
        return None
    fields = stamp.fields(office.parts.new_id)
    return office.do(ReturnToPost(**fields, absences=absences, substitutions=substitutions))


def end_absence(office: Office, absence: str) -> Outcome:
    """返岗 from this one absence of one's own, or, before it has begun, not going at all; its substitutions end with it."""
    stamp = office.stamp()
    made = office.read(lambda books: books.substitutions_since(stamp.at.date()))
    substitutions = tuple(one.id for one in made if one.cause == absence)
    fields = stamp.fields(office.parts.new_id)
    return office.do(ReturnToPost(**fields, absences=(absence,), substitutions=substitutions))


def _to_end(books: Books, person: str, at: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
    absences = (one for one in books.absences_since(at.date()) if one.person == person)
    away = tuple(one.id for one in absences if one.counts and one.start <= at < one.until)
    made = [one for one in books.substitutions_since(at.date()) if one.a == person and one.in_force(at)]
    noon = (substitution_of(books, post.id, at) for post in books.roster.held_posts.get(person, ()))
    found = dict.fromkeys([*(one.id for one in made), *(one.id for one in noon if one is not None)])
    return away, tuple(found)


def confirm_substitution(office: Office, substitution: str, *, agreed: bool) -> Outcome:
    """确认顶岗, or end it now."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ConfirmSubstitution(**fields, substitution=substitution, agreed=agreed))


def arrange_cover(office: Office, absence: str, post: Post, person: str) -> Outcome:
    """安排顶岗 for an absence, another than before or where there is a gap."""
    fields = office.stamp().fields(office.parts.new_id)
    before = office.read(lambda books: _covering(books, absence, post, fields["at"]))
    return office.do(ArrangeCover(**fields, absence=absence, on=post.id, person=person, replaces=before))


def _covering(books: Books, absence: str, post: Post, at: datetime) -> str:
    """What is to end by another arrangement."""
    row = books.absence(absence)
    return next((one.id for one in covering(books, row, post, at)), "") if row else ""


def set_noon_roster(office: Office, week: date, turns: tuple[NoonTurn, ...]) -> Outcome:
    """排午间班 of one week."""
    return office.do(SetNoonRoster(**office.stamp().fields(office.parts.new_id), week=week, turns=turns))


def nod(
    office: Office, substitution: str, direction: Direction, things: tuple[Thing, ...], *, giving: bool, words: str = ""
) -> Outcome:
    """点头 one of the two keys of a handover."""
    command = NodHandover(
        **office.stamp().fields(office.parts.new_id),
        handover=handover_id(substitution, direction),
        substitution=substitution,
        direction=direction,
        giving=giving,
        things=things,
        words=words,
    )
    return office.do(command)

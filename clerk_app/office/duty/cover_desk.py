"""请假与审批 what the leave page reads: my requests, those that wait for my rank, substitutions to confirm, posts to step into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clerk_app.command import Refusal, Stamp
from clerk_app.duty.approving import holds_rank, needed, still_needed
from clerk_app.duty.authority import Act, may
from clerk_app.duty.guards import Span, candidates
from clerk_app.duty.leaving import ApproveAbsence
from clerk_app.duty.model import Person, Post
from clerk_app.duty.records import Absence, Cover, Substitution
from clerk_app.duty.rules import ON_PAPER, Rank
from clerk_app.duty.standing import absence_of, substitution_of
from clerk_app.office.duty.cover_board import MOST
from clerk_app.office.office import Office
from clerk_app.ports import Books


@dataclass(frozen=True, kw_only=True)
class Request:
    """一条离岗 with the ranks it still needs and the one the reader can give; `signer` is whose paper that rank comes on."""

    row: Absence
    still: tuple[Rank, ...] = ()
    mine: Rank | None = None
    signer: str = ""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """可以顶的岗 a post the reader backs, with the absence recorded of its A角, if one is."""

    post: Post
    window: int
    absence: Absence | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveDesk:
    """请假桌 everything the page shows of one moment."""

    at: datetime
    me: str
    waiting: tuple[Request, ...] = ()
    to_confirm: tuple[Substitution, ...] = ()
    openings: tuple[Opening, ...] = ()
    mine: tuple[Request, ...] = ()
    others: tuple[Request, ...] = ()
    may_confirm: bool = False

    def request(self, absence: str) -> Request | None:
        """One by its absence."""
        return next((one for one in (*self.waiting, *self.mine, *self.others) if one.row.id == absence), None)


@dataclass(frozen=True, kw_only=True)
class Place:
    """岗与能顶的人 one post of who leaves, and who could stand in for the whole time, the B角 first."""

    post: Post
    free: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """先看一眼 what would come of asking for this time: who must approve, who could stand in, or what is in the way."""

    ranks: tuple[Rank, ...] = ()
    places: tuple[Place, ...] = ()
    refusal: Refusal | None = None


def read_leave(office: Office) -> LeaveDesk:
    """The page as it stands now."""
    stamp = office.stamp()
    return office.read(lambda books: leave_desk(books, stamp))


def leave_desk(books: Books, stamp: Stamp) -> LeaveDesk:
    """Everything of one person at one moment."""
    me, at = stamp.actor, stamp.at
    rows = [one for one in books.absences_since(at.date()) if at < one.until or one.state in ("refused", "withdrawn")]
    rows.sort(key=lambda one: (one.start, one.id))
    asked = [_request(books, one, stamp) for one in rows if one.state == "asked" and one.person != me]
    may_confirm = _may(books, stamp, "arrange")
    standing = [one for one in rows if one.person != me and one.counts] if may_confirm else []
    return LeaveDesk(
        at=at,
        me=me,
        waiting=tuple(one for one in asked if one.mine is not None),
        to_confirm=tuple(one for one in books.substitutions_since(at.date()) if _unconfirmed(one, me, at, may_confirm)),
        openings=tuple(_openings(books, me, at)),
        mine=tuple(Request(row=one, still=still_needed(one, books)) for one in rows if one.person == me),
        others=(*(one for one in asked if one.mine is None and may_confirm), *(Request(row=one) for one in standing)),
        may_confirm=may_confirm,
    )


def _may(books: Books, stamp: Stamp, action: str) -> bool:
    act = Act(actor=stamp.actor, action=action, at=stamp.at, post=stamp.post, window=stamp.window)
    return not isinstance(may(act, books), Refusal)


def _unconfirmed(one: Substitution, me: str, at: datetime, may_confirm: bool) -> bool:
    return one.as_of(at).provisional and at < one.until and (may_confirm or one.b == me)


def _request(books: Books, row: Absence, stamp: Stamp) -> Request:
    still = still_needed(row, books)
    mine = next((rank for rank in still if _can_give(books, row, rank, stamp)), None)
    return Request(row=row, still=still, mine=mine, signer=_signer(books, row, mine) if mine else "")


def _can_give(books: Books, row: Absence, rank: Rank, stamp: Stamp) -> bool:
    """The rank itself, or as duty manager who received the paper of one without an account."""
    person = books.roster.people.get(stamp.actor)
    if person is None or not _may(books, stamp, "approve_absence"):
        return False
    if rank in ON_PAPER:
        return "duty_manager" in person.roles and bool(_signer(books, row, rank))
    if any(one.by == stamp.actor and one.rank not in ON_PAPER for one in row.approvals):
        return False
    asked = ApproveAbsence(**stamp.fields(str), absence=row.id, rank=rank, covers=row.covers)
    return holds_rank(books, stamp.actor, rank, row, asked)


def _signer(books: Books, row: Absence, rank: Rank) -> str:
    """Whose name stands on the paper, by the hall's data."""
    ranks, person = books.roster.rules.ranks, books.roster.people.get(row.person)
    names: dict[Rank, str] = {
        "hall_office": ranks.hall_office,
        "hall_leader": ranks.hall_leader,
        "dept_head": ranks.dept_head.get(person.department if person else "", ""),
    }
    return names.get(rank, "")


def _openings(books: Books, me: str, at: datetime) -> list[Opening]:
    """Posts one backs whose A角 is recorded away or nowhere signed in today, and nobody stands there."""
    found, hours = [], books.hall.hours
    office_hours = books.is_workday(at.date()) and hours[0][0] <= at.time() < hours[-1][1]
    for post in books.roster.backed_posts.get(me, ()):
        place = books.roster.window_of_post.get(post.id)
        if place is None or substitution_of(books, post.id, at) is not None:
            continue
        absence = absence_of(books, post.a, at)
        here = any(one.at is not None and one.at.date() == at.date() for one in books.open_sign_ins(post.a))
        if absence is not None or (office_hours and not here):
            found.append(Opening(post=post, window=place.number, absence=absence))
    return found


def preview_leave(office: Office, person: str, start: datetime, end: datetime, absence: str = "") -> Preview:
    """What would come of it; for an `absence` that was asked for, its own time does not stand in its way."""
    at = office.parts.clock.now()
    return office.read(lambda books: preview(books, person, Span(start, end), at, absence))


def preview(books: Books, person: str, span: Span, at: datetime, absence: str = "") -> Preview:
    """Ranks by length and person; candidates for each post he holds."""
    if not absence and (refusal := span.refusal(at)):
        return Preview(refusal=refusal)
    row = Absence(id=absence, person=person, start=span.start, end=span.end, reason="", said_by=person, kind="planned")
    held = books.roster.held_posts.get(person, ())
    places = (Place(post=post, free=candidates(books, post, span, absence)[:MOST]) for post in held)
    return Preview(ranks=needed(row, books), places=tuple(places))


def covers_of(preview_: Preview, chosen: dict[str, str]) -> tuple[Cover, ...]:
    """Each post by who was picked, else by the first who could."""
    found = []
    for place in preview_.places:
        keys = [person.id for person in place.free]
        wanted = chosen.get(place.post.id, "")
        if keys:
            found.append(Cover(post=place.post.id, person=wanted if wanted in keys else keys[0]))
    return tuple(found)

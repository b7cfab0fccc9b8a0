"""岗位看板 the whole hall's posts on one day: who acts when, what is to be done, the worst gap and who could fill it.

One read of the books; everything else is counted in memory. What is asked of a moment is asked of `duty.standing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, may
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.guards import Span, candidates
from clerk_app.duty.model import Person, Post
from clerk_app.duty.noon import NOON
from clerk_app.duty.records import Absence
from clerk_app.hall import Hall
from clerk_app.office.duty.cover_ahead import DayAhead, day_ahead
from clerk_app.office.duty.cover_day import Hours, Leaf, Segment, beside_others
from clerk_app.office.office import Office, SignedOut

DAYS = 5
"""今后几个工作日."""
MOST = 9
"""How many to choose from: as many as there are digits."""
TodoKind = Literal["", "gap", "confirm", "backer", "away", "return", "later", "past"]


@dataclass(frozen=True, kw_only=True)
class Todo:
    """要办的事 the one thing that most wants doing on a post; `person` and `window` belong to its words."""

    kind: TodoKind = ""
    at: datetime | None = None
    person: str = ""
    window: int = 0


@dataclass(frozen=True, kw_only=True)
class Gap:
    """空岗 nobody acts on the post from–to, because of this absence."""

    post: Post
    window: int
    start: datetime
    end: datetime
    absence: Absence | None
    backer_free: bool
    """Whether its B角 is neither away then nor standing in elsewhere."""

    @property
    def minutes(self) -> int:
        """分钟."""
        return round((self.end - self.start).total_seconds() / 60)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """能顶的人 who could stand in for the rest of the absence, the fittest first; `head` is whom the unit's head is called."""

    gap: Gap
    free: tuple[Person, ...]
    head: str


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """一个岗 its place and its day; `acting` is who acts now, or at the beginning of another day."""

    post: Post
    window: int
    zone: str
    segments: tuple[Segment, ...]
    acting: str
    todo: Todo = Todo()
    gaps: tuple[Gap, ...] = ()
    """Those that are not over."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """看板 one day of the hall; `now` is a moment of this day or None, `choice` what the action bar speaks of."""

    day: date
    now: datetime | None
    hours: Hours
    rows: tuple[PostRow, ...]
    ahead: tuple[DayAhead, ...]
    choice: Choice | None
    names: dict[str, str]
    may_arrange: bool
    """Whether the signed-in person may arrange; who may not is not told why somebody is away."""

    def row(self, post: str) -> PostRow | None:
        """One post."""
        return next((row for row in self.rows if row.post.id == post), None)


@dataclass(frozen=True, kw_only=True)
class Looking:
    """看的人 who looks, from which post and window, at what moment."""

    actor: str
    post: str
    window: int
    at: datetime


def read_board(office: Office, day: date | None = None, focus: str = "") -> Board:
    """The board of a day (today when None); `focus` is the post under the hand."""
    session, at = office.session, office.parts.clock.now()
    if session is None:
        raise SignedOut("session")
    who = Looking(actor=session.person.id, post=session.seat.post, window=session.seat.window, at=at)
    hall = office.hall
    return office.read(lambda books: board(books, hall, who, day or at.date(), focus))


def board(books: DutyBooks, hall: Hall, who: Looking, day: date, focus: str = "") -> Board:
    """Count the whole board of a day."""
    leaf = Leaf(books, min(day, who.at.date()))
    hours = hours_of(hall, leaf, day, who.at)
    now = who.at if day == who.at.date() else None
    posts = [
        post for window in hall.roster.windows.values() for key in window.posts if (post := hall.roster.posts[key])
    ]
    days = beside_others({post.id: leaf.day_of(post, hours) for post in posts}, hall.roster)
    rows = tuple(_row(leaf, post, days[post.id], who.at, now) for post in posts)
    elsewhere = _standing_in(rows, who.at)
    rows = tuple(_with_backer(row, elsewhere) for row in rows)
    return Board(
        day=day,
        now=now,
        hours=hours,
        rows=rows,
        ahead=tuple(day_ahead(leaf, hall, one, who.at) for one in coming(leaf, who.at.date())),
        choice=_choice(books, rows, who.at, focus),
        names={key: person.name for key, person in hall.roster.people.items()},
        may_arrange=may_arrange(books, who),
    )


def hours_of(hall: Hall, leaf: Leaf, day: date, at: datetime) -> Hours:
    """The hall's hours on this day."""
    return Hours.of(hall.hours, day, at.tzinfo, workday=leaf.is_workday(day))


def may_arrange(books: DutyBooks, who: Looking) -> bool:
    """Whether he may arrange cover at this moment."""
    act = Act(actor=who.actor, action="arrange", at=who.at, post=who.post, window=who.window)
    return not isinstance(may(act, books), Refusal)


def coming(leaf: Leaf, today: date) -> tuple[date, ...]:
    """Today and the five working days after it; a year without working days ends the look ahead."""
    later = (today + timedelta(days=n) for n in range(1, 366))
    found = [today]
    for day in later:
        if len(found) > DAYS:
            break
        if leaf.is_workday(day):
            found.append(day)
    return tuple(found)


def _row(leaf: Leaf, post: Post, segments: tuple[Segment, ...], at: datetime, now: datetime | None) -> PostRow:
    place = leaf.roster.window_of_post[post.id]
    here = next((one for one in segments if now is not None and one.holds(now)), segments[0])
    gaps = tuple(_gap(leaf, post, one, at) for one in segments if one.kind == "gap" and one.end > at)
    return PostRow(
        post=post,
        window=place.number,
        zone=place.zone,
        segments=segments,
        acting=here.person,
        todo=_todo(leaf, post, segments, gaps, at),
        gaps=gaps,
    )


def _gap(leaf: Leaf, post: Post, one: Segment, at: datetime) -> Gap:
    start, elsewhere = max(one.start, at), (sub for sub in leaf.stands_in(post.b) if sub.post != post.id)
    kept = any(row.meets(start, one.end) for row in leaf.away(post.b)) or any(
        s.meets(start, one.end) for s in elsewhere
    )
    window = leaf.roster.window_of_post[post.id].number
    return Gap(post=post, window=window, start=start, end=one.end, absence=one.absence, backer_free=not kept)


def _todo(leaf: Leaf, post: Post, segments: Sequence[Segment], gaps: Sequence[Gap], at: datetime) -> Todo:
    """The worst first: nobody there, not confirmed, away, coming back, standing in later."""
    if gaps:
        return Todo(kind="gap", at=gaps[0].start)
    made = [one for one in segments if one.substitution is not None and one.substitution.cause != NOON and one.end > at]
    if any(one.substitution is not None and one.substitution.provisional for one in made):
        return Todo(kind="confirm", person=made[0].person)
    if made:
        return _away_words(post, segments, made, at)
    over = next((one for one in segments if one.kind == "gap"), None)
    return Todo(kind="past", at=over.start) if over else Todo()


def _away_words(post: Post, segments: Sequence[Segment], made: Sequence[Segment], at: datetime) -> Todo:
    opens, closes, first = segments[0].start, segments[-1].end, made[0]
    last = made[-1].substitution
    if last is None:
        return Todo()
    if all(one.kind != "a" for one in segments):
        return Todo(kind="away", at=last.until)
    if first.start > max(at, opens):
        return Todo(kind="later", at=first.start, person=first.person)
    return Todo(kind="return", at=last.until) if last.until < closes else Todo(kind="away", at=last.until)


def _standing_in(rows: Sequence[PostRow], at: datetime) -> dict[str, PostRow]:
    """Who stands in from now on, not only at noon, and on which post."""
    return {
        one.person: row
        for row in rows
        for one in row.segments
        if one.substitution is not None and one.substitution.cause != NOON and one.end > at
    }


def _with_backer(row: PostRow, elsewhere: dict[str, PostRow]) -> PostRow:
    """B角已顶别的岗: a word on a post whose A角 is there and whose B角 stands in elsewhere."""
    other = elsewhere.get(row.post.b)
    if row.todo.kind or other is None or other.post.id == row.post.id:
        return row
    return replace(row, todo=Todo(kind="backer", window=other.window, person=row.post.b))


def worst_gap(rows: Sequence[PostRow]) -> Gap | None:
    """The longest that is not over; of equal ones the earlier."""
    gaps = [gap for row in rows for gap in row.gaps]
    return max(gaps, key=lambda gap: (gap.minutes, -gap.start.timestamp()), default=None)


def _choice(books: DutyBooks, rows: Sequence[PostRow], at: datetime, focus: str) -> Choice | None:
    own = next((row.gaps[0] for row in rows if row.post.id == focus and row.gaps), None)
    gap = own or worst_gap(rows)
    if gap is None:
        return None
    head = books.roster.rules.ranks.dept_head.get(gap.post.department, "")
    return Choice(gap=gap, free=_free(books, gap, at), head=head)


def _free(books: DutyBooks, gap: Gap, at: datetime) -> tuple[Person, ...]:
    """For the rest of the absence: that is what is arranged."""
    if gap.absence is None:
        return ()
    span = Span(max(at, gap.absence.start), gap.absence.until)
    return candidates(books, gap.post, span)[:MOST]

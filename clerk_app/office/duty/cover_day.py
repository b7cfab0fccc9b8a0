"""岗位的一天 one post's office hours cut where somebody else begins to act: A角, a substitute, nobody, or closed at noon.

Who acts is asked of `duty.standing.acting` alone, at each moment where the answer may change; the rows of some days are
read once and grouped, so that a post is judged by its own few rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from itertools import pairwise
from typing import Literal, cast

from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Post, Roster
from clerk_app.duty.noon import noon_turns
from clerk_app.duty.records import Absence, NoonRoster, Substitution
from clerk_app.duty.rules import NoonTurn
from clerk_app.duty.standing import acting

Kind = Literal["a", "b", "gap", "closed"]


def clock_words(at: datetime) -> str:
    """9:00, as a clock is read."""
    return f"{at.hour}:{at:%M}"


@dataclass(frozen=True, kw_only=True)
class Segment:
    """一段 from–to, who acts on the post; `into` is the window that serves its letters at noon, `beside` another he keeps too."""

    start: datetime
    end: datetime
    kind: Kind
    person: str = ""
    substitution: Substitution | None = None
    absence: Absence | None = None
    into: int = 0
    beside: int = 0

    @property
    def minutes(self) -> int:
        """分钟."""
        return round((self.end - self.start).total_seconds() / 60)

    def goes_on(self, after: Segment) -> bool:
        """Whether the next one says the same."""
        same = (self.kind, self.person, self.into) == (after.kind, after.person, after.into)
        return same and self.substitution == after.substitution and self.absence == after.absence

    def holds(self, at: datetime) -> bool:
        """Whether this moment lies in it."""
        return self.start <= at < self.end


@dataclass(frozen=True)
class Hours:
    """开放时间 of one day: opens, closes, and the break between, if there is one; a day off has none."""

    opens: datetime
    closes: datetime
    noon: tuple[datetime, datetime] | None
    open: bool = True

    @classmethod
    def of(cls, spans: Sequence[tuple[time, time]], day: date, zone: tzinfo | None, *, workday: bool) -> Hours:
        """From the hall's hours."""
        at = [(datetime.combine(day, a, zone), datetime.combine(day, b, zone)) for a, b in spans]
        return cls(at[0][0], at[-1][1], (at[0][1], at[1][0]) if len(at) > 1 else None, workday)

    def at_noon(self, at: datetime) -> bool:
        """In the break."""
        return self.noon is not None and self.noon[0] <= at < self.noon[1]


class Leaf:
    """日账 what had not ended when `first` began, read once; answers a post's own rows and its day."""

    def __init__(self, books: DutyBooks, first: date) -> None:
        self.books, self.roster = books, books.roster
        self.absences = books.absences_since(first)
        self.substitutions = books.substitutions_since(first)
        self._away: dict[str, list[Absence]] = {}
        for one in self.absences:
            if one.counts and one.kind != "short":
                self._away.setdefault(one.person, []).append(one)
        self._made: dict[str, list[Substitution]] = {}
        for sub in self.substitutions:
            self._made.setdefault(sub.post, []).append(sub)
        self._standing: dict[str, list[Substitution]] = {}
        for sub in self.substitutions:
            self._standing.setdefault(sub.b, []).append(sub)
        self._noons: dict[date, dict[str, NoonTurn]] = {}
        self._open_letters: dict[date, dict[tuple[str, str], int]] = {}
        self._closings: dict[tuple[datetime, int], Segment] = {}
        self._days: dict[date, bool] = {}

    def away(self, person: str) -> tuple[Absence, ...]:
        """The absences that empty his posts."""
        return tuple(self._away.get(person, ()))

    def made(self, post: str) -> tuple[Substitution, ...]:
        """Those that were made for a post."""
        return tuple(self._made.get(post, ()))

    def stands_in(self, person: str) -> tuple[Substitution, ...]:
        """Those he was to act by, on whatever post: they keep him from his noon turn."""
        return tuple(self._standing.get(person, ()))

    def is_workday(self, day: date) -> bool:
        """Whether the hall is open."""
        if day not in self._days:
            self._days[day] = self.books.is_workday(day)
        return self._days[day]

    def turns(self, day: date) -> dict[str, NoonTurn]:
        """The noon turns of a day by post."""
        if day not in self._noons:
            self._noons[day] = {turn.post: turn for turn in noon_turns(self.books, day)}
        return self._noons[day]

    def stays_open(self, post: str, day: date) -> bool:
        """Whether the post has a turn at noon of this day."""
        return post in self.turns(day)

    @cached_property
    def _moved(self) -> tuple[Post, ...]:
        posts = (post for post in self.roster.posts.values() if post.id in self.roster.window_of_post)
        return tuple(post for post in posts if post.a in self._away or post.id in self._made)

    def touched(self, hours: Hours) -> list[Post]:
        """The posts of which anything but the A角 in his seat is known on this day."""
        return [post for post in self._moved if any(one.meets(hours.opens, hours.closes) for one in self._rows(post))]

    def _rows(self, post: Post) -> tuple[Absence | Substitution, ...]:
        return (*self._away.get(post.a, ()), *self._made.get(post.id, ()))

    def day_of(self, post: Post, hours: Hours) -> tuple[Segment, ...]:
        """The day from opening to closing without a hole."""
        if hours.open and self._undisturbed(post, hours.opens.date()):
            return self._own_day(post, hours)
        own = _OnePost(self, post, hours.opens.date())
        found: list[Segment] = []
        for start, end in own.spans(hours):
            piece = self._piece(own, start, end, hours)
            if found and found[-1].goes_on(piece):
                found[-1] = replace(found[-1], end=piece.end)
            else:
                found.append(piece)
        return tuple(found)

    def _undisturbed(self, post: Post, day: date) -> bool:
        """Most posts on most days: nobody is away, nobody stands in, and no noon turn of the B角."""
        turn = self.turns(day).get(post.id)
        return post.a not in self._away and post.id not in self._made and (turn is None or turn.by == "a")

    def _own_day(self, post: Post, hours: Hours) -> tuple[Segment, ...]:
        """The A角 from opening to closing, or to noon and from then on."""
        day = hours.opens.date()
        if hours.noon is None or self.stays_open(post.id, day):
            return (Segment(start=hours.opens, end=hours.closes, kind="a", person=post.a),)
        stops, goes_on = hours.noon
        return (
            Segment(start=hours.opens, end=stops, kind="a", person=post.a),
            self._closed(stops, goes_on, self._taken_by(post, day)),
            Segment(start=goes_on, end=hours.closes, kind="a", person=post.a),
        )

    def _closed(self, start: datetime, end: datetime, into: int) -> Segment:
        """Many posts share it."""
        key = (start, into)
        if key not in self._closings:
            self._closings[key] = Segment(start=start, end=end, kind="closed", into=into)
        return self._closings[key]

    def _piece(self, own: _OnePost, start: datetime, end: datetime, hours: Hours) -> Segment:
        post, day = own.post, start.date()
        if not hours.open:
            return Segment(start=start, end=end, kind="closed")
        if hours.at_noon(start) and not self.stays_open(post.id, day):
            return Segment(start=start, end=end, kind="closed", into=self._taken_by(post, day))
        now = acting(cast("DutyBooks", own), post, start)  # asks only what `_OnePost` answers
        if not now.person:
            return Segment(start=start, end=end, kind="gap", absence=now.absence)
        kind: Kind = "b" if now.substitution else "a"
        return Segment(start=start, end=end, kind=kind, person=now.person, substitution=now.substitution)

    def _taken_by(self, post: Post, day: date) -> int:
        """午间并入 the window of the same zone that stays open for one of its letters; 0 for none."""
        place = self.roster.window_of_post.get(post.id)
        if day not in self._open_letters:
            places = [there for other in self.turns(day) if (there := self.roster.window_of_post.get(other))]
            self._open_letters[day] = {
                (one.zone, letter): one.number for one in reversed(places) for letter in one.letters
            }
        served = self._open_letters[day]
        return (
            next((served[place.zone, one] for one in place.letters if (place.zone, one) in served), 0) if place else 0
        )


class _OnePost:
    """一个岗的账 the few rows that can change who acts on it: of its A角, of whoever was to stand in, and its noon turn."""

    def __init__(self, leaf: Leaf, post: Post, day: date) -> None:
        self._leaf, self.post, self.roster, self._day = leaf, post, leaf.roster, day
        elsewhere = (one for one in leaf.stands_in(post.b) if one.post != post.id)
        self._made = (*leaf.made(post.id), *elsewhere)
        people = dict.fromkeys((post.a, post.b, *(one.b for one in self._made)))
        self._away = tuple(one for person in people for one in leaf.away(person))

    def spans(self, hours: Hours) -> Iterable[tuple[datetime, datetime]]:
        """From each moment the answer may change to the next."""
        moments = {hours.opens, hours.closes, *(hours.noon or ())}
        rows: tuple[Absence | Substitution, ...] = (*self._away, *self._made)
        for one in rows:
            moments |= {at for at in (one.start, one.until) if hours.opens < at < hours.closes}
        for made in self._made:
            if made.confirmed_at is not None and hours.opens < made.confirmed_at < hours.closes:
                moments.add(made.confirmed_at)
        return pairwise(sorted(moments))

    def is_workday(self, day: date) -> bool:
        return self._leaf.is_workday(day)

    def absences_since(self, day: date) -> tuple[Absence, ...]:
        return self._away

    def substitutions_since(self, day: date) -> tuple[Substitution, ...]:
        return self._made

    def substitution(self, key: str) -> Substitution | None:
        """A noon turn's own, if something became of it."""
        return self._by_id.get(key)

    @cached_property
    def _by_id(self) -> dict[str, Substitution]:
        return {one.id: one for one in self._made}

    def noon_roster_of(self, week: date) -> NoonRoster:
        """Of the one day it is asked for."""
        turn = self._leaf.turns(self._day).get(self.post.id)
        beginning = datetime.combine(week, time())
        return NoonRoster(id=week.isoformat(), turns=(turn,) if turn else (), set_by="", at=beginning)


def beside_others(days: dict[str, tuple[Segment, ...]], roster: Roster) -> dict[str, tuple[Segment, ...]]:
    """兼 mark the segments whose person keeps another post at the same time, with that window."""
    kept: dict[str, list[tuple[str, Segment]]] = {}
    for post, segments in days.items():
        for one in segments:
            if one.person:
                kept.setdefault(one.person, []).append((post, one))
    doubled = {person for person, places in kept.items() if len({post for post, _ in places}) > 1}
    if not doubled:
        return days
    return {post: tuple(_beside(post, one, kept, doubled, roster) for one in row) for post, row in days.items()}


def _beside(
    post: str, one: Segment, kept: dict[str, list[tuple[str, Segment]]], doubled: set[str], roster: Roster
) -> Segment:
    if one.person not in doubled:
        return one
    for other, there in kept[one.person]:
        place = roster.window_of_post.get(other)
        if other != post and place is not None and there.start < one.end and one.start < there.end:
            return replace(one, beside=place.number)
    return one

"""今后几天 what may leave a post empty on a day: gaps, two away whose B角 is one person, letters that end, leave not yet approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Literal

from clerk_app.duty.approving import still_needed
from clerk_app.duty.letters import letters_at
from clerk_app.duty.model import Post
from clerk_app.duty.records import Absence
from clerk_app.duty.rules import rank_words
from clerk_app.hall import Hall
from clerk_app.office.duty.cover_day import Hours, Leaf, clock_words

NoteKind = Literal["gap", "both", "letter", "asked", "covered"]


@dataclass(frozen=True)
class Note:
    """一条 one thing of a day in words; `post` is where to look, if anywhere."""

    kind: NoteKind
    words: str
    post: str = ""


@dataclass(frozen=True)
class DayAhead:
    """一天 and what is known of it, the worst first."""

    day: date
    notes: tuple[Note, ...]

    @property
    def at_risk(self) -> bool:
        """Whether a post would be empty, or a chief without his letter."""
        return any(note.kind in ("gap", "both", "letter") for note in self.notes)


def day_ahead(leaf: Leaf, hall: Hall, day: date, at: datetime) -> DayAhead:
    """What is known of this day."""
    hours = Hours.of(hall.hours, day, at.tzinfo, workday=leaf.is_workday(day))
    touched = leaf.touched(hours)
    notes = [*_gaps(leaf, touched, hours, at), *_one_keeper(leaf, hours, at)]
    notes += [*_letters(leaf, day, at), *_asked(leaf, hours), *_covered(leaf, touched, hours, at)]
    return DayAhead(day, tuple(notes))


def place_words(leaf: Leaf, post: Post) -> str:
    """10号, or the chief's post by its name."""
    return post.name if post.chief else f"{leaf.roster.window_of_post[post.id].number}号"


def _gaps(leaf: Leaf, posts: list[Post], hours: Hours, at: datetime) -> Iterator[Note]:
    for post in posts:
        empty = [one for one in leaf.day_of(post, hours) if one.kind == "gap" and one.end > at]
        for one in empty:
            yield Note(
                "gap", f"{place_words(leaf, post)} {clock_words(one.start)}–{clock_words(one.end)} 空岗", post.id
            )


def _one_keeper(leaf: Leaf, hours: Hours, at: datetime) -> Iterator[Note]:
    """Two away, or asking to be, at one time, whom the same person is to stand in for: he keeps one of them at most."""
    leaving: dict[str, list[tuple[Post, Absence]]] = {}
    for one in leaf.absences:
        for post in _held(leaf, one) if _may_leave(one, hours, at) else ():
            leaving.setdefault(_keeper(leaf, post, one), []).append((post, one))
    for keeper, places in leaving.items():
        for (post, one), (other, two) in combinations(places, 2):
            if post.id != other.id and one.start < two.until and two.start < one.until:
                where = f"{place_words(leaf, post)}、{place_words(leaf, other)}"
                yield Note("both", f"{where}同时离岗，顶岗的同是{leaf.roster.name_of(keeper)}", post.id)


def _may_leave(one: Absence, hours: Hours, at: datetime) -> bool:
    stands = one.kind != "short" and (one.counts or one.state == "asked")
    return stands and one.start < hours.closes and max(hours.opens, at) < one.until


def _held(leaf: Leaf, absence: Absence) -> tuple[Post, ...]:
    held = leaf.roster.held_posts.get(absence.person, ())
    return tuple(post for post in held if post.id in leaf.roster.window_of_post)


def _keeper(leaf: Leaf, post: Post, absence: Absence) -> str:
    """Who stands in, or is to."""
    made = [sub for sub in leaf.made(post.id) if sub.cause == absence.id]
    if made:
        return max(made, key=lambda sub: sub.start).b
    return next((cover.person for cover in absence.covers if cover.post == post.id), post.b)


def _letters(leaf: Leaf, day: date, at: datetime) -> Iterator[Note]:
    """Whose last day this is, without another that goes on for the same items."""
    letters = letters_at(leaf.books, at)
    for letter in letters:
        later = (one for one in letters if one.person == letter.person and one.start <= letter.end < one.end)
        if letter.end == day and not set(letter.items) <= {item for one in later for item in one.items}:
            post = leaf.roster.chief_posts.get(letter.department)
            yield Note("letter", f"{leaf.roster.name_of(letter.person)} 的授权书当天到期", post.id if post else "")


def _asked(leaf: Leaf, hours: Hours) -> Iterator[Note]:
    for one in leaf.absences:
        if one.state == "asked" and one.start < hours.closes and hours.opens < one.end:
            ranks = "、".join(rank_words[rank] for rank in still_needed(one, leaf.books))
            yield Note(
                "asked", f"{leaf.roster.name_of(one.person)} 请假，等{ranks or '办公室定权限'}批", _post_of(leaf, one)
            )


def _post_of(leaf: Leaf, absence: Absence) -> str:
    return next((post.id for post in _held(leaf, absence)), "")


def _covered(leaf: Leaf, posts: list[Post], hours: Hours, at: datetime) -> Iterator[Note]:
    name_of = leaf.roster.name_of
    for post in posts:
        for sub in leaf.made(post.id):
            if sub.meets(max(hours.opens, at), hours.closes) and sub.cause != "noon":
                yield Note("covered", f"{place_words(leaf, post)}{name_of(sub.a)} 离岗，{name_of(sub.b)} 已接", post.id)

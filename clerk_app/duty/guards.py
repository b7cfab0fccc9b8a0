"""不空岗 what an absence or a substitution must not do: empty a post, double a person, begin in the past, stand in for oneself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Person, Post
from clerk_app.duty.noon import NOON, made_at_noon, noon_turns
from clerk_app.duty.records import Absence, Cover, Substitution

LATE = timedelta(minutes=5)
"""How far back an interval may begin: the time it takes to ask."""


@dataclass(frozen=True)
class Span:
    """时段 from–to."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> float:
        """分钟."""
        return (self.end - self.start).total_seconds() / 60

    @property
    def days(self) -> int:
        """天数 the days it touches."""
        return (self.end.date() - self.start.date()).days + 1

    def refusal(self, now: datetime) -> Refusal | None:
        """Backwards, or begun before now."""
        if self.start >= self.end:
            return Refusal("span-backwards", "起止时间写反了，没有登记。核对一下再写。")
        if self.start < now - LATE:
            return Refusal("back-dated", f"{self.start:%m-%d %H:%M} 已经过了，不能倒填，没有登记。从现在起写。")
        return None


def busy(books: DutyBooks, person: str, span: Span, without: str = "", on: str = "") -> Absence | Substitution | None:
    """What keeps a person from standing in: away himself, or standing in elsewhere than `on` this post.

    `without` leaves one absence's own out.
    """
    return next((row for who, row in _engaged(books, span, without, on) if who == person), None)


def _engaged(books: DutyBooks, span: Span, without: str, on: str) -> Iterable[tuple[str, Absence | Substitution]]:
    """Everybody who is away or stands in elsewhere in the interval, with what keeps him."""
    for one in books.absences_since(span.start.date()):
        if one.id != without and one.meets(span.start, span.end):
            yield one.person, one
    for sub in _substitutions(books, span):
        if sub.post != on and sub.cause != without and sub.meets(span.start, span.end):
            yield sub.b, sub


def _substitutions(books: DutyBooks, span: Span) -> Iterable[Substitution]:
    """Made ones, and those the noon turns will make."""
    yield from books.substitutions_since(span.start.date())
    if span.days > 31:
        return
    for n in range(span.days):
        at = span.start + timedelta(days=n)
        for turn in noon_turns(books, at.date()):
            if made := made_at_noon(books, turn, at):
                yield made


def busy_words(books: DutyBooks, reason: Absence | Substitution) -> str:
    """In words, without the name."""
    if isinstance(reason, Absence):
        return f"{_span_words(reason.start, reason.end)} 也离岗"
    post = books.roster.posts.get(reason.post)
    return f"{_span_words(reason.start, reason.end)} 已顶{post.name if post else reason.post}"


def _span_words(start: datetime, end: datetime) -> str:
    if start.date() == end.date():
        return f"{start.month}月{start.day}日 {start:%H:%M}–{end:%H:%M}"
    return f"{start.month}月{start.day}日至{end.month}月{end.day}日"


def candidates(books: DutyBooks, post: Post, span: Span, without: str = "") -> tuple[Person, ...]:
    """Who could stand in: the B角 first, then the qualified of the same department, free in the whole interval.

    A chief's post is kept by its deputy alone: a third is not in the letter.
    """
    roster = books.roster
    backer = roster.people.get(post.b)
    others = () if post.chief else tuple(p for p in roster.people.values() if p.department == post.department)
    found = [person for person in (backer, *others) if person is not None and person.id != post.a]
    role = "chief_rep" if post.chief else _role_of(post, books)
    fit = [p for p in dict.fromkeys(found) if role in p.roles and post.fits(p)]
    engaged = {who for who, _ in _engaged(books, span, without, post.id)}  # once: a department has many people
    return tuple(p for p in fit if p.id not in engaged)


def _role_of(post: Post, books: DutyBooks) -> str:
    """What the A角 works there as."""
    holder = books.roster.people.get(post.a)
    return holder.roles[0] if holder and holder.roles else "clerk"


def cover_refusal(books: DutyBooks, cover: Cover, span: Span, without: str = "") -> Refusal | None:
    """Why this person cannot stand in on this post, with who could."""
    roster = books.roster
    post, person = roster.posts.get(cover.post), roster.people.get(cover.person)
    if post is None or person is None:
        return Refusal("unknown-cover", "岗位或顶岗的人不在名单里，没有安排。核对一下再选。")
    if person.id == post.a:
        return Refusal("cover-self", f"{person.name} 不能给自己顶岗，没有安排。换一个人。")
    free = candidates(books, post, span, without)
    if person in free:
        return None
    if reason := busy(books, person.id, span, without, post.id):
        said = f"{person.name} {busy_words(books, reason)}，不能再顶{post.name}，没有安排。"
        return Refusal("post-empty", said + could_stand_in(books, post, free))
    return Refusal(
        "not-qualified", f"{person.name} 没有{post.name}要的资格，没有安排。" + could_stand_in(books, post, free)
    )


def could_stand_in(books: DutyBooks, post: Post, free: tuple[Person, ...]) -> str:
    """能顶的人 in a sentence; nobody: the head of the unit steps in or names one."""
    if free:
        return f"能顶的人：{'、'.join(p.name for p in free[:3])}。"
    head = books.roster.rules.ranks.dept_head.get(post.department, "")
    return f"没有能顶的人，请部门负责人{f' {head} ' if head else ''}顶上或另派人。"


def overlap_refusal(books: DutyBooks, cover: Cover, span: Span, cause: str) -> Refusal | None:
    """Nobody is put where another already stands in for another reason: that one is ended or changed first."""
    for sub in books.substitutions_since(span.start.date()):
        other = sub.post == cover.post and sub.b != cover.person and sub.cause not in (cause, NOON)
        if other and sub.meets(span.start, span.end):
            post = books.roster.posts.get(sub.post)
            name, where = books.roster.name_of(sub.b), post.name if post else sub.post
            said = f"{where} {_span_words(sub.start, sub.until)} 已由{name} 顶着，没有再安排别人。"
            return Refusal("substitution-overlaps", said + "先改那一次，或改时间。")
    return None


def backing_refusal(books: DutyBooks, person: str, span: Span, without: str = "") -> Refusal | None:
    """Nobody leaves while he stands in for another, or while the A角 of a post he backs is away with nobody else there.

    A noon turn keeps nobody from leaving: its A角 keeps the post then.
    """
    for sub in books.substitutions_since(span.start.date()):
        if sub.b == person and sub.cause not in (without, NOON) and sub.meets(span.start, span.end):
            return _both_away(books, person, sub.post, Span(sub.start, sub.until))
    for post in books.roster.backed_posts.get(person, ()):
        for away in books.absences_since(span.start.date()):
            if away.person != post.a or not away.meets(span.start, span.end):
                continue
            both = Span(max(away.start, span.start), min(away.until, span.end))
            if not _kept(books, post, both, person):
                return _both_away(books, person, post.id, both)
    return None


def _kept(books: DutyBooks, post: Post, span: Span, person: str) -> bool:
    """Whether one other person stands in all the while."""
    made = (one for one in books.substitutions_since(span.start.date()) if one.post == post.id and one.b != person)
    return any(one.start <= span.start and span.end <= one.until for one in made)


def _both_away(books: DutyBooks, person: str, post: str, span: Span) -> Refusal:
    place = books.roster.posts.get(post)
    name, where = books.roster.name_of(person), place.name if place else post
    said = f"{_span_words(span.start, span.end)} {where}要{name} 顶，两人不能同时离开，没有准。"
    return Refusal("post-empty", said + f"先给{where}另定一个人。")

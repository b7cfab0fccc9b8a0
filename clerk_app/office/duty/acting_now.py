"""现在代谁 the words that stay on screen as long as the signed-in person acts for another."""

from __future__ import annotations

from datetime import datetime

from clerk_app.duty.model import Post
from clerk_app.duty.records import Substitution
from clerk_app.duty.standing import standing_of
from clerk_app.hall import Hall
from clerk_app.office.duty.cover_day import clock_words
from clerk_app.office.office import Office


def acting_words_now(office: Office) -> tuple[str, str]:
    """(long, short): 「B角，代 罗文静（A角）·顶岗至 13:30」「代 罗文静 至 13:30」; both empty while he acts for himself."""
    session, at = office.session, office.parts.clock.now()
    post = office.hall.roster.posts.get(session.seat.post) if session else None
    if session is None or post is None or post.a == session.person.id:
        return "", ""
    standing = office.read(lambda books: standing_of(books, session.person.id, post, at))
    sub = standing.substitution
    return acting_words(office.hall, post, sub, at) if sub is not None else ("", "")


def acting_words(hall: Hall, post: Post, sub: Substitution, at: datetime) -> tuple[str, str]:
    """In which capacity, for whom, until when; one that is not confirmed says so."""
    roster = hall.roster
    whose = "首席代表" if post.chief else "A角"
    own = "副代表" if post.chief else "B角" if sub.b == post.b else "顶岗"
    name, until = roster.name_of(sub.a), until_words(hall, sub.until, at)
    waits = "，待确认" if sub.provisional else ""
    return f"{own}，代 {name}（{whose}）·顶岗{until}{waits}", f"代 {name} {until}{waits}"


def until_words(hall: Hall, until: datetime, at: datetime) -> str:
    """至 13:30, 至下班, or 至 11月25日."""
    if until.date() > at.date():
        return f"至 {until.month}月{until.day}日"
    return f"至 {clock_words(until)}" if until.time() < hall.off_work else "至下班"

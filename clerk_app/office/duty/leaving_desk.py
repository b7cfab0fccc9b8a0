"""暂离 one key: the window stops calling and the screen locks; then how long, who stands in, and what is handed on.

A short one is only recorded. A longer one is asked for by the right rank, or is the noon turn that stands already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.duty.guards import Span
from clerk_app.duty.noon import made_at_noon, noon_turns
from clerk_app.duty.pausing import PauseWindow, ResumeWindow
from clerk_app.duty.records import Substitution, Thing
from clerk_app.duty.rules import Rank
from clerk_app.duty.standing import taken_over
from clerk_app.office.duty import cover
from clerk_app.office.duty.handing_on import Handed, hand_on, in_hand
from clerk_app.office.duty.handing_over import handover_things
from clerk_app.office.line.cuts import CutBook
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.ports import Books

Choice = Literal["short", "while", "day"]
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """去多久 one answer: until when, who stands in and whether he has nodded, who must approve, and why it cannot be chosen."""

    choice: Choice
    until: datetime
    substitute: str = ""
    nodded: bool = False
    noon: bool = False
    ranks: tuple[Rank, ...] = ()
    rank_unknown: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """暂离的底数 the pause, the answers, and what lies on the desk."""

    pause: str
    person: str
    at: datetime
    window: int
    ways: tuple[WayOut, ...]
    serving: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Left:
    """走了 until when, what was handed on, and what was asked and not taken in."""

    until: datetime
    handed: Handed
    asked: bool = False
    refused: Refusal | None = None


def pause(office: Office) -> Leaving | Refusal:
    """暂停 now, for the hall's short time until something else is said."""
    stamp = office.stamp()
    key = office.parts.new_id()
    short = stamp.at + timedelta(minutes=office.hall.roster.rules.short_leave_minutes)
    command = PauseWindow(**stamp.fields(office.parts.new_id), pause=key, until=short, reason="暂离")
    done = office.do(command)
    if isinstance(done, Refusal):
        return done
    cut = CutBook(office).open_cut is not None
    return office.read(lambda books: _leaving(office, books, (key, stamp.actor, stamp.at), cut=cut))


def _leaving(office: Office, books: Books, said: tuple[str, str, datetime], *, cut: bool) -> Leaving:
    key, person, at = said
    current = books.open_call_at(office.window, at.date())
    serving = current.number if current is not None and current.state == "serving" else ""
    reason = f"{serving} 还在办，先办结（F8）" if serving else ""
    ways = tuple(_way(books, person, at, choice, reason) for choice in ("short", "while", "day"))
    numbers = tuple(ticket.number for ticket in in_hand(office, books, cut=cut))
    return Leaving(pause=key, person=person, at=at, window=office.window, ways=ways, serving=serving, numbers=numbers)


def _way(books: Books, person: str, at: datetime, choice: Choice, reason: str) -> WayOut:
    """A short leave is always possible: the ticket being served stays in hand."""
    rules = books.roster.rules
    if choice == "short":
        return WayOut(choice=choice, until=at + timedelta(minutes=rules.short_leave_minutes))
    until = _end(books, at, choice)
    posts = books.roster.held_posts.get(person, ())
    noon = noon_cover(books, person, at) if choice == "while" else None
    if noon is not None and noon.start <= at:
        name = books.roster.name_of(noon.b)
        nodded = taken_over(books, noon, at)
        return WayOut(choice=choice, until=noon.until, substitute=name, nodded=nodded, noon=True, reason=reason)
    span = Span(at, until)
    ranks = rules.ranks_for(span.minutes, span.days, chief=any(post.chief for post in posts))
    names = "、".join(dict.fromkeys(books.roster.name_of(post.b) for post in posts))
    return WayOut(choice=choice, until=until, substitute=names, ranks=ranks, rank_unknown=not ranks, reason=reason)


def _end(books: Books, at: datetime, choice: Choice) -> datetime:
    """To the end of the noon break while it is not over, else for an hour; a day lasts to its end."""
    hours = books.roster.rules.noon_hours
    if choice == "day":
        return cover.end_of_day(at)
    if hours is not None and at.timetz().replace(tzinfo=None) < hours[1]:
        return datetime.combine(at.date(), hours[1], at.tzinfo)
    return at + HOUR


def noon_cover(books: Books, person: str, at: datetime) -> Substitution | None:
    """This day's noon turn by which somebody else keeps his post, unless it is over."""
    posts = {post.id for post in books.roster.held_posts.get(person, ())}
    turns = (turn for turn in noon_turns(books, at.date()) if turn.post in posts)
    made = (made_at_noon(books, turn, at) for turn in turns)
    return next((one for one in made if one is not None and at < one.until), None)


def go(office: Office, leaving: Leaving, choice: Choice, *, connected: bool) -> Left | Refusal:
    """走 as it was answered. What is handed on goes first: a refusal there leaves everything as it was, and the window paused."""
    way = next(one for one in leaving.ways if one.choice == choice)
    if way.reason:
        return Refusal("ticket-serving", f"{way.reason}，再选去多久。窗口已暂停，号票没有动。")
    keeps = choice == "short" and (not connected or bool(leaving.serving))
    given = () if choice == "short" else office.read(lambda books: _to_give(books, leaving, choice))
    handed = Handed() if keeps else hand_on(office, leaving.pause, coded=not connected)
    if isinstance(handed, Refusal):
        return handed
    for sub, things in given:
        cover.nod(office, sub.id, "out", things, giving=True)
    _until(office, leaving, way, handed)
    said = _say(office, way, leaving)
    refused = said if isinstance(said, Refusal) else None
    return Left(until=way.until, handed=handed, asked=choice != "short" and not way.noon, refused=refused)


def _until(office: Office, leaving: Leaving, way: WayOut, handed: Handed) -> None:
    """The pause lasts as long as was said, and remembers what was handed on."""
    if way.choice != "short" or handed.tickets:
        fields = office.stamp().fields(office.parts.new_id)
        office.do(PauseWindow(**fields, pause=leaving.pause, until=way.until, reason="暂离", tickets=handed.tickets))


def _say(office: Office, way: WayOut, leaving: Leaving) -> Outcome | None:
    """Recorded, asked for, or nothing: the noon turn stands by itself."""
    if way.choice == "short":
        minutes = office.hall.roster.rules.short_leave_minutes
        return cover.record_absence(office, office.stamp().actor, "暂离", minutes, away="short")
    if way.noon:
        return None
    now = office.parts.clock.now()
    return cover.ask_leave(office, now, max(way.until, now + timedelta(minutes=1)), "暂离")


def _to_give(books: Books, leaving: Leaving, choice: Choice) -> tuple[tuple[Substitution, tuple[Thing, ...]], ...]:
    """One key: who leaves for long gives the handover of what stands, or is about to begin, with the list as it is before he goes."""
    open_ = [one for one in _covering(books, leaving.person, leaving.at, choice) if not _given(books, one)]
    return tuple((one, handover_things(books, one, leaving.at)) for one in open_)


def _given(books: Books, sub: Substitution) -> bool:
    return any(row.direction == "out" and row.given_at is not None for row in books.handovers_of(sub.id))


def _covering(books: Books, person: str, at: datetime, choice: Choice) -> tuple[Substitution, ...]:
    """Those for this person's posts that meet the time he is away."""
    until = _end(books, at, choice)
    made = [one for one in books.substitutions_since(at.date()) if one.a == person and one.meets(at, until)]
    noon = noon_cover(books, person, at)
    if noon is not None and noon.meets(at, until) and noon.id not in {one.id for one in made}:
        made.append(noon)
    return tuple(made)


def resume(office: Office) -> Outcome | None:
    """恢复 whoever signed in at this machine: its pauses end. None when there was none."""
    open_ = office.read(lambda books: [row for row in books.open_pauses(office.window) if row.device == books.device])
    if not open_:
        return None
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ResumeWindow(**fields, pauses=tuple(row.id for row in open_)))


def sat_down(office: Office) -> None:
    """坐下了 after a sign-in: the window goes on, and leave that was asked for and has begun is withdrawn, as its person is here."""
    resume(office)
    withdraw_asked(office)


def withdraw_asked(office: Office) -> tuple[Done, ...]:
    """Back before it was approved: a later approval would empty a post that is kept."""
    now, person = office.parts.clock.now(), office.stamp().actor
    begun = office.read(
        lambda books: [
            row.id
            for row in books.absences_since(now.date())
            if row.person == person and row.state == "asked" and row.start <= now
        ]
    )
    done = (cover.refuse_leave(office, key, "已返岗") for key in begun)
    return tuple(one for one in done if isinstance(one, Done))

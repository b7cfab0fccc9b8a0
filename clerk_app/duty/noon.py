"""午间 the noon turns: which posts stay open in the break and who keeps them, set once a week, in force by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid5

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.records import NoonRoster, NoonSetting, Substitution
from clerk_app.duty.rules import NoonTurn

NOON = "noon"
"""The cause of a substitution that nobody had to approve."""
_ours = UUID("0c7a3c52-58f0-5b7e-9a2e-2f64c1a7d3b0")


@dataclass(frozen=True, kw_only=True)
class SetNoonRoster(Command):
    """排午间班 the turns of a week, whole."""

    kind: ClassVar[str] = "set_noon_roster"
    week: date
    turns: tuple[NoonTurn, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The week."""
        return (f"noon_roster:{self.week.isoformat()}",)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def noon_turns(books: DutyBooks, day: date) -> tuple[NoonTurn, ...]:
    """The turns of a day as they stood when its noon began; none on a day off, or in a hall without a break."""
    rules = books.roster.rules
    if rules.noon_hours is None or not books.is_workday(day):
        return ()
    week = books.noon_roster_of(monday_of(day))
    turns = week.at_noon(day, rules.noon_hours[0]) if week else None
    return rules.noon if turns is None else turns


def noon_substitution(books: DutyBooks, post: str, at: datetime) -> Substitution | None:
    """The substitution the turn makes at this moment; the same at both ends, without anybody's act."""
    hours = books.roster.rules.noon_hours
    if hours is None or not hours[0] <= at.timetz().replace(tzinfo=None) < hours[1]:
        return None
    turn = next((one for one in noon_turns(books, at.date()) if one.post == post and one.by == "b"), None)
    return made_at_noon(books, turn, at) if turn else None


def noon_by_id(books: DutyBooks, key: str, at: datetime) -> Substitution | None:
    """One of that day's by its id."""
    made = (made_at_noon(books, turn, at) for turn in noon_turns(books, at.date()))
    return next((one for one in made if one is not None and one.id == key), None)


def made_at_noon(books: DutyBooks, turn: NoonTurn, at: datetime) -> Substitution | None:
    """The turn's substitution of that day, as it stands in the books if something became of it (an early return)."""
    post, hours = books.roster.posts.get(turn.post), books.roster.rules.noon_hours
    if post is None or hours is None or turn.by != "b":
        return None
    key = uuid5(_ours, f"{at.date().isoformat()}:{post.id}:{post.b}").hex
    known = books.substitution(key)
    return known or Substitution(
        id=key,
        post=post.id,
        a=post.a,
        b=post.b,
        start=datetime.combine(at.date(), hours[0], at.tzinfo),
        end=datetime.combine(at.date(), hours[1], at.tzinfo),
        cause=NOON,
        said_by="",
    )


def set_noon_roster(command: SetNoonRoster, books: DutyBooks) -> Refusal | None:
    """A Monday from this week on; every post is there, in its zone, once, and nobody keeps two posts.

    In a week that has begun it counts from the next noon on: one that has begun is as it was.
    """
    if command.week.weekday() != 0:
        return Refusal("not-a-monday", "午间排班从周一起排一周，没有改。选那一周的周一再排。")
    if command.week < monday_of(command.at.date()):
        return Refusal("back-dated", "这一周已经过了，午间排班没有改。只能排本周和以后的。")
    keepers: dict[str, str] = {}
    for turn in command.turns:
        if refusal := _turn_refusal(turn, books, keepers):
            return refusal
    known = books.noon_roster_of(command.week)
    fresh = NoonSetting(turns=command.turns, set_by=command.actor, at=command.at)
    settings = sorted((*(known.settings if known else ()), fresh), key=lambda one: one.at)
    *earlier, last = settings
    books.put_noon_roster(
        NoonRoster(
            id=command.week.isoformat(), turns=last.turns, set_by=last.set_by, at=last.at, earlier=tuple(earlier)
        )
    )
    return None


def _turn_refusal(turn: NoonTurn, books: DutyBooks, keepers: dict[str, str]) -> Refusal | None:
    post = books.roster.posts.get(turn.post)
    place = books.roster.window_of_post.get(turn.post)
    if post is None or place is None or place.zone != turn.zone:
        return Refusal("noon-post", f"{turn.zone}没有岗位 {turn.post}，午间排班没有改。核对岗位再排。")
    keeper = post.b if turn.by == "b" else post.a
    person = books.roster.people.get(keeper)
    if person is None or not post.fits(person):
        name = books.roster.name_of(keeper)
        return Refusal("not-qualified", f"{name} 没有{post.name}要的资格，午间排班没有改。换一个人。")
    if keeper in keepers:
        name = books.roster.name_of(keeper)
        return Refusal(
            "noon-twice", f"{name} 中午已守{keepers[keeper]}，不能再守{post.name}。午间排班没有改，换一个人。"
        )
    keepers[keeper] = post.name
    return None


noon_use_cases = (UseCase(SetNoonRoster, set_noon_roster, "arrange"),)

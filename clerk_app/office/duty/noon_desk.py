"""午间排班 what the noon page reads: the posts of each zone, who keeps which at noon of a week, and which weeks are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, may
from clerk_app.duty.model import Post
from clerk_app.duty.noon import monday_of
from clerk_app.duty.records import NoonRoster
from clerk_app.duty.rules import NoonTurn
from clerk_app.office.office import Office
from clerk_app.ports import Books

WEEKS = 4


@dataclass(frozen=True, kw_only=True)
class NoonPost:
    """一个岗 that could stay open at noon."""

    zone: str
    window: int
    post: Post


@dataclass(frozen=True, kw_only=True)
class NoonWeek:
    """一周 its Monday, its turns, and the row that set them (None: as the hall file says)."""

    week: date
    turns: tuple[NoonTurn, ...]
    row: NoonRoster | None
    workdays: int


@dataclass(frozen=True, kw_only=True)
class NoonDesk:
    """午间桌 this week and the next ones; whether the reader may set them, and whether the hall has a break at all."""

    posts: tuple[NoonPost, ...]
    weeks: tuple[NoonWeek, ...]
    may_set: bool
    has_noon: bool


def read_noon(office: Office) -> NoonDesk:
    """The page as it stands now."""
    stamp, roster = office.stamp(), office.hall.roster
    posts = tuple(
        NoonPost(zone=window.zone, window=window.number, post=roster.posts[key])
        for window in roster.windows.values()
        for key in window.posts
        if window.letters and not roster.posts[key].chief
    )
    act = Act(actor=stamp.actor, action="arrange", at=stamp.at, post=stamp.post, window=stamp.window)
    first = monday_of(stamp.at.date())

    def ask(books: Books) -> NoonDesk:
        weeks = tuple(_week(books, first + timedelta(weeks=n)) for n in range(WEEKS))
        may_set = not isinstance(may(act, books), Refusal)
        return NoonDesk(posts=posts, weeks=weeks, may_set=may_set, has_noon=roster.rules.noon_hours is not None)

    return office.read(ask)


def _week(books: Books, monday: date) -> NoonWeek:
    row = books.noon_roster_of(monday)
    days = sum(1 for n in range(7) if books.is_workday(monday + timedelta(days=n)))
    return NoonWeek(week=monday, turns=row.turns if row else books.roster.rules.noon, row=row, workdays=days)

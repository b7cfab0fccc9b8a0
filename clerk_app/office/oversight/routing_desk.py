"""分办台 who has which accepted case, what is nobody's, and how much each has: for who answers for the hall, and for oneself.

The figures are for giving out evenly; they are no ranking: nobody else sees them, and a clerk sees his own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from clerk_app.cases.model import Case
from clerk_app.cases.routing.choosing import Candidate
from clerk_app.cases.routing.model import TO_BE_GIVEN, Assignment
from clerk_app.cases.routing.on_duty import found_on, headed_posts, posts_for
from clerk_app.cases.states import RUNNING
from clerk_app.command import Refusal
from clerk_app.duty.standing import absence_of
from clerk_app.office.counter.assigning import by_rule
from clerk_app.office.office import Done, Office
from clerk_app.ports import Books


@dataclass(frozen=True, kw_only=True)
class CaseSeen:
    """一件 with whose it is; `assignment` None: the rule has not been asked yet."""

    case: Case
    assignment: Assignment | None = None

    @property
    def person(self) -> str:
        """Whose; empty for nobody's."""
        return self.assignment.person if self.assignment is not None else ""


@dataclass(frozen=True, kw_only=True)
class Load:
    """手上的件 of one person on his posts: open, due today, overdue, sealed since Monday; `away_until` while he is away."""

    person: str
    posts: tuple[str, ...] = ()
    open: int = 0
    due_today: int = 0
    overdue: int = 0
    done: int = 0
    away_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoutingDesk:
    """分办台 nobody's on top, then person by person; `can_have` is who could have a case of an item now."""

    cases: tuple[CaseSeen, ...] = ()
    loads: tuple[Load, ...] = ()
    can_have: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    may_see: bool = False
    may_act: bool = False
    set_up: bool = False

    @property
    def nobodys(self) -> int:
        """How many wait for somebody."""
        return sum(not one.person for one in self.cases)

    @property
    def left_behind(self) -> int:
        """How many are of people who are away."""
        return sum(load.open for load in self.loads if load.away_until is not None)

    def load_of(self, person: str) -> Load | None:
        """One person's."""
        return next((load for load in self.loads if load.person == person), None)


@dataclass(frozen=True)
class Moved:
    """全部改分 how many went to others, and why the first of the rest did not."""

    moved: int
    left: int = 0
    sentence: str = ""


def routing_desk(office: Office) -> RoutingDesk:
    """The whole hall's for a duty manager and who supervises, his own windows' for a window's head. Not for the screen's thread."""
    session, rules, roster = office.session, office.hall.routing, office.hall.roster
    roles = set(session.person.roles) if session is not None else set()
    headed = headed_posts(roster, rules, session.person.id) if session is not None else frozenset()
    whole = bool(roles & {"duty_manager", "supervisor"})
    if not whole and not headed:
        return RoutingDesk(set_up=bool(rules.rules))
    now, posts = office.parts.clock.now(), frozenset(roster.posts) if whole else headed

    def read(books: Books) -> RoutingDesk:
        cases = sorted(_cases(books, office, posts), key=lambda one: (*_place(one), one.case.received_at))
        return RoutingDesk(
            cases=tuple(cases),
            loads=_loads(books, office, cases, now, posts),
            can_have=_can_have(books, office, {one.case.item for one in cases}, now),
            may_see=True,
            may_act="duty_manager" in roles or bool(headed),
            set_up=bool(rules.rules),
        )

    return office.read(read)


def _place(one: CaseSeen) -> tuple[str, date]:
    return one.person, one.case.due_on or date.max


def _cases(books: Books, office: Office, posts: Set[str]) -> Iterator[CaseSeen]:
    """What was given to one of these posts, and what a rule would give there and has not yet."""
    items, rules = office.hall.items, office.hall.routing
    known: set[str] = set()
    for row in books.assigned_in_hand():
        known.add(row.id)
        case = books.case(row.id)
        if case is not None and row.post in posts:
            yield CaseSeen(case=case, assignment=row)
    routed = rules.routed(items.values())
    for case in books.cases_in(("accepted", "review"), routed) if routed else ():
        rule = rules.rule_for(items[case.item])
        if case.id not in known and rule is not None and posts & set(rule.posts):
            yield CaseSeen(case=case)


def own_load(office: Office) -> Load | None:
    """手上的件 of who sits here; None in a hall that gives nothing out, and for who has had nothing."""
    session, now = office.session, office.parts.clock.now()
    if session is None or not office.hall.routing.rules:
        return None
    person = session.person.id

    def read(books: Books) -> Load:
        cases = [case for row in books.assigned_in_hand(person) if (case := books.case(row.id)) is not None]
        return _load(person, cases, books.assigned_sealed_since(_monday(now)), now.date())

    return office.read(read)


def reassign_all(office: Office, person: str, reason: str) -> Moved | Refusal:
    """全部改分 one command a case, each as the rule gives it at that moment; what cannot go stays, and it is said why."""
    if not reason.strip():
        return Refusal("reason-missing", "还没写原因，没有分。写一句再分。")
    mine = [one.case.id for one in routing_desk(office).cases if one.person == person and one.case.state in TO_BE_GIVEN]
    moved, said = 0, ""
    for case in mine:
        done = by_rule(office, case, reason)
        if isinstance(done, Done):
            moved += 1
        else:
            said = said or done.sentence
    return Moved(moved, len(mine) - moved, said)


def _loads(books: Books, office: Office, cases: Iterable[CaseSeen], now: datetime, among: Set[str]) -> tuple[Load, ...]:
    """Everybody who has something, and everybody on a post something may go to."""
    of: dict[str, list[Case]] = {}
    posts: dict[str, dict[str, None]] = {}
    for rule in office.hall.routing.rules:
        for post in (office.hall.roster.posts[key] for key in rule.posts if key in among):
            of.setdefault(post.a, [])
            posts.setdefault(post.a, {})[post.id] = None
    for one in cases:
        if one.assignment is not None and one.person:
            of.setdefault(one.person, []).append(one.case)
            posts.setdefault(one.person, {})[one.assignment.post] = None
    done = books.assigned_sealed_since(_monday(now))
    return tuple(
        _load(person, theirs, done, now.date(), tuple(posts[person]), _away_until(books, person, now))
        for person, theirs in sorted(of.items())
    )


def _load(
    person: str,
    cases: Iterable[Case],
    done: Mapping[str, int],
    today: date,
    posts: tuple[str, ...] = (),
    away_until: datetime | None = None,
) -> Load:
    theirs = tuple(cases)
    runs = [case.due_on for case in theirs if case.due_on is not None and case.state in RUNNING]
    return Load(
        person=person,
        posts=posts,
        open=len(theirs),
        due_today=sum(day == today for day in runs),
        overdue=sum(day < today for day in runs),
        done=done.get(person, 0),
        away_until=away_until,
    )


def _away_until(books: Books, person: str, now: datetime) -> datetime | None:
    absence = absence_of(books, person, now)
    return absence.until if absence is not None else None


def _can_have(books: Books, office: Office, items: Iterable[str], now: datetime) -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, tuple[Candidate, ...]] = {}
    for code in items:
        item = office.hall.items.get(code)
        if item is not None:
            posts = posts_for(books, item, office.hall.routing.rule_for(item))
            found[code] = found_on(books, item, posts, now).candidates
    return found


def _monday(now: datetime) -> datetime:
    return datetime.combine(now.date() - timedelta(days=now.weekday()), time(), now.tzinfo)

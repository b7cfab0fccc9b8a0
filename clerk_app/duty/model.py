"""岗位 posts and people: who may sit where, with which powers (rules: ARCHITECTURE.md glossary; 行政许可法; AB岗制度)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, TypeVar

from clerk_app.duty.rules import DutyRules

T = TypeVar("T")

Role = Literal[
    "clerk", "chief_rep", "duty_manager", "cashier", "dispatcher", "supervisor", "admin",
    "window_head", "hall_office", "hall_leader", "dept_head",
]  # fmt: skip

role_words: dict[str, str] = {
    "clerk": "窗口人员",
    "chief_rep": "首席代表",
    "duty_manager": "值班长",
    "cashier": "收费员",
    "dispatcher": "出件员",
    "supervisor": "监察员",
    "admin": "管理员",
}

BY_ROLE_ALONE: frozenset[Role] = frozenset({"supervisor", "admin"})
"""Who has no post and needs none."""

Power = Literal["decide", "accept", "coordinate"]
power_words: dict[Power, str] = {"decide": "审批决定", "accept": "受理审查", "coordinate": "综合协调"}


@dataclass(frozen=True, kw_only=True)
class Department:
    """进驻部门 a department with its unified code and its chief representative."""

    id: str
    name: str
    uscc: str
    chief_rep: str
    deputy_rep: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """人员 one person of the hall; roles are what he may hold, a post is where he acts."""

    id: str
    name: str
    department: str
    roles: tuple[Role, ...]
    skills: tuple[str, ...] = ()
    """上岗资格 what a post may demand of who sits there (婚姻登记员), and short names of items; what is not listed he has not."""
    learner_until: date | None = None
    mentor: str = ""
    """带教人 while one learns, accepting, refusing and notices wait for this person's consent."""

    def learns(self, day: date) -> bool:
        """学习期 to this day, and on it."""
        return self.learner_until is not None and day <= self.learner_until


@dataclass(frozen=True, kw_only=True)
class BookedSlot:
    """预约时段 from–to of a day, and how many may book it."""

    start: str
    end: str
    places: int


@dataclass(frozen=True, kw_only=True)
class ServiceWindow:
    """窗口 a numbered service window, the queue letters it serves and the posts that sit there."""

    number: int
    name: str
    letters: tuple[str, ...]
    posts: tuple[str, ...]
    zone: str
    hours: tuple[tuple[str, str], ...] = ()
    """开窗时间 its own; none: the hall's."""
    booked: tuple[BookedSlot, ...] = ()
    standard: tuple[str, ...] = ()
    """服务标准 what this window promises."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """岗位 a post with its A角 (holder) and B角 (substitute)."""

    id: str
    name: str
    department: str
    a: str
    b: str
    chief: bool = False
    qualifications: tuple[str, ...] = ()

    def fits(self, person: Person) -> bool:
        """Whether the person has all that the post demands."""
        return set(self.qualifications) <= set(person.skills)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """授权书 a letter of authorisation: exactly the listed items, from–to, with its document number."""

    document_no: str
    department: str
    person: str
    deputy: str
    start: date
    end: date
    items: tuple[str, ...]
    powers: tuple[Power, ...] = ("decide", "accept")


@dataclass(frozen=True, kw_only=True)
class Seal:
    """印章 a seal, its kind, and who keeps it; `electronic` tells whether an e-seal exists."""

    id: str
    name: str
    department: str
    kind: str
    custodian: str
    backup: str
    electronic: bool
    window: int = 0
    """Kept at this window by whoever sits there; 0 for a seal kept by a person."""
    diameter: float = 45.0
    """印面: mm across, a star in the middle or none, 第几枚, and the police's 13 digits."""
    star: bool = True
    number: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Seat:
    """就座 where a person acts: at which window, on which post."""

    window: int
    post: str


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """签到 one sign-in of a person at a device: facts for the register of duty. Ended by going, or by signing in elsewhere."""

    id: str
    person: str
    window: int
    post: str
    online: bool
    ended: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Roster:
    """岗位表 departments, people, windows, posts, letters and rules of one hall version, looked up by id."""

    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    windows: dict[int, ServiceWindow] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()
    seals: dict[str, Seal] = field(default_factory=dict)
    rules: DutyRules = field(default_factory=DutyRules)

    @cached_property
    def window_of_post(self) -> Mapping[str, ServiceWindow]:
        """岗位在几号窗口."""
        return {post: window for window in self.windows.values() for post in window.posts}

    @cached_property
    def held_posts(self) -> Mapping[str, tuple[Post, ...]]:
        """Posts by their A角, in the order of the roster."""
        return _grouped((post.a, post) for post in self.posts.values())

    @cached_property
    def backed_posts(self) -> Mapping[str, tuple[Post, ...]]:
        """Posts by their B角."""
        return _grouped((post.b, post) for post in self.posts.values())

    @cached_property
    def chief_posts(self) -> Mapping[str, Post]:
        """首席代表岗 by department."""
        return {post.department: post for post in self.posts.values() if post.chief}

    @cached_property
    def _numbers_by_name(self) -> Mapping[str, tuple[Person, ...]]:
        return _grouped((person.name, person) for person in self.people.values())

    def letter_for(self, item: str, department: str) -> Letter | None:
        """The newest letter of a department that lists this item, in force or not."""
        listed = [one for one in self.letters if one.department == department and item in one.items]
        return max(listed, key=lambda one: one.end, default=None)

    def chief_post(self, person: str) -> Post | None:
        """The chief representative's post this person holds as A角 or stands in for as B角."""
        mine = (*self.held_posts.get(person, ()), *self.backed_posts.get(person, ()))
        return next((post for post in mine if post.chief), None)

    def find_person(self, text: str) -> Person | None:
        """By number or by full name; None when nobody or more than one bears the name."""
        wanted = text.strip()
        if person := self.people.get(wanted.upper()):
            return person
        named = self._numbers_by_name.get(wanted, ())
        return named[0] if len(named) == 1 else None

    def seat_of(self, person: str, window: int | None) -> Seat | None:
        """The post this person holds as A角, at this window or (None) at any."""
        for post in self.held_posts.get(person, ()):
            place = self.window_of_post.get(post.id)
            if place is not None and window in (None, place.number):
                return Seat(window=place.number, post=post.id)
        return None

    def standby_seat_of(self, person: str, window: int) -> Seat | None:
        """The post at this window whose B角 this person is: he may sit there; what he may do there is another question."""
        for post in self.backed_posts.get(person, ()):
            place = self.window_of_post.get(post.id)
            if place is not None and place.number == window:
                return Seat(window=window, post=post.id)
        return None

    def role_seat_of(self, person: str, window: int) -> Seat | None:
        """A seat without a post: who supervises or administers has none, and may sit anywhere."""
        known = self.people.get(person)
        alone = known is not None and BY_ROLE_ALONE & set(known.roles)
        return Seat(window=window, post="") if alone and window in self.windows else None

    def name_of(self, person: str) -> str:
        """姓名 or the number of somebody this version does not know."""
        known = self.people.get(person)
        return known.name if known else person

    def name_for(self, person: str, acting_for: str | None = None) -> str:
        """尹秋实 代 梁建业, as every record says it."""
        name = self.name_of(person)
        return f"{name} 代 {self.name_of(acting_for)}" if acting_for else name

    def identity(self, person: Person) -> str:
        """身份 one line of what a person is here: posts as A and B, or his roles."""
        a = [f"{p.name} A角" for p in self.held_posts.get(person.id, ())]
        b = [f"{p.name} B角" for p in self.backed_posts.get(person.id, ())]
        return "，".join(a + b) or "、".join(role_words.get(r, r) for r in person.roles)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}

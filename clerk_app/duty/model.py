"""岗位 posts and people: who may sit where, with which powers (rules: ARCHITECTURE.md glossary; 行政许可法; AB岗制度)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

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


@dataclass(frozen=True, kw_only=True)
class ServiceWindow:
    """窗口 a numbered service window, the queue letters it serves and the posts that sit there."""

    number: int
    name: str
    letters: tuple[str, ...]
    posts: tuple[str, ...]
    zone: str


@dataclass(frozen=True, kw_only=True)
class Post:
    """岗位 a post with its A角 (holder) and B角 (substitute)."""

    id: str
    name: str
    department: str
    a: str
    b: str
    chief: bool = False


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


@dataclass(frozen=True, kw_only=True)
class Absence:
    """离岗 a person is away from–to, said by whom and why."""

    id: str
    person: str
    start: datetime
    end: datetime
    reason: str
    said_by: str


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
    """岗位表 departments, people, windows, posts and letters of one hall version, looked up by id."""

    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    windows: dict[int, ServiceWindow] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    letters: tuple[Letter, ...] = ()
    seals: dict[str, Seal] = field(default_factory=dict)

    def letter_for(self, item: str, department: str) -> Letter | None:
        """The newest letter of a department that lists this item, in force or not."""
        listed = [one for one in self.letters if one.department == department and item in one.items]
        return max(listed, key=lambda one: one.end, default=None)

    def chief_post(self, person: str) -> Post | None:
        """The chief representative's post this person holds as A角 or stands in for as B角."""
        return next((p for p in self.posts.values() if p.chief and person in (p.a, p.b)), None)

    def find_person(self, text: str) -> Person | None:
        """By number or by full name; None when nobody or more than one bears the name."""
        wanted = text.strip()
        if person := self.people.get(wanted.upper()):
            return person
        named = [p for p in self.people.values() if p.name == wanted]
        return named[0] if len(named) == 1 else None

    def seat_of(self, person: str, window: int | None) -> Seat | None:
        """The post this person holds as A角, at this window or (None) at any."""
        for place in self.windows.values():
            if window is not None and place.number != window:
                continue
            for post in place.posts:
                if self.posts[post].a == person:
                    return Seat(window=place.number, post=post)
        return None

    def standby_seat_of(self, person: str, window: int) -> Seat | None:
        """The post at this window whose B角 this person is: he may sit there; what he may do there is another question."""
        place = self.windows.get(window)
        posts = (self.posts[key] for key in place.posts) if place else ()
        return next((Seat(window=window, post=post.id) for post in posts if post.b == person), None)

    def identity(self, person: Person) -> str:
        """身份 one line of what a person is here: posts as A and B, or his roles."""
        a = [f"{p.name} A角" for p in self.posts.values() if p.a == person.id]
        b = [f"{p.name} B角" for p in self.posts.values() if p.b == person.id]
        return "，".join(a + b) or "、".join(role_words.get(r, r) for r in person.roles)

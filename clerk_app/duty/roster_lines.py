"""名单变动的一行 one thing that changes of people and posts, and whether all lines together leave a roster that works.

Pure: the same look at both ends. What the whole hall file says of it, the centre's hall checks say afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from clerk_app.duty.calendar_lines import day_trouble, year_trouble
from clerk_app.duty.model import Person, Post, Role, Roster

What = Literal["join", "leave", "roles", "skills", "learner", "post", "disable", "enable", "reset", "days", "year"]
what_words: dict[What, str] = {
    "join": "新来的人",
    "leave": "离开大厅",
    "roles": "身份",
    "skills": "上岗资格",
    "learner": "学习期",
    "post": "岗位的人和要求",
    "disable": "停用账号",
    "enable": "恢复账号",
    "reset": "重设密码",
    "days": "日历",
    "year": "全年安排已定",
}
OF_CALENDAR: frozenset[What] = frozenset({"days", "year"})
"""These concern no person: the whole hall's limits are counted by them."""
NEEDS_SECRET: frozenset[What] = frozenset({"join", "reset"})
"""These give the person a first password, which he must change."""

MOST_LINES = 50
_HANDLING: frozenset[Role] = frozenset({"clerk", "chief_rep", "cashier", "dispatcher"})
_APART: tuple[tuple[Role, str], ...] = (("supervisor", "监察员"), ("admin", "管理员"))
_number = re.compile(r"[0-9A-Z]{2,8}")
_LONGEST_NAME = 20


@dataclass(frozen=True, kw_only=True)
class RosterLine:
    """变动一行 what changes of which person, post, day or year (`id`); fields that do not belong to `what` stay empty.

    Of days: from `id` to `until` (none: that day alone) they are worked or off, and are called `name`.
    """

    what: What
    id: str
    name: str = ""
    department: str = ""
    roles: tuple[Role, ...] = ()
    skills: tuple[str, ...] = ()
    learner_until: date | None = None
    mentor: str = ""
    a: str = ""
    b: str = ""
    qualifications: tuple[str, ...] = ()
    workday: bool = False
    until: date | None = None

    @property
    def person(self) -> str:
        """The person it is about; empty for a post and for the calendar."""
        return "" if self.what == "post" or self.what in OF_CALENDAR else self.id

    @property
    def concerned(self) -> frozenset[str]:
        """Everybody who gains or loses by it: none of them may be its second person."""
        return frozenset({self.a, self.b} - {""}) if self.what == "post" else frozenset({self.person} - {""})


def changed_roster(roster: Roster, lines: Iterable[RosterLine]) -> Roster:
    """The roster as it would be; lines about nobody change nothing."""
    people, posts = dict(roster.people), dict(roster.posts)
    for line in lines:
        if line.what == "join":
            people[line.id] = Person(
                id=line.id, name=line.name, department=line.department, roles=line.roles, skills=line.skills
            )
        elif line.what == "leave":
            people.pop(line.id, None)
        elif line.what == "post" and line.id in posts:
            posts[line.id] = replace(posts[line.id], a=line.a, b=line.b, qualifications=line.qualifications)
        elif line.id in people:
            people[line.id] = _changed_person(people[line.id], line)
    return replace(roster, people=people, posts=posts)


def _changed_person(person: Person, line: RosterLine) -> Person:
    if line.what == "roles":
        return replace(person, roles=line.roles)
    if line.what == "skills":
        return replace(person, skills=line.skills)
    if line.what == "learner":
        return replace(person, learner_until=line.learner_until, mentor=line.mentor if line.learner_until else "")
    return person


def roster_trouble(roster: Roster, lines: Sequence[RosterLine]) -> str:
    """The first thing that is wrong with these lines, as the beginning of a sentence; empty when nothing is."""
    return next(_troubles(roster, lines), "")


def _troubles(roster: Roster, lines: Sequence[RosterLine]) -> Iterator[str]:
    if not lines:
        yield "一行变动也没有"
    if len(lines) > MOST_LINES:
        yield f"一次最多 {MOST_LINES} 行，这里有 {len(lines)} 行"
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if (line.what, line.id) in seen:
            yield f"{_named(roster, line)}的“{what_words[line.what]}”写了两遍"
        seen.add((line.what, line.id))
        if line.what != "join" and line.what not in OF_CALENDAR and line.id not in _known(roster, line):
            yield f"名单里没有 {line.id}"
        elif wrong := _checks.get(line.what, _nothing)(roster, line):
            yield wrong
    yield from _whole(changed_roster(roster, lines))


def _known(roster: Roster, line: RosterLine) -> Mapping[str, object]:
    return roster.posts if line.what == "post" else roster.people


def _named(roster: Roster, line: RosterLine) -> str:
    if line.what in OF_CALENDAR:
        return line.id
    post = roster.posts.get(line.id) if line.what == "post" else None
    return post.name if post else line.name or roster.name_of(line.id)


def _nothing(roster: Roster, line: RosterLine) -> str:
    return ""


def _join(roster: Roster, line: RosterLine) -> str:
    if not _number.fullmatch(line.id):
        return f"工号“{line.id[:12]}”要写成 2 到 8 位大写字母和数字"
    if line.id in roster.people:
        return f"工号 {line.id} 已经是 {roster.name_of(line.id)} 的"
    if not line.name.strip() or len(line.name) > _LONGEST_NAME:
        return f"工号 {line.id} 的姓名没写，或超过 {_LONGEST_NAME} 个字"
    if line.department not in roster.departments:
        return f"没有部门 {line.department or '（空）'}"
    return _roles(roster, line)


def _roles(roster: Roster, line: RosterLine) -> str:
    who = _named(roster, line)
    if not line.roles or not set(line.roles) <= set(get_args(Role)):
        return f"{who}的身份没写，或不认识"
    for role, word in _APART:
        if role in line.roles and _HANDLING & set(line.roles):
            return f"{who} 不能又是{word}又办件"
    return ""


def _learner(roster: Roster, line: RosterLine) -> str:
    if line.learner_until is None:
        return ""
    who = roster.name_of(line.id)
    return f"{who}的带教人不能是他自己" if line.mentor == line.id else ""


def _post(roster: Roster, line: RosterLine) -> str:
    post = roster.posts[line.id]
    if post.chief:
        return f"{post.name}的人随授权书和大厅资料换，不在这里改"
    return f"{post.name}的A角和B角是同一个人" if line.a == line.b else ""


def _days(roster: Roster, line: RosterLine) -> str:
    return day_trouble(line.id, line.until, line.name)


def _year(roster: Roster, line: RosterLine) -> str:
    return year_trouble(line.id)


_checks: dict[What, Callable[[Roster, RosterLine], str]] = {
    "days": _days,
    "year": _year,
    "join": _join,
    "roles": _roles,
    "learner": _learner,
    "post": _post,
}


def _whole(after: Roster) -> Iterator[str]:
    """What the lines together would leave behind."""
    for post in after.posts.values():
        yield from _of_post(after, post)
    for person in after.people.values():
        mentor = after.people.get(person.mentor)
        if person.learner_until is not None and (mentor is None or mentor.learner_until is not None):
            yield f"{person.name}的带教人 {person.mentor or '（空）'} 不在名单里，或自己还在学习期"
    roles = [role for person in after.people.values() for role in person.roles]
    for role, word in (("admin", "管理员"), ("duty_manager", "值班长")):
        if role not in roles:
            yield f"这样改了以后大厅就没有{word}了"


def _of_post(after: Roster, post: Post) -> Iterator[str]:
    for side, key in (("A角", post.a), ("B角", post.b)):
        person = after.people.get(key)
        if person is None:
            yield f"{post.name}的{side} {key or '（空）'} 不在名单里"
        elif not post.fits(person):
            yield f"{post.name}要{'、'.join(post.qualifications)}，{side}{person.name} 没有"
        elif post.chief and "chief_rep" not in person.roles:
            yield f"{post.name}的{side}{person.name} 不再是首席代表"

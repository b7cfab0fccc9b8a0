"""读一行变动 what was typed for one line → the line, or one sentence saying what is wrong with it; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

from clerk_app.duty.calendar_lines import day_of, day_trouble, year_trouble
from clerk_app.duty.model import Post, Role, Roster, role_words
from clerk_app.duty.roster_lines import RosterLine, What
from clerk_app.duty.rules import rank_words
from ui.language import tr
from ui.oversight.roster_view import AskedField

NONE, OFF, ON = tr("无"), tr("放假"), tr("上班")
_split = re.compile(r"[、,，;；\s]+")
_named: dict[str, str] = {str(rank): word for rank, word in rank_words.items()} | role_words
_words: dict[str, Role] = {_named[role]: role for role in get_args(Role)}
Typed = Mapping[str, str]

_person = AskedField(name="person", label=tr("工号或姓名"))
_roles = AskedField(name="roles", label=tr("身份"), hint=tr("写全，如 窗口人员、出件员"))
_skills = AskedField(name="skills", label=tr("上岗资格"), hint=tr("写全，用、隔开；没有写“{none}”", none=NONE))
fields_of: dict[What, tuple[AskedField, ...]] = {
    "join": (
        AskedField(name="id", label=tr("新工号"), hint=tr("大写字母和数字")),
        AskedField(name="name", label=tr("姓名")),
        AskedField(name="department", label=tr("部门")),
        _roles,
        AskedField(name="skills", label=tr("上岗资格"), optional=True),
    ),
    "leave": (_person,),
    "roles": (_person, _roles),
    "skills": (_person, _skills),
    "learner": (
        _person,
        AskedField(name="until", label=tr("学到哪天"), hint=tr("如 2026-12-31；学完了写“{none}”", none=NONE)),
        AskedField(name="mentor", label=tr("带教人"), hint=tr("工号或姓名"), optional=True),
    ),
    "post": (
        AskedField(name="post", label=tr("岗位"), hint=tr("编号或名称")),
        AskedField(name="a", label=tr("A角"), hint=tr("不写就不变"), optional=True),
        AskedField(name="b", label=tr("B角"), hint=tr("不写就不变"), optional=True),
        AskedField(
            name="qualifications",
            label=tr("要求的资格"),
            hint=tr("不写就不变；没有写“{none}”", none=NONE),
            optional=True,
        ),
    ),
    "disable": (_person,),
    "enable": (_person,),
    "reset": (_person,),
    "days": (
        AskedField(name="day", label=tr("从哪天"), hint=tr("如 2027-02-15")),
        AskedField(name="until", label=tr("到哪天"), hint=tr("就一天不写"), optional=True),
        AskedField(name="kind", label=tr("放假还是上班"), hint=tr("写“{off}”或“{on}”", off=OFF, on=ON)),
        AskedField(name="name", label=tr("什么日子"), hint=tr("如 春节、春节调休上班")),
    ),
    "year": (AskedField(name="year", label=tr("年份"), hint=tr("全年安排都列进来了才写，如 2027")),),
}


def read_line(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    """The line, or what to mend."""
    clean = {name: word.strip() for name, word in typed.items()}
    for field in fields_of[what]:
        if not field.optional and not clean.get(field.name):
            return tr("{label}还没写", label=field.label)
    return _readers.get(what, _of_person)(what, clean, roster)


def _of_person(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    person = roster.find_person(typed["person"])
    if person is None:
        return tr("名单里没有 {typed}，或不止一个，写工号", typed=typed["person"])
    return RosterLine(what=what, id=person.id)


def _join(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    department = next((d.id for d in roster.departments.values() if typed["department"] in (d.id, d.name)), None)
    roles = _read_roles(typed["roles"])
    if department is None:
        return tr("没有部门 {typed}，写编号或全名", typed=typed["department"])
    if isinstance(roles, str):
        return roles
    skills = _listed(typed.get("skills", ""))
    return RosterLine(
        what=what, id=typed["id"].upper(), name=typed["name"], department=department, roles=roles, skills=skills
    )


def _roles_line(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    line, roles = _of_person(what, typed, roster), _read_roles(typed["roles"])
    if isinstance(line, str) or isinstance(roles, str):
        return line if isinstance(line, str) else str(roles)
    return RosterLine(what=what, id=line.id, roles=roles)


def _skills_line(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    line = _of_person(what, typed, roster)
    return line if isinstance(line, str) else RosterLine(what=what, id=line.id, skills=_listed(typed["skills"]))


def _learner(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    line = _of_person(what, typed, roster)
    if isinstance(line, str) or typed["until"] == NONE:
        return line
    try:
        until = date.fromisoformat(typed["until"])
    except ValueError:
        return tr("学到哪天没看懂，写成 2026-12-31 这样")
    mentor = roster.find_person(typed.get("mentor", ""))
    if mentor is None:
        return tr("带教人不在名单里，写工号或姓名")
    return RosterLine(what=what, id=line.id, learner_until=until, mentor=mentor.id)


def _post(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    post = next((p for p in roster.posts.values() if typed["post"] in (p.id, p.name)), None)
    if post is None:
        return tr("没有岗位 {typed}，写编号或全名", typed=typed["post"])
    a, b = (roster.find_person(typed.get(side) or getattr(post, side)) for side in ("a", "b"))
    if a is None or b is None:
        word = typed.get("a" if a is None else "b", "")
        return tr("名单里没有 {word}，或不止一个，写工号", word=word)
    return RosterLine(what=what, id=post.id, a=a.id, b=b.id, qualifications=_needs(typed, post))


def _needs(typed: Typed, post: Post) -> tuple[str, ...]:
    said = typed.get("qualifications", "")
    return _listed(said) if said else post.qualifications


def _read_roles(text: str) -> tuple[Role, ...] | str:
    words = _listed(text)
    unknown = [word for word in words if word not in _words]
    if unknown or not words:
        return tr(
            "没有身份“{unknown}”，有：{names}",
            unknown=unknown[0] if unknown else text,
            names=tr("、").join(list(_words)[:7]),
        )
    return tuple(dict.fromkeys(_words[word] for word in words))


def _listed(text: str) -> tuple[str, ...]:
    return () if text.strip() == NONE else tuple(dict.fromkeys(word for word in _split.split(text.strip()) if word))


def _days(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    if typed["kind"] not in (OFF, ON):
        return tr("放假还是上班没看懂，写“{off}”或“{on}”", off=OFF, on=ON)
    last = typed.get("until", "")
    until = day_of(last)
    if day_of(typed["day"]) is None or (last and until is None):
        return tr("日子没看懂，写成 2027-02-15 这样")
    trouble = day_trouble(typed["day"], until, typed["name"])
    return trouble or RosterLine(
        what=what, id=typed["day"], until=until, workday=typed["kind"] == ON, name=typed["name"]
    )


def _year(what: What, typed: Typed, roster: Roster) -> RosterLine | str:
    return year_trouble(typed["year"]) or RosterLine(what=what, id=typed["year"])


_readers: dict[What, Callable[[What, Typed, Roster], RosterLine | str]] = {
    "join": _join,
    "roles": _roles_line,
    "skills": _skills_line,
    "learner": _learner,
    "post": _post,
    "days": _days,
    "year": _year,
}

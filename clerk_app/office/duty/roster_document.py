"""名单入资料 a hall document with a list of roster changes applied: pure, nothing else of it is touched; and what two documents differ in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from clerk_app.duty.calendar_lines import days_of
from clerk_app.duty.roster_lines import RosterLine

Document = dict[str, Any]
_SAID = 6
"""How many differences a sentence names."""
_sections = {
    "people": "人员",
    "posts": "岗位",
    "windows": "窗口",
    "authorisations": "授权书",
    "items": "事项",
    "seals": "印章",
    "departments": "部门",
}
_keys = {"windows": "number", "authorisations": "document_no", "items": "code"}


def changed_document(document: Mapping[str, Any], lines: Iterable[RosterLine], source: str = "") -> Document:
    """A copy with every line applied, in order; a line about nobody changes nothing. `source`: the paper days rest on."""
    fresh = copy.deepcopy(dict(document))
    for line in lines:
        if line.what == "join":
            fresh["people"].append(_newcomer(line))
        elif line.what == "leave":
            fresh["people"] = [row for row in fresh["people"] if row["id"] != line.id]
        elif line.what == "days":
            _put_days(fresh["calendar"], line, source)
        elif line.what == "year":
            announced = {*fresh["calendar"].get("announced", ()), int(line.id)}
            fresh["calendar"]["announced"] = sorted(announced)
        elif change := _changes.get(line.what):
            for row in fresh["posts" if line.what == "post" else "people"]:
                if row["id"] == line.id:
                    change(row, line)
    return fresh


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """人员 P203、岗位 A1 …: which entries are not the same, in one short phrase; 其他资料 when it is something else."""
    named = []
    for section, word in _sections.items():
        key = _keys.get(section, "id")
        old, new = ({str(row[key]): row for row in document[section]} for document in (before, after))
        named += [f"{word} {one}" for one in sorted(old.keys() | new.keys()) if old.get(one) != new.get(one)]
    named += ["日历"] if before["calendar"] != after["calendar"] else []
    more = f"等 {len(named)} 处" if len(named) > _SAID else ""
    return "、".join(named[:_SAID]) + more or "其他资料"


def _put_days(calendar: Document, line: RosterLine, source: str) -> None:
    """The later word on a day is the one that counts."""
    days = {day.isoformat() for day in days_of(line.id, line.until)}
    row = {"workday": line.workday, "name": line.name.strip(), "source": source}
    kept = [one for one in calendar["overrides"] if one["date"] not in days]
    calendar["overrides"] = sorted(kept + [{"date": day, **row} for day in days], key=lambda one: str(one["date"]))


def _newcomer(line: RosterLine) -> Document:
    row: Document = {
        "id": line.id,
        "name": line.name.strip(),
        "department": line.department,
        "roles": list(line.roles),
    }
    return {**row, **({"skills": list(line.skills)} if line.skills else {})}


def _roles(row: Document, line: RosterLine) -> None:
    row["roles"] = list(line.roles)


def _skills(row: Document, line: RosterLine) -> None:
    _set(row, "skills", list(line.skills))


def _learner(row: Document, line: RosterLine) -> None:
    until = line.learner_until
    _set(row, "learner", {"until": until.isoformat(), "mentor": line.mentor} if until else None)


def _post(row: Document, line: RosterLine) -> None:
    row["a"], row["b"] = line.a, line.b
    _set(row, "qualifications", list(line.qualifications))


def _set(row: Document, key: str, value: object) -> None:
    row.pop(key, None)
    if value:
        row[key] = value


_changes: Mapping[str, Callable[[Document, RosterLine], None]] = {
    "roles": _roles,
    "skills": _skills,
    "learner": _learner,
    "post": _post,
}

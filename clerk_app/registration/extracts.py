"""部门数据 what of one application goes to one department: exactly the fields of the form that name it, and nobody else's persons.

Its shape is always the same: what was not filled in, or not asked for, is null or an empty list. Who stands in a role is
named by key and name, whatever else of a person the department gets: a reference that nobody can read is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clerk_app.registration.departments import LEAD, OTHERS
from clerk_app.registration.document import Document, get, pointer, rows_at, rows_of
from clerk_app.registration.form import Field, Form
from clerk_app.registration.model import submitted

DEPARTMENTS = (LEAD.word, *(one.word for one in OTHERS))
WHO = ("key", "name")
PEOPLE = "persons"
_Tree = dict[str, Any]
_ROWS = "[]"


def extract(form: Form, document: Document, department: str) -> dict[str, Any]:
    """The department's own part; hidden values stay behind. Raises KeyError for a department nobody knows."""
    if department not in DEPARTMENTS:
        raise KeyError(department)
    handed = submitted(form, document)
    part: dict[str, Any] = _part(_tree(routed(form, department)), handed)
    wanted = set(people_of(form, handed, department))
    if wanted:
        names = [field.name for field in person_fields(form, department)]
        part[PEOPLE] = [
            {name: one.get(name) for name in names} for one in _people(handed) if str(one.get("key")) in wanted
        ]
    else:
        part.pop(PEOPLE, None)
    return part


def routed(form: Form, department: str) -> tuple[Field, ...]:
    """The fields that name it, in the order of the form."""
    return tuple(field for field in form.fields if department in field.departments)


def person_fields(form: Form, department: str) -> tuple[Field, ...]:
    """What of a person it gets: who it is, and the fields that name it."""
    return tuple(one for one in form.fields_in(PEOPLE) if one.name in WHO or department in one.departments)


def people_of(form: Form, handed: Document, department: str) -> tuple[str, ...]:
    """The keys of those who stand in a role that goes to it; whoever stands in none goes to the registrar alone."""
    if department == LEAD.word:
        return tuple(str(one.get("key")) for one in _people(handed))
    return tuple(dict.fromkeys(_references(form, handed, department)))


def _references(form: Form, handed: Document, department: str) -> Iterator[str]:
    for field in routed(form, department):
        if field.type == "person":
            for at in rows_at(handed, field.repeat):
                if isinstance(key := get(handed, pointer(field.id, at)), str):
                    yield key


def _people(handed: Document) -> list[Mapping[str, Any]]:
    return [one for one in rows_of(get(handed, f"/{PEOPLE}")) if isinstance(one, Mapping)]


def _tree(fields: tuple[Field, ...]) -> _Tree:
    """The places of the fields as one tree; a list is a branch under `[]`."""
    tree: _Tree = {}
    for field in fields:
        here = tree
        *way, last = field.id.replace(_ROWS, f".{_ROWS}").split(".")
        for key in way:
            here = here.setdefault(key, {})
        here[last] = {}
    return tree


def _part(tree: _Tree, value: Any) -> Any:
    if not tree:
        return value
    if _ROWS in tree:
        return [_part(tree[_ROWS], row) for row in rows_of(value)]
    here = value if isinstance(value, Mapping) else {}
    return {key: _part(inner, here.get(key)) for key, inner in tree.items()}

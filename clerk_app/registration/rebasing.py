"""换新档案 the record moved while a change of it was being typed: own changes go onto the new one, what cannot is listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.registration.comparing import Change, applied, changes
from clerk_app.registration.document import Document, get, pointer, put, rows_at, rows_of
from clerk_app.registration.form import Form
from clerk_app.registration.row_keys import KEY, PEOPLE, with_row_keys, without_row_keys
from clerk_app.registration.types import own_parts


@dataclass(frozen=True, kw_only=True)
class Rebased:
    """换好的表 the new record with the own changes in it; `left` were typed and are not in, because the record moved there too."""

    document: dict[str, Any]
    left: tuple[Change, ...] = ()


def rebased(form: Form, base: Document, fresh: Document, mine: Document) -> Rebased:
    """Three ways: from `base` came `mine` and, meanwhile, `fresh`. Of one place that both changed, the record's value stands."""
    typed = _told_apart(form, base, fresh, without_row_keys(form, mine))
    theirs, own = changes(form, base, fresh), changes(form, base, typed)
    kept, left = list[Change](), list[Change]()
    for one in own:
        met = [other for other in theirs if _meet(one, other)]
        if not met:
            kept.append(one)
        elif not all(_same_end(one, other) for other in met):
            left.append(one)
    document = own_parts(form, typed, applied(form, base, (*theirs, *kept)))
    return Rebased(document=with_row_keys(form, document), left=tuple(left))


def _meet(one: Change, other: Change) -> bool:
    """The same place, a row and something in it, or the same new row on both sides."""
    if one.kind == other.kind == "added":
        return one.before == other.before and _known(one) == _known(other)
    if "added" in (one.kind, other.kind):
        return False
    return one.before == other.before or _inside(one.before, other.before) or _inside(other.before, one.before)


def _inside(place: str, around: str) -> bool:
    return place.startswith(f"{around}/")


def _known(one: Change) -> str:
    row = one.new if isinstance(one.new, Mapping) else {}
    return next((str(row[name]) for name in (KEY, "person", "uscc", "name", "text") if row.get(name)), one.will)


def _same_end(one: Change, other: Change) -> bool:
    return one.kind == other.kind and one.before == other.before and bool(one.new == other.new)


def _told_apart(form: Form, base: Document, fresh: Document, mine: Document) -> dict[str, Any]:
    """Two new people under one key are two people: ours gets a key of its own, and the roles that mean him follow."""
    known, came = _people(base), _people(fresh)
    document = dict(mine)
    for key, person in _people(mine).items():
        if key in known or key not in came or came[key] == person:
            continue
        document = _renamed(form, document, key, _free({*known, *came, *_people(document)}))
    return document


def _free(spent: set[str]) -> str:
    number = max((int(one[1:]) for one in spent if one[:1] == "p" and one[1:].isdecimal()), default=0) + 1
    return f"p{number}"


def _people(document: Document) -> dict[str, Any]:
    rows = (row for row in rows_of(get(document, f"/{PEOPLE}")) if isinstance(row, Mapping))
    return {row[KEY]: row for row in rows if isinstance(row.get(KEY), str)}


def _renamed(form: Form, document: Document, key: str, fresh: str) -> dict[str, Any]:
    result = dict(document)
    for place in (f"/{PEOPLE}/{n}/{KEY}" for n in range(len(rows_of(get(document, f"/{PEOPLE}"))))):
        if get(result, place) == key:
            result = put(result, place, fresh)
    for place in _roles(form, document):
        if get(result, place) == key:
            result = put(result, place, fresh)
    return result


def _roles(form: Form, document: Document) -> Iterator[str]:
    for field in form.fields:
        if field.type == "person":
            yield from (pointer(field.id, at) for at in rows_at(document, field.repeat))

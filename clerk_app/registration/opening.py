"""补正能改哪里 while a correction waits, only what was told may be changed, what hangs on it, and where something new is wrong.

A place is opened with everything below it, in that row alone. What hangs on it is opened too: fields asked for because of
it, fields it empties, the parts an automatic field is made of, and for a role the people who may stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from clerk_app.patching import keys_of
from clerk_app.registration.document import At, Document
from clerk_app.registration.form import Condition, Field, Form, Repeat
from clerk_app.registration.joint import FormPoint
from clerk_app.registration.keyed_places import plain_place
from clerk_app.registration.row_keys import PEOPLE

ANY = "*"
CLOSED = "告知里没有，补正不改"
_parts: Mapping[str, tuple[str, ...]] = {
    "company.name": (
        "company.name_layout",
        "company.name_division",
        "company.trade_name",
        "company.industry_term",
        "company.org_form",
    ),
    "company.domicile.full_text": (
        "company.domicile.division_code",
        "company.domicile.town",
        "company.domicile.road",
        "company.domicile.number",
    ),
    "company.domicile.province": ("company.domicile.division_code",),
    "company.domicile.city": ("company.domicile.division_code",),
    "company.domicile.county": ("company.domicile.division_code",),
    "company.industry_name": ("company.industry_code",),
    "company.registered_capital": ("shareholders",),
    "persons[].birth_date": ("persons[].id_type", "persons[].id_no"),
    "persons[].gender": ("persons[].id_type", "persons[].id_no"),
    "shareholders[].ratio": ("shareholders[].subscribed",),
    "shareholders[].subscribed": ("shareholders[].contributions",),
}
"""What one changes to change this: an automatic field has no hand of its own, a sum has its summands."""


@dataclass(frozen=True)
class Opened:
    """开着的栏 places as keys, `*` for whatever row; each with all below it."""

    ways: frozenset[tuple[str, ...]] = frozenset()

    def reason(self, place: str) -> str:
        """Why a place with row numbers may not be changed; empty when it may."""
        keys = keys_of(place)
        for way in self.ways:
            if len(way) <= len(keys) and all(mine in (ANY, theirs) for mine, theirs in zip(way, keys, strict=False)):
                return ""
        return CLOSED

    def with_also(self, more: Opened) -> Opened:
        """What was open before stays open under the hand."""
        return Opened(self.ways | more.ways)


def opened(form: Form, document: Document, told: Iterable[FormPoint], places: Iterable[str]) -> Opened:
    """By the points that were told, and by places with row numbers: what a notice named, what a check finds now."""
    now = (plain_place(document, point.pointer) for point in told)
    table = _hanging(form)
    ways: set[tuple[str, ...]] = set()
    for place in (*filter(None, now), *places):
        ways.add(keys_of(place))
        name, at = form_place(place)
        ways.update(_way(other, at, name) for other in _all_hanging(table, name))
    return Opened(frozenset(ways))


def form_place(place: str) -> tuple[str, At]:
    """`/shareholders/0/ratio` → `shareholders[].ratio`, (0,)."""
    parts: list[str] = []
    at: list[int] = []
    for key in keys_of(place):
        if key.isdecimal() and parts:
            parts[-1] += "[]"
            at.append(int(key))
        else:
            parts.append(key)
    return ".".join(parts), tuple(at)


def _way(other: str, at: At, name: str) -> tuple[str, ...]:
    """In the rows both stand in; any row of a list only the other stands in."""
    shared = _lists(other)
    mine = _lists(name)
    common = sum(1 for one, two in zip(shared, mine, strict=False) if one == two)
    keys: list[str] = []
    rows = iter([str(number) for number in at[:common]])
    for part in other.split("."):
        keys.append(part.removesuffix("[]"))
        if part.endswith("[]"):
            keys.append(next(rows, ANY))
    return tuple(keys)


def _lists(place: str) -> list[str]:
    found: list[str] = []
    here = ""
    for part in place.split("."):
        here = f"{here}.{part}" if here else part
        if part.endswith("[]"):
            found.append(here)
    return found


def _all_hanging(table: Mapping[str, tuple[str, ...]], name: str) -> frozenset[str]:
    """All that hangs on a place and on what stands in it, step by step."""
    ahead = [one for one in table if one == name or one.startswith((f"{name}.", f"{name}[]"))]
    found: set[str] = set()
    while ahead:
        for one in table.get(ahead.pop(), ()):
            if one not in found:
                found.add(one)
                ahead.append(one)
    return frozenset(found)


def _hanging(form: Form) -> dict[str, tuple[str, ...]]:
    """Of each place what hangs on it directly."""
    table = {name: list(parts) for name, parts in _parts.items()}
    places: list[Field | Repeat] = [*form.fields, *form.repeats]
    for place in places:
        for asked in _asked(place):
            table.setdefault(asked, []).append(place.id)
    for field in form.fields:
        table.setdefault(field.id, []).extend(field.reset)
        if field.type == "person":
            table[field.id].append(PEOPLE)
    return {name: tuple(found) for name, found in table.items()}


def _asked(place: Field | Repeat) -> Iterator[str]:
    conditions = [place.visible, place.required, *((place.enabled,) if isinstance(place, Field) else ())]
    while conditions:
        one = conditions.pop()
        if isinstance(one, Condition):
            yield from filter(None, (one.field, *one.referenced_by))
            conditions += one.all

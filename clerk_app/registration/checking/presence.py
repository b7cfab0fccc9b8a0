"""该填的 one walk over the form and an application: what counts of it, and what that should be there is not, or is no such thing.

What is hidden is dropped and never asked; codes, amounts and dates are read in their narrow form (NFKC, no inner spaces).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.registration.document import At, Document, rows_of
from clerk_app.registration.form import Condition, Field, Form, Repeat
from clerk_app.registration.reading_values import amount_of, day_of, is_amount, narrow, whole_of

EVER = "长期"
NARROW = frozenset({"code", "phone", "money", "whole", "date", "month", "date_or_ever"})
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_nothing: Document = {}


@dataclass(frozen=True)
class Lack:
    """缺 one place that must be filled and is not (`empty`), or holds what cannot be meant there; `case` names which."""

    place: Field | Repeat
    at: At
    case: str
    value: Any = None


class Walk:
    """走一遍 `handed` is the application as it counts; `lacks` what is missing or cannot be read, in the order of the form."""

    def __init__(self, form: Form, document: Any) -> None:
        self._form = form
        self._given: Document = document if isinstance(document, Mapping) else _nothing
        self._keys = {
            row["key"] for row in rows_of(self._given.get("persons")) if isinstance(row, Mapping) and _is_key(row)
        }
        self._roles: dict[tuple[str, ...], set[Any]] = {}
        self._asked: dict[str, Any] = {}
        self.lacks: list[Lack] = []
        handed: dict[str, Any] = dict(self._given)
        for section in form.sections:
            self._visit(form.places(section.id), handed, (), ())
        self.handed: Document = handed

    def _visit(
        self, places: tuple[Field | Repeat, ...], holder: dict[str, Any], rows: tuple[Document, ...], at: At
    ) -> None:
        """`holder` is already a copy; the objects inside it are copied when something in them changes."""
        for place in places:
            path = place.path
            value = holder.get(path[0]) if len(path) == 1 else _at(holder, path)
            if place.visible is not True and not self._holds(place.visible, rows):
                if value is not None and value != []:
                    _set(holder, path, [] if isinstance(place, Repeat) else None)
                continue
            if isinstance(place, Repeat):
                self._rows(place, value, holder, rows, at)
                continue
            if place.type in NARROW and isinstance(value, str):
                folded = narrow(value)
                if folded is not value:
                    _set(holder, path, folded)
                    value = folded
            if (place.page_only or not place.entry) and not _there(holder, path):
                continue
            if case := self._lacking(place, value, rows):
                self.lacks.append(Lack(place, at, case, value))

    def _rows(self, place: Repeat, value: Any, holder: dict[str, Any], rows: tuple[Document, ...], at: At) -> None:
        found = rows_of(value)
        if not found:
            if place.required is not False and self._holds(place.required, rows):
                self.lacks.append(Lack(place, at, "row"))
            return
        inside = self._form.places(place.section, place.id)
        kept: list[Any] = []
        for number, row in enumerate(found):
            given = row if isinstance(row, Mapping) else _nothing
            counted = dict(given)
            self._visit(inside, counted, (*rows, given), (*at, number))
            kept.append(counted)
        _set(holder, place.path, kept)

    def _lacking(self, field: Field, value: Any, rows: tuple[Document, ...]) -> str:
        """Which way it is missing or cannot be meant; empty when it is good."""
        if _empty(value):
            asked = field.required is not False and self._holds(field.required, rows)
            return ("tick" if field.must else "empty") if asked else ""
        if field.type == "person":
            return "" if isinstance(value, str) and value in self._keys else "person"
        if field.type == "flag" and value is False:
            return "tick" if field.must and self._holds(field.required, rows) else ""
        return _misfit(field, value)

    def _holds(self, condition: Condition | bool, rows: tuple[Document, ...]) -> bool:
        if isinstance(condition, bool):
            return condition
        if condition.all:
            return all(self._holds(inner, rows) for inner in condition.all)
        if condition.referenced_by:
            key = rows[0].get("key") if rows else None
            return isinstance(key, str) and key in self._pointed(condition.referenced_by)
        value = self._value(condition.field, rows)
        if condition.filled:
            return not _empty(value)
        if condition.starts:
            return isinstance(value, str) and value.startswith(condition.starts)
        hit = any(value is one or (value == one and type(value) is type(one)) for one in condition.values)
        return hit is condition.wanted

    def _value(self, field: str, rows: tuple[Document, ...]) -> Any:
        inner = field.count("[]")
        if inner:
            return rows[inner - 1].get(field.rpartition(".")[2]) if inner <= len(rows) else None
        if field not in self._asked:
            self._asked[field] = _at(self._given, tuple(field.split(".")))
        return self._asked[field]

    def _pointed(self, roles: tuple[str, ...]) -> set[Any]:
        if roles not in self._roles:
            found = (_at(self._given, tuple(role.split("."))) for role in roles)
            self._roles[roles] = {one for one in found if isinstance(one, str)}
        return self._roles[roles]

    def same_keys(self) -> Iterator[tuple[int, int]]:
        """Rows of persons whose key an earlier row has already: (row, the earlier)."""
        first: dict[str, int] = {}
        for number, row in enumerate(rows_of(self._given.get("persons"))):
            if isinstance(row, Mapping) and _is_key(row) and first.setdefault(row["key"], number) != number:
                yield number, first[row["key"]]


def _there(holder: Document, path: tuple[str, ...]) -> bool:
    """Whether the place is there at all; an application from elsewhere never had the page's own ones."""
    inner = _at(holder, path[:-1])
    return isinstance(inner, Mapping) and path[-1] in inner


def _is_key(row: Document) -> bool:
    return isinstance(row.get("key"), str) and bool(row["key"].strip())


def _empty(value: Any) -> bool:
    if type(value) is str:
        return not value or value.isspace()
    if isinstance(value, list | tuple):
        return all(_empty(one) for one in value)
    return value is None


def _at(holder: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        # A plain dict nearly always, and asking what it is takes longer than looking it up.
        if type(holder) is not dict and not isinstance(holder, Mapping):
            return None
        holder = holder.get(key)
    return holder


def _set(holder: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        inner = holder.get(key)
        holder[key] = holder = dict(inner) if isinstance(inner, Mapping) else {}
    holder[path[-1]] = value


def _misfit(field: Field, value: Any) -> str:
    """A filled value that cannot be what the field asks for."""
    if field.type in _PLAIN and type(value) is str and not field.closed:
        return ""
    fits = _FITS.get(field.type, _is_text)
    if not fits(value):
        return "type"
    if field.closed and value.strip() not in field.choices:
        return "choice"
    if field.positive and (amount_of(value) or 0) <= 0:
        return "positive"
    return ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _is_month(value: Any) -> bool:
    return isinstance(value, str) and _MONTH.fullmatch(value) is not None


_PLAIN = frozenset({"text", "code", "phone", "choice", "key"})
_FITS = {
    "money": is_amount,
    "whole": lambda value: whole_of(value) is not None,
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: day_of(value) is not None,
    "date_or_ever": lambda value: value == EVER or day_of(value) is not None,
    "month": _is_month,
    "set": _are_texts,
    "words": _are_texts,
}

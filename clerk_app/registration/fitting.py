"""对上表 a document from elsewhere, put into the form's own shape: what the form asks for and can hold goes in, the rest is told.

Nothing is cut and nothing is guessed: a value of another kind leaves its field empty and is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.registration.document import At, Document, get, pointer, put, rows_of
from clerk_app.registration.form import Field, Form, Repeat
from clerk_app.registration.model import empty_document, empty_row
from clerk_app.registration.row_keys import KEY, with_row_keys

OF_THE_CASE = ("application.application_no", "application.applied_on")
"""What the case in hand knows better than any file."""
_NOTHING = object()


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """对上的表 `odd` are the places that were not understood, by their labels; `kept` those that stay as they were."""

    document: dict[str, Any]
    odd: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def fitted(form: Form, found: Document) -> Fitted:
    """The whole form's shape, with what of `found` has the right kind; every row has its key."""
    fitting = _Fitting(form, found)
    document = empty_document(form)
    for one in form.fields:
        if not one.repeat:
            document = fitting.field(document, one)
    for repeat in form.repeats:
        if not repeat.repeat:
            document = put(document, pointer(repeat.id), fitting.rows(repeat, ()))
    return Fitted(document=with_row_keys(form, document), odd=tuple(dict.fromkeys(fitting.odd)))


def over(form: Form, current: Document, found: Fitted) -> Fitted:
    """As it would stand in a case's form: what the case knows, and what nobody changes once it is there, stays."""
    document, kept = found.document, []
    for one in form.fields:
        before = None if one.repeat else get(current, pointer(one.id))
        if before in (None, "") or not (one.id in OF_THE_CASE or one.uncorrectable):
            continue
        if get(document, pointer(one.id)) not in (None, "", before):
            kept.append(one.label)
        document = put(document, pointer(one.id), before)
    return Fitted(document=document, odd=found.odd, kept=tuple(kept))


def filled_places(form: Form, document: Document) -> tuple[str, ...]:
    """The pointer of every field that says something; what the program fills in by itself is not said by anybody."""
    found: list[str] = []
    for one in form.fields:
        if one.type != "key" and not one.automatic and one.id not in OF_THE_CASE:
            for at in _rows(document, one.repeat):
                value = get(document, pointer(one.id, at))
                if value not in (None, "", False, one.default) and value != []:
                    found.append(pointer(one.id, at))
    return tuple(found)


def steps_filled(form: Form, document: Document) -> tuple[int, int]:
    """In how many of the form's steps somebody filled in something, and how many there are."""
    begun = {form.step_of(form.by_id[name_of(place)].section).id for place in filled_places(form, document)}
    return len(begun), len(form.steps)


def name_of(place: str) -> str:
    """`/shareholders/0/contributions/1/amount` → `shareholders[].contributions[].amount`."""
    return re.sub(r"/\d+(?=/|$)", "[]", place).removeprefix("/").replace("/", ".")


def _rows(document: Document, repeat: str) -> list[At]:
    if not repeat:
        return [()]
    outer = _rows(document, repeat.rpartition("[]")[0])
    return [(*at, n) for at in outer for n in range(len(rows_of(get(document, pointer(repeat, at)))))]


class _Fitting:
    """One pass; `odd` grows."""

    def __init__(self, form: Form, found: Document) -> None:
        self._form, self._found = form, found
        self.odd: list[str] = []

    def field(self, document: dict[str, Any], one: Field) -> dict[str, Any]:
        """One place that is not repeated."""
        if _broken(self._found, one.path):
            self.odd.append(next(part.name for part in self._form.sections if part.id == one.section))
        value = self._value(one, get(self._found, pointer(one.id)))
        return document if value is _NOTHING else put(document, pointer(one.id), value)

    def rows(self, repeat: Repeat, at: At) -> list[dict[str, Any]]:
        """The rows of a list; one that is no object is told and left out."""
        value = get(self._found, pointer(repeat.id, at))
        if value is not None and not isinstance(value, list):
            self.odd.append(repeat.name)
            return []
        rows: list[dict[str, Any]] = []
        for number, row in enumerate(rows_of(value)):
            if isinstance(row, Mapping):
                rows.append(self._row(repeat, (*at, number), row))
            else:
                self.odd.append(f"第 {number + 1} {repeat.counted}")
        return rows

    def _row(self, repeat: Repeat, at: At, row: Mapping[str, Any]) -> dict[str, Any]:
        fitted_row: dict[str, Any] = empty_row(self._form, repeat)
        if isinstance(row.get(KEY), str) and row[KEY]:
            fitted_row[KEY] = row[KEY]
        for one in self._form.fields_in(repeat.id):
            value = self._value(one, get(row, _below(repeat.id, one.id)))
            if value is not _NOTHING:
                fitted_row = put(fitted_row, _below(repeat.id, one.id), value)
        for inner in self._form.repeats:
            if inner.repeat == repeat.id:
                fitted_row = put(fitted_row, _below(repeat.id, inner.id), self.rows(inner, at))
        return fitted_row

    def _value(self, one: Field, value: Any) -> Any:
        """What the field can hold; `_NOTHING` leaves it as it is when empty."""
        if value is None:
            return _NOTHING
        fit = _fit(one, value)
        if fit is _NOTHING:
            self.odd.append(one.label)
        return fit


def _broken(found: Document, path: tuple[str, ...]) -> bool:
    """Whether something else stands where an object should be on the way."""
    holder: Any = found
    for key in path[:-1]:
        holder = holder.get(key)
        if not isinstance(holder, Mapping):
            return holder is not None
    return False


def _below(repeat: str, place: str) -> str:
    """The pointer inside a row."""
    return pointer(place.removeprefix(f"{repeat}[]."))


def _fit(one: Field, value: Any) -> Any:
    if one.type == "flag":
        return value if isinstance(value, bool) else _NOTHING
    if one.type in ("set", "words"):
        texts = [value] if isinstance(value, str) and value else value
        return list(texts) if isinstance(texts, list) and all(isinstance(text, str) for text in texts) else _NOTHING
    if one.type == "whole" and isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else _NOTHING

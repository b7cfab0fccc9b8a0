"""行键 every row of every list has a key of its own, so that one row is changed, deleted and merged, and never its neighbour.

Only people's keys belong to the application (roles point at them); the others are the draft's and are not handed in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from clerk_app.registration.document import At, Document, get, pointer, put, rows_at, rows_of
from clerk_app.registration.form import Form, Repeat

KEY = "key"
PEOPLE = "persons"


def fresh_key(form: Form, repeat: Repeat, at: At, document: Document, spent: Collection[str] = ()) -> str:
    """A key no row has, none had before (`spent`), and nobody points at."""
    letter = _letter(repeat)
    return _next(letter, (*_used(rows_of(get(document, pointer(repeat.id, at)))), *_pointed(form, document), *spent))


def with_row_keys(form: Form, document: Document) -> dict[str, Any]:
    """The document with a key in every row that has none, or another's; what has keys is left as it is."""
    keyed = dict(document)
    for repeat in form.repeats:
        for at in rows_at(keyed, repeat.repeat):
            place = pointer(repeat.id, at)
            rows = rows_of(get(keyed, place))
            if any(_lacks(row) for row in rows) or len(set(_used(rows))) < len(_used(rows)):
                keyed = put(keyed, place, _given(form, repeat, rows, document))
    return keyed


def without_row_keys(form: Form, document: Document) -> dict[str, Any]:
    """As it is handed in: only people keep their keys."""
    bare = dict(document)
    for repeat in reversed(form.repeats):
        for at in rows_at(bare, repeat.repeat) if repeat.id != PEOPLE else ():
            rows = rows_of(get(bare, pointer(repeat.id, at)))
            if any(isinstance(row, Mapping) and KEY in row for row in rows):
                bare = put(bare, pointer(repeat.id, at), [_bare(row) for row in rows])
    return bare


def _bare(row: Any) -> Any:
    return {name: value for name, value in row.items() if name != KEY} if isinstance(row, Mapping) else row


def _lacks(row: Any) -> bool:
    return isinstance(row, Mapping) and not (isinstance(row.get(KEY), str) and row[KEY])


def _given(form: Form, repeat: Repeat, rows: list[Any], document: Document) -> list[Any]:
    """The first row that has a key keeps it."""
    spent = [*_used(rows), *_pointed(form, document)]
    seen: set[str] = set()
    given: list[Any] = []
    for row in rows:
        if isinstance(row, Mapping) and (_lacks(row) or row[KEY] in seen):
            key = _next(_letter(repeat), spent)
            spent.append(key)
            given.append({**row, KEY: key})
        else:
            given.append(row)
            seen.update(_used([row]))
    return given


def _letter(repeat: Repeat) -> str:
    return "p" if repeat.id == PEOPLE else "r"


def _used(rows: Iterable[Any]) -> list[str]:
    return [row[KEY] for row in rows if isinstance(row, Mapping) and isinstance(row.get(KEY), str) and row[KEY]]


def _next(letter: str, spent: Iterable[str]) -> str:
    numbers = [int(key[1:]) for key in spent if key[:1] == letter and len(key) < 12 and key[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def _pointed(form: Form, document: Document) -> Iterator[str]:
    """Keys some role points at, whether the person is there or not."""
    for field in form.fields:
        if field.type == "person":
            for at in rows_at(document, field.repeat):
                if isinstance(value := get(document, pointer(field.id, at)), str):
                    yield value

"""认行的位置 one place of a document named by the keys of its rows, so that it is still the same when rows above it came or went.

`/shareholders/1/subscribed` is `/shareholders/#rows/r2/subscribed`: the way patches name it. A row without a key of its
own is named by its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.patching import ROWS, keys_of, pointer_of
from clerk_app.registration.document import Document, rows_of
from clerk_app.registration.row_keys import KEY


def keyed_place(document: Document, place: str) -> str:
    """From a place with row numbers."""
    value: Any = document
    keys: list[str] = []
    for key in keys_of(place):
        if isinstance(value, Mapping) or not key.isdecimal():
            keys.append(key)
            value = value.get(key) if isinstance(value, Mapping) else None
            continue
        rows, number = rows_of(value), int(key)
        value = rows[number] if number < len(rows) else None
        mark = _mark(value)
        alone = bool(mark) and sum(_mark(row) == mark for row in rows) == 1
        keys += [ROWS, _escaped(mark)] if alone else [key]
    return pointer_of(tuple(keys))


def plain_place(document: Document, place: str) -> str | None:
    """Where it stands now, with row numbers; None when its row is gone."""
    found = _walk(document, place)
    return pointer_of(tuple(found[0])) if found else None


def there(document: Document, place: str) -> tuple[bool, Any]:
    """Whether every row on the way is still there, and the value at its end."""
    found = _walk(document, place)
    return (True, found[1]) if found else (False, None)


def _walk(document: Document, place: str) -> tuple[list[str], Any] | None:
    value: Any = document
    way: list[str] = []
    keys = iter(keys_of(place))
    for key in keys:
        if key == ROWS:
            number = _row(value, _unescaped(next(keys, "")))
        elif key.isdecimal() and not isinstance(value, Mapping):
            number = int(key)
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
            way.append(key)
            continue
        rows = rows_of(value)
        if number is None or number >= len(rows):
            return None
        value = rows[number]
        way.append(str(number))
    return way, value


def _row(value: Any, mark: str) -> int | None:
    return next((number for number, row in enumerate(rows_of(value)) if mark and _mark(row) == mark), None)


def _mark(row: Any) -> str:
    mark = row.get(KEY) if isinstance(row, Mapping) else None
    return mark if isinstance(mark, str) else ""


def _escaped(mark: str) -> str:
    return f"#{mark}" if mark[:1] == "#" else mark


def _unescaped(mark: str) -> str:
    return mark[1:] if mark[:2] == "##" else mark

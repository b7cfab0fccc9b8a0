"""填的内容 reading and changing one place of the document, never in place: every change is a new document.

A place is a field's id (`shareholders[].contributions[].amount`) with the row numbers its `[]` stand for, or the RFC 6901
pointer of both (`/shareholders/0/contributions/1/amount`). A document of another shape reads as empty, and does not raise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

Document = Mapping[str, Any]
At = tuple[int, ...]
DEEPEST = 12
LONGEST = 150_000
"""Characters of one whole document: its envelope must stay well under the centre's 1 MiB."""


@lru_cache(maxsize=16_384)
def pointer(place: str, at: At = ()) -> str:
    """The RFC 6901 pointer of a place."""
    rows = iter(at)
    parts: list[str] = []
    for part in place.split("."):
        parts.append(part.removesuffix("[]"))
        if part.endswith("[]"):
            parts.append(str(next(rows)))
    return "".join(f"/{part}" for part in parts)


@lru_cache(maxsize=16_384)
def keys_of(place: str) -> tuple[str | int, ...]:
    """The keys a pointer names: all-digit ones are row numbers."""
    return tuple(int(key) if key.isdecimal() else key for key in place.split("/")[1:])


def get(document: Any, place: str) -> Any:
    """The value at a pointer, or None."""
    value = document
    for key in keys_of(place):
        if isinstance(key, int):
            rows = isinstance(value, Sequence) and not isinstance(value, str) and key < len(value)
            value = value[key] if rows else None
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return value


def put(document: Document, place: str, value: Any) -> dict[str, Any]:
    """The document with another value at a pointer; rows are never made, only changed."""
    first, *rest = keys_of(place)
    return {**document, str(first): _put(document.get(str(first)), rest, value)}


def _put(here: Any, keys: list[str | int], value: Any) -> Any:
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if isinstance(key, int):
        return [_put(row, rest, value) if number == key else row for number, row in enumerate(rows_of(here))]
    inner = dict(here) if isinstance(here, Mapping) else {}
    inner[key] = _put(inner.get(key), rest, value)
    return inner


def rows_of(value: Any) -> list[Any]:
    """The rows of a list, whatever else may stand there."""
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def add_row(document: Document, place: str, row: Document) -> dict[str, Any]:
    """One more row at the end of a list."""
    return put(document, place, [*rows_of(get(document, place)), row])


def remove_row(document: Document, place: str, number: int) -> dict[str, Any]:
    """Without one row of a list."""
    rows = rows_of(get(document, place))
    return put(document, place, [row for at, row in enumerate(rows) if at != number])


def rows_at(document: Document, repeat: str) -> Iterator[At]:
    """Every row there is of a repeat, by its numbers; one empty tuple for what is not repeated."""
    if not repeat:
        yield ()
        return
    for outer in rows_at(document, repeat.rpartition("[]")[0]):
        for number in range(len(rows_of(get(document, pointer(repeat, outer))))):
            yield (*outer, number)


def storable(document: Any, deepest: int = DEEPEST) -> bool:
    """Whether both ends can keep it: plain JSON, not too deep or long, no NUL or half character, no broken number.

    Level by level, and the texts at the end all at once: every save asks this, at both ends.
    """
    texts: list[Any] = []
    level, others = [document], 0
    for _ in range(deepest + 1):
        deeper: list[Any] = []
        rest = [value for value in level if type(value) is not str]
        if len(rest) < len(level):
            texts += [value for value in level if type(value) is str]
        others += len(rest)
        if 4 * others > LONGEST:
            return False
        for value in rest:
            if type(value) is dict:
                texts += value
                deeper += value.values()
            elif value is not None and not _opened(value, deeper, texts):
                return False
        level = deeper
        if not level:
            return _writable(texts, LONGEST - 4 * others)
    return False


def short(document: Any) -> bool:
    """Far from too long, at a glance: what `storable` counts is at most twice its JSON, and two (`[0]`: eight, and three)."""
    return 2 * len(msgspec.json.encode(document)) + 2 <= LONGEST


def _opened(value: Any, deeper: list[Any], texts: list[Any]) -> bool:
    """What is inside goes one level down; False for what is no plain JSON."""
    if isinstance(value, list | tuple):
        deeper += value
    elif isinstance(value, int):
        return abs(value) < 1 << 53
    elif isinstance(value, float):
        return value - value == 0.0
    elif isinstance(value, Mapping):
        texts += value
        deeper += value.values()
    elif isinstance(value, str):
        texts.append(value)
    else:
        return value is None
    return True


def _writable(texts: Iterable[Any], room: int) -> bool:
    """Short enough and without NUL; no half character (it could not be written as UTF-8), and no key that is not a text."""
    try:
        text = "".join(texts)
        text.encode()
    except (TypeError, UnicodeEncodeError):
        return False
    return len(text) <= room and "\0" not in text

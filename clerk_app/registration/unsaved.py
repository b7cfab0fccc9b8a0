"""没存完的 what was typed since the last saving, place by place, so that it can be taken up again after the power went.

A place is only taken up where the books still say what they said when it was typed: another window's word is not overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.patching import same
from clerk_app.registration.document import Document, get, put


@dataclass(frozen=True, kw_only=True)
class TypedPlace:
    """键入的一处 one place that is typed and not saved: its RFC 6901 pointer, its value, and what the books said there."""

    pointer: str
    value: Any
    before: Any


@dataclass(frozen=True)
class TakenUp:
    """接上的 the document with what was left over: how many places, and how many another window changed meanwhile."""

    document: dict[str, Any]
    places: int = 0
    others: int = 0


def typed_places(kept: Document, document: Document) -> tuple[TypedPlace, ...]:
    """Where two documents differ: a field each, a list as a whole when its rows are others now."""
    return tuple(_differences(kept, document, ""))


def _differences(kept: Document, document: Document, at: str) -> Iterator[TypedPlace]:
    for key, value in document.items():
        before = kept.get(key)
        if value is before or not _nameable(key):
            continue
        yield from _difference(before, value, f"{at}/{key}")


def _difference(before: Any, value: Any, at: str) -> Iterator[TypedPlace]:
    if isinstance(value, Mapping) and isinstance(before, Mapping) and all(map(_nameable, value)):
        yield from _differences(before, value, at)
    elif _same_rows(before, value):
        for number, (old, new) in enumerate(zip(before, value, strict=True)):
            if old is not new:
                yield from _difference(old, new, f"{at}/{number}")
    elif not same(before, value):
        yield TypedPlace(pointer=at, value=value, before=before)


def _same_rows(before: Any, value: Any) -> bool:
    """Both are lists of the same rows, by their keys."""
    if not (isinstance(before, list) and isinstance(value, list) and len(before) == len(value)):
        return False
    pairs = zip(before, value, strict=True)
    return all(isinstance(o, Mapping) and isinstance(n, Mapping) and o.get("key") == n.get("key") for o, n in pairs)


def _nameable(key: object) -> bool:
    return isinstance(key, str) and key != "" and "/" not in key and not key.isdecimal()


def taken_up(document: Document, places: Iterable[TypedPlace]) -> TakenUp:
    """What was left over goes in; what is in already is not counted, and what became another meanwhile is left alone."""
    whole, count, others = dict(document), 0, 0
    for one in places:
        now = get(whole, one.pointer)
        if same(now, one.value):
            continue
        if same(now, one.before):
            whole, count = put(whole, one.pointer, one.value), count + 1
        else:
            others += 1
    return TakenUp(whole, count, others)

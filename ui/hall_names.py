"""厅里的名字 what a hall has named itself: another language leaves it as it is, whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from clerk_app.hall import Hall

_NAMED = frozenset(("name", "short_name", "short", "zone", "decision_document", "result", "review_body", "court"))


def names_of(hall: Hall) -> Iterator[str]:
    """名字 of windows, posts, people, departments, items, materials, lines, seals and whatever else bears one."""
    yield from _below(hall)


def _below(value: object) -> Iterator[str]:
    if is_dataclass(value):
        for one in fields(value):
            part = getattr(value, one.name)
            if isinstance(part, str):
                yield from (part,) if one.name in _NAMED else ()
            elif one.name == "letters" and isinstance(part, Mapping):
                yield from part.values()
            else:
                yield from _below(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _below(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _below(part)

"""译文不入账 in tests every sentence of `tr()` bears a mark, and a command that carries one is a fault.

What a person reads may be in any language; what is kept must not be. Imported before any page, by `tests/conftest.py`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, event

from clerk_app.office.office import Office
from ui import language

_plain, _do, _do_together = language.tr, Office.do, Office.do_together


class Told(str):
    """一句译文 a sentence of the window."""

    __slots__ = ()


def tr(source: str, **values: object) -> str:
    """The window's own, marked."""
    return Told(_plain(source, **values))


def told_in(value: Any, at: str) -> Iterator[str]:
    """Where in a command a sentence of the window stands."""
    if isinstance(value, Told):
        yield f"{at}: {value}"
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from told_in(key, at)
            yield from told_in(inside, f"{at}.{key}")
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inside in value:
            yield from told_in(inside, at)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from told_in(getattr(value, field.name), f"{at}.{field.name}")
    else:
        for name in getattr(value, "__struct_fields__", ()):
            yield from told_in(getattr(value, name), f"{at}.{name}")


def _looked_through(command: Any) -> None:
    if found := list(told_in(command, type(command).__name__)):
        raise AssertionError("words of the window in a record; keep them Chinese, without tr(): " + "; ".join(found))


def _checked_do(office: Office, command: Any, *more: Any, **named: Any) -> Any:
    _looked_through(command)
    return _do(office, command, *more, **named)


def _checked_together(office: Office, acts: Any) -> Any:
    for command, _ in acts:
        _looked_through(command)
    return _do_together(office, acts)


def _asked_of_a_store(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_more: Any) -> None:
    if found := list(told_in(parameters, "query")):
        raise AssertionError("words of the window looked for in a store, which knows only Chinese: " + "; ".join(found))


def watch() -> None:
    """From now on, for every page imported later."""
    event.listen(Engine, "before_cursor_execute", _asked_of_a_store)
    language.tr = tr
    Office.do, Office.do_together = _checked_do, _checked_together  # type: ignore[method-assign]

"""改动 field edits as data: what was changed (RFC 7396 merge patch), from which old values (by RFC 6901 pointer), and whether
somebody else changed the same fields meanwhile. A leaf: rooms need it, and it needs nobody.

Patches are made over the *keyed* form of a document, where 7396 says everything: rows that have keys of their own stand
under their keys, so that one row can be changed while another is; null is a value (`#null`) and not «take it away».
Rows without keys are one value: replaced whole and compared whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

Document = Mapping[str, Any]

NULL, KEYS, ROWS = "#null", "#keys", "#rows"


@dataclass(frozen=True)
class Patch:
    """改动 `merge` over the keyed form; `touched` is the value each changed place had before (None: there was none)."""

    merge: Mapping[str, Any] = field(default_factory=dict)
    touched: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clash:
    """一处两说 one place that was `old`, is `mine` by this patch and `theirs` in the books; values in their plain form."""

    path: str
    old: Any
    mine: Any
    theirs: Any


_leaves = (str, int, float, list, tuple, type(None))


def is_object(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """A JSON object. Documents are made of dicts and texts: the general question is asked last, because it is the dear one."""
    kind = type(value)
    return kind is dict or (kind is not str and not isinstance(value, _leaves) and isinstance(value, Mapping))


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2."""
    if not is_object(patch):
        return patch
    result = dict(target) if is_object(target) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value) if is_object(value) else value
    return result


def pointer_of(keys: tuple[str, ...]) -> str:
    """RFC 6901, section 3."""
    return "".join(f"/{_token(key)}" for key in keys)


def _token(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def keys_of(pointer: str) -> tuple[str, ...]:
    """Back from a pointer; raises ValueError on what is none."""
    if pointer and not pointer.startswith("/"):
        raise ValueError(pointer)
    keys = pointer.split("/")[1:]
    return tuple(keys if "~" not in pointer else [key.replace("~1", "/").replace("~0", "~") for key in keys])


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: true is not 1."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    if is_object(one) and is_object(other):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def keyed(value: Any) -> Any:
    """The form patches are made over; what stands in rows without keys stays as it is."""
    if isinstance(value, str):
        return _escaped(value)
    if is_object(value):
        return {_escaped(key): keyed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        keys = _row_keys(value)
        return (
            {KEYS: keys, ROWS: {_escaped(k): keyed(row) for k, row in zip(keys, value, strict=True)}} if keys else value
        )
    return NULL if value is None else value


def plain(value: Any) -> Any:
    """Back from the keyed form. Rows that no list of keys names come last: none is lost."""
    if isinstance(value, str):
        return _plain_text(value)
    if is_object(value):
        if KEYS in value:
            rows = {
                _unescaped(key): _keyed_row(_unescaped(key), plain(row)) for key, row in value.get(ROWS, {}).items()
            }
            named = [rows.pop(key) for key in value[KEYS] if key in rows]
            return [*named, *rows.values()]
        return {_unescaped(key): _plain_text(v) if type(v) is str else plain(v) for key, v in value.items()}
    return value


def _plain_text(text: str) -> str | None:
    """Nearly every text says nothing of ours."""
    return text if text[:1] != "#" else None if text == NULL else _unescaped(text)


def _keyed_row(key: str, row: Any) -> Any:
    """A row written back after somebody took it away knows its key again."""
    return {"key": key, **row} if is_object(row) else row


def _escaped(text: str) -> str:
    return f"#{text}" if text[:1] == "#" else text


def _unescaped(text: str) -> str:
    return text[1:] if text[:2] == "##" else text


def _row_keys(rows: list[Any] | tuple[Any, ...]) -> list[str]:
    """Their keys, if every row is an object with one of its own; else none."""
    keys = [row.get("key") if is_object(row) else None for row in rows]
    texts = [key for key in keys if isinstance(key, str) and key]
    return texts if len(set(texts)) == len(rows) else []


def diff(before: Document, after: Document) -> Patch:
    """The smallest patch from one document to another: `apply(diff(a, b), a) == b`."""
    touched: dict[str, Any] = {}
    merge = _diff(keyed(before), keyed(after), (), touched)
    return Patch(merge, touched)


def _diff(
    before: Mapping[str, Any], after: Mapping[str, Any], at: tuple[str, ...], touched: dict[str, Any]
) -> dict[str, Any]:
    merge: dict[str, Any] = {}
    for key in (*after, *(key for key in before if key not in after)):
        old, new = before.get(key), after.get(key)
        if is_object(old) and is_object(new):
            if inner := _diff(old, new, (*at, key), touched):
                merge[key] = inner
        elif not (key in before and key in after and same(old, new)):
            merge[key] = new
            touched[pointer_of((*at, key))] = old
    return merge


def apply(patch: Patch, document: Document) -> dict[str, Any]:
    """A new document with the changes in it: as `merge_patch` over the keyed form says, made only where the patch goes."""
    result: dict[str, Any] = _changed(document, patch.merge)
    return result


def _changed(target: Any, merge: Mapping[str, Any]) -> Any:
    if not is_object(target) or KEYS in merge or ROWS in merge:
        return plain(merge_patch(keyed(target), merge))
    result = dict(target)
    for key, value in merge.items():
        name = _unescaped(key) if key[:1] == "#" else key
        if value is None:
            result.pop(name, None)
        elif type(value) is str:
            result[name] = _plain_text(value)
        else:
            result[name] = _changed(result.get(name), value) if is_object(value) else plain(value)
    return result


def clashes(patch: Patch, document: Document) -> tuple[Clash, ...]:
    """Places somebody else changed since, and not to the same value. None: the patch goes in as it is."""
    return tuple(_clashes(patch, _Standing(document)))


def _clashes(patch: Patch, current: _Standing) -> Iterator[Clash]:
    wanted: Any = None
    for path, old in patch.touched.items():
        if current.says(path, old):
            continue
        keys = keys_of(path)
        house, theirs = current.at(keys)
        if house and same(theirs, old):
            continue
        wanted = merge_patch({}, patch.merge) if wanted is None else wanted
        mine = _at(wanted, keys)[1]
        if house and same(theirs, mine):
            continue
        yield Clash(path, plain(old), plain(mine), plain(theirs))


class _Standing:
    """A document looked at place by place in its keyed form, which is made only of what is looked at, and once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._keyed: dict[int, Any] = {}
        self._parents: dict[str, dict[str, Any]] = {}

    def says(self, path: str, old: Any) -> bool:
        """At a glance, whether a text stands there still, or nothing does: most places. False says nothing."""
        parent, slash, key = path.rpartition("/")
        if not slash or "~" in key or key[:1] == "#":
            return False
        if (inside := self._parents.get(parent)) is None:
            inside = self._parents[parent] = self._inside(parent)
        if old is None:
            return bool(inside) and key not in inside
        return type(old) is str and old[:1] != "#" and inside.get(key) == old

    def _inside(self, parent: str) -> dict[str, Any]:
        """The object there as it is written; empty where the keyed form would be another."""
        value: Any = self._document
        for key in keys_of(parent):
            value = value.get(key) if type(value) is dict and key[:1] != "#" else None
        return value if type(value) is dict else {}

    def at(self, keys: tuple[str, ...]) -> tuple[bool, Any]:
        """As `_at` over the whole keyed form."""
        value: Any = self._document
        for depth, key in enumerate(keys):
            if not is_object(value):
                return _at(self._form(value), keys[depth:])
            name = _unescaped(key) if key[:1] == "#" else key
            if name not in value or (name[:1] == "#" and _escaped(name) != key):
                return depth == len(keys) - 1, None
            value = value[name]
        return True, _escaped(value) if isinstance(value, str) else self._form(value)

    def _form(self, value: Any) -> Any:
        if id(value) not in self._keyed:
            self._keyed[id(value)] = keyed(value)
        return self._keyed[id(value)]


def _at(value: Any, keys: tuple[str, ...]) -> tuple[bool, Any]:
    """Whether the object the place stands in is there at all, and the value at the place."""
    for key in keys[:-1]:
        value = value.get(key) if is_object(value) else None
    if not is_object(value):
        return False, value
    return True, value.get(keys[-1])


def reach(patch: Patch) -> bool:
    """Whether every place the patch changes says what it was before: nothing is changed unseen."""
    return _reached(patch.merge, "", patch.touched)


def _reached(merge: Mapping[str, Any], at: str, touched: Mapping[str, Any]) -> bool:
    for key, value in merge.items():
        place = f"{at}/{_token(key)}"
        if place not in touched and not (is_object(value) and value and _reached(value, place, touched)):
            return False
    return True


def accepted(document: Document, found: tuple[Clash, ...]) -> dict[str, Any]:
    """The document with their value at every place there were two: what a change made now is a change of."""
    current = keyed(document)
    for clash in found:
        theirs: Any = None if clash.theirs is None else keyed(clash.theirs)
        for key in reversed(keys_of(clash.path)):
            theirs = {key: theirs}
        current = merge_patch(current, theirs)
    result: dict[str, Any] = plain(current)
    return result

"""读申请 an application from a file: one JSON document, alone or wrapped with its day; folded, never cut, what was odd is told.

Numbers keep their digits: `100.10` becomes the text "100.10", a number too long to be one the text of its digits, NaN the text
"NaN", which no amount is. Codes, phones, amounts and dates are folded to their narrow form, and x in a number to X.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.registration.checking.presence import NARROW
from clerk_app.registration.entry import clean
from clerk_app.registration.form import Field, Form
from clerk_app.registration.reading_values import day_of, narrow

LARGEST = 2 * 1024 * 1024
"""Bytes: ten times the longest application there can be."""
DEEPEST = 12
_LONGEST_NUMBER = 15
_MOST_TOLD = 20
_CAPITALS = frozenset({"persons[].id_no", "shareholders[].uscc", "company.uscc", "agent.org_uscc"})
_TEXTS = frozenset({"text", "code", "phone", "money", "date", "month", "date_or_ever"})


@dataclass(frozen=True, kw_only=True)
class ReadApplication:
    """读到的申请 the document as it counts, its day if the file says one, and sentences on what was folded or not known."""

    document: dict[str, Any]
    as_of: date | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unreadable:
    """读不了 the one sentence, and nothing was read."""

    message: str


def read_application(data: bytes, form: Form) -> ReadApplication | Unreadable:
    """From the bytes of a file; never raises."""
    found = read_json(data)
    if isinstance(found, Unreadable):
        return found
    as_of: date | None = None
    if _is_wrapper(found):
        as_of = day_of(found.get("as_of"))
        if as_of is None and found.get("as_of") is not None:
            return Unreadable("文件里的 as_of 不是一个日子，要写成 2026-06-15 这样，没有读。")
        found = found["application"]
    places = _inner_places(form)
    if not isinstance(found, Mapping) or not any(name in places for name in found):
        return Unreadable("文件里不是一份企业登记申请（没有 application、company 这些部分），没有读。")
    return _folded(found, form, as_of)


def _is_wrapper(found: Any) -> bool:
    """The application has an "application" part too; only in the wrapper do the other parts stand inside it."""
    inner = found.get("application") if isinstance(found, Mapping) else None
    if not isinstance(inner, Mapping) or "company" in found:
        return False
    return "as_of" in found or "company" in inner or isinstance(inner.get("application"), Mapping)


def read_json(data: bytes, largest: int = LARGEST) -> Any:
    """The JSON of a file's bytes, numbers kept as their digits; or why not."""
    if len(data) > largest:
        return Unreadable(f"文件有 {len(data) / 1024 / 1024:.1f} MB，最多读 {largest // 1024 // 1024} MB，没有读。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unreadable("文件不是 UTF-8 文字，没有读。另存为 UTF-8 再来。")
    deep = Unreadable(f"文件一层套一层超过 {DEEPEST} 层，没有读。")
    try:
        found = json.loads(text, parse_float=str, parse_int=_whole, parse_constant=str)
    except RecursionError:
        return deep
    except ValueError:
        return Unreadable("文件不是 JSON，或没有写完整，没有读。请重新导出再来。")
    return deep if _too_deep(found) else _cleaned(found)


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _too_deep(value: Any) -> bool:
    """Level by level: walking down it would not come back from a deep one."""
    level = [value]
    for _ in range(DEEPEST):
        level = [one for outer in level for one in _inside(outer)]
    return any(isinstance(one, dict | list) for one in level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _cleaned(value: Any) -> Any:
    """Without what no field can hold: control signs and half characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(one) for key, one in value.items()}
    return value


def _folded(found: Mapping[str, Any], form: Form, as_of: date | None) -> ReadApplication:
    folding = _Folding(form)
    document = folding.inside(found, "")
    told = []
    if folding.unknown:
        names = "、".join(sorted(folding.unknown)[:_MOST_TOLD])
        told.append(f"有 {len(folding.unknown)} 处这份表不认识，没有用到：{names}。")
    if folding.changed:
        labels = "、".join(sorted(folding.changed)[:_MOST_TOLD])
        told.append(f"这些栏的全角字、空格已改成标准写法：{labels}。")
    return ReadApplication(document=document, as_of=as_of, told=tuple(told))


class _Folding:
    """改写 one pass over a document; place by place, with `[]` for rows."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._known = _inner_places(form)
        self.unknown: set[str] = set()
        self.changed: set[str] = set()

    def inside(self, holder: Mapping[str, Any], place: str) -> dict[str, Any]:
        """An object with its values folded."""
        return {key: self._value(value, f"{place}.{key}" if place else key) for key, value in holder.items()}

    def _value(self, value: Any, place: str) -> Any:
        field = self._form.by_id.get(place)
        if field is not None:
            return self._leaf(field, value)
        repeat = self._form.repeat_by_id.get(place)
        if repeat is not None and isinstance(value, list):
            return [self.inside(row, f"{place}[]") if isinstance(row, Mapping) else row for row in value]
        if place in self._known and isinstance(value, Mapping):
            return self.inside(value, place)
        if place not in self._known and repeat is None:
            self.unknown.add(place)
        return value

    def _leaf(self, field: Field, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and field.type in _TEXTS:
            return str(value)
        if not isinstance(value, str):
            return value
        folded = narrow(value) if field.type in NARROW else value.strip()
        if field.id in _CAPITALS:
            folded = folded.upper()
        if folded != value:
            self.changed.add(field.label)
        return folded


def _inner_places(form: Form) -> frozenset[str]:
    """Every object on the way to a field."""
    keys = [one.id.split(".") for one in form.fields]
    return frozenset(".".join(each[:length]) for each in keys for length in range(1, len(each)))

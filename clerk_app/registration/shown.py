"""写出来的值 what a place of the document reads as on paper, on a copy card, in a list: words, never a key, never “None”.

A place is a field's id; `a|b` is the first of two that says something, and behind a person's role stands what of the person
is meant: `governance.legal_rep.person>mobile`. Where rows are left open, all rows stand one after another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clerk_app.amounts import wan_in_words, yuan_of
from clerk_app.registration.document import At, Document, get, pointer, rows_at, rows_of
from clerk_app.registration.form import Field, Form
from clerk_app.registration.reading_values import amount_of

HIDDEN = "******"
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Reader:
    """读表的人 reads one document by one form; who is not `whole` sees masked places masked."""

    form: Form
    document: Document
    whole: bool = False

    def text(self, place: str, at: At = (), style: str = "") -> str:
        """The words there, empty where there are none. `style`: 大写, 元, iso, or what stands between several rows."""
        for one in place.split("|"):
            texts = [text for text in self._texts(one.strip(), at, style) if text]
            if texts:
                return (style if style and style not in _styles else "、").join(texts)
        return ""

    def field(self, place: str) -> Field | None:
        """The field a place names, behind a role the person's."""
        role, _, part = place.partition("|")[0].strip().partition(">")
        return self.form.by_id.get(f"persons[].{part}" if part else role)

    def secured(self, place: str) -> bool:
        """Whether it is one of those that are masked."""
        return any((found := self.field(one)) is not None and found.masked for one in place.split("|"))

    def rows(self, repeat: str, at: At = ()) -> Iterator[At]:
        """Every row of a repeat inside these rows."""
        return (one for one in rows_at(self.document, repeat) if one[: len(at)] == at)

    def raw(self, place: str, at: At = ()) -> list[Any]:
        """The values as they are kept."""
        role, _, part = place.partition(">")
        depth = role.count("[]")
        around = role.rpartition("[]")[0]
        places = [at[:depth]] if len(at) >= depth else list(self.rows(around, at))
        values = [get(self.document, pointer(role, one)) for one in places]
        return [self._of_person(key, part) for key in values] if part else values

    def _texts(self, place: str, at: At, style: str) -> Iterator[str]:
        field = self.field(place)
        for value in self.raw(place, at):
            text = self._plain(field, value) if field else _words(value)
            text = _styles[style](text) if style in _styles else self._usual(field, text)
            masked = field is not None and field.masked and not self.whole
            yield masked_text(text) if masked else text

    def _plain(self, field: Field, value: Any) -> str:
        if field.type == "person":
            return _words(self._of_person(value, "name"))
        if field.type == "flag":
            return "是" if value is True else "否" if value is False else ""
        return _words(value)

    def _usual(self, field: Field | None, text: str) -> str:
        if field is None or field.type not in ("date", "date_or_ever", "month"):
            return text
        return day_words(text)

    def _of_person(self, key: Any, part: str) -> Any:
        for one in rows_of(get(self.document, "/persons")):
            if isinstance(one, Mapping) and isinstance(key, str) and one.get("key") == key:
                return one.get(part)
        return None


def masked_text(text: str) -> str:
    """First three and last four of what is long, the first one of what is short; how long it is, is not said."""
    if len(text) < 11:
        return text and text[:1] + HIDDEN
    return text[:3] + HIDDEN + text[-4:]


def day_words(text: str) -> str:
    """2026年11月20日 of 2026-11-20, 2026年12月 of 2026-12; anything else as it stands."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return text
    if day is not None:
        return f"{day.year}年{day.month}月{day.day}日"
    month = _MONTH.fullmatch(text)
    return f"{month[1]}年{int(month[2])}月" if month else text


def _words(value: Any) -> str:
    """One line of text of whatever stands there; an object says nothing."""
    if isinstance(value, list | tuple):
        return "、".join(text for text in map(_words, value) if text)
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return " ".join(str(value).split())


def _capital_words(text: str) -> str:
    return _exactly(wan_in_words, text)


def _figures(text: str) -> str:
    return _exactly(lambda wan: f"{yuan_of(wan):,f}", text)


def _as_it_is(text: str) -> str:
    return text


def _exactly(words: Callable[[Decimal], str], text: str) -> str:
    """An amount that is none, or finer than a fen, says nothing rather than something near it."""
    amount = amount_of(text)
    try:
        return "" if amount is None else words(amount)
    except ValueError:
        return ""


_styles: Mapping[str, Callable[[str], str]] = {"大写": _capital_words, "元": _figures, "iso": _as_it_is}

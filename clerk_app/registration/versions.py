"""表的版本 a document of an older form, put into the form of today: what moved is moved, what is new is empty, nothing is lost.

What today's form has no place for is kept under `_earlier` and told to the clerk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clerk_app.registration.document import Document, get, keys_of, pointer, put, rows_at, rows_of
from clerk_app.registration.form import Form
from clerk_app.registration.model import empty_document, empty_row
from clerk_app.registration.row_keys import KEY
from clerk_app.registration.standing import within

EARLIER = "_earlier"
TOLD = 4
Plain = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """一版表 from which day it binds, and what it has otherwise than the one before: new places and moved ones."""

    version: str
    effective_from: date
    added: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Editions:
    """各版 in the order of their days."""

    all: tuple[Edition, ...] = ()

    def after(self, version: str) -> tuple[Edition, ...] | None:
        """Those that came after a version; None when nobody knows it."""
        names = [one.version for one in self.all]
        return self.all[names.index(version) + 1 :] if version in names else None

    def later_than(self, day: date) -> tuple[Edition, ...]:
        """Those not in force yet on a day."""
        return tuple(one for one in self.all if one.effective_from > day)


@dataclass(frozen=True, kw_only=True)
class BroughtUp:
    """换好版的表 `sentences` say what became of it; none when nothing did."""

    document: dict[str, Any]
    sentences: tuple[str, ...] = ()


def read_editions(document: Plain) -> Editions:
    """From the file's content; raises KeyError or ValueError on one of another shape."""
    rows = (
        Edition(
            version=row["version"],
            effective_from=date.fromisoformat(row["effective_from"]),
            added=tuple(row.get("added", ())),
            renamed=tuple(row.get("renamed", {}).items()),
        )
        for row in document["editions"]
    )
    return Editions(tuple(sorted(rows, key=lambda one: one.effective_from)))


def asked_before(form: Form, later: Iterable[Edition]) -> Form:
    """The form for an application begun before these editions: what they added is not asked of it."""
    added = tuple(place for one in later for place in one.added)
    if not added:
        return form
    return replace(
        form,
        fields=tuple(replace(one, required=False, must=False) if within(one.id, added) else one for one in form.fields),
    )


def brought_up(form: Form, document: Document, version: str = "", editions: Editions | None = None) -> BroughtUp:
    """In the shape of `form`; a document of this very version is left as it is. `version` empty: nobody wrote it down."""
    if version == form.version:
        return BroughtUp(document=dict(document))
    known = (editions or Editions()).after(version)
    moved = dict(document)
    for edition in known or ():
        moved = _renamed(moved, edition)
    kept: dict[str, Any] = {}
    shaped = _without_strangers(moved, _tree(form), "", kept)
    filled, new = _filled(form, shaped)
    if kept:
        earlier = get(document, f"/{EARLIER}")
        filled = {**filled, EARLIER: {**(earlier if isinstance(earlier, Mapping) else {}), **kept}}
    return BroughtUp(document=filled, sentences=tuple(_told(form, version, (known is None, new, kept))))


def earlier_note(document: Document) -> tuple[tuple[str, str], ...]:
    """备注 of what an older form had and today's has no place for: where it stood, and what was there."""
    notes = get(document, f"/{EARLIER}")
    return tuple((str(place), _words(value)) for place, value in notes.items()) if isinstance(notes, Mapping) else ()


def _told(form: Form, version: str, what: tuple[bool, int, Mapping[str, Any]]) -> Iterator[str]:
    unknown, new, kept = what
    if unknown and version:
        yield f"这份表是“{version}”版的，这个程序不认得这一版，照 {form.version} 版对上了。每一步都要再核对一遍。"
    elif version:
        yield f"这份表是 {version} 版的，已换成 {form.version} 版，填过的都在。"
    if new and version:
        yield f"新表多了 {new} 栏，要填的补上。"
    if kept:
        places = "、".join(place.rpartition("/")[2] for place in list(kept)[:TOLD])
        more = f"等 {len(kept)} 处" if len(kept) > TOLD else ""
        yield f"新表里没有地方放的（{places}{more}）记在备注里，没有丢。"


def _renamed(document: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """A place that has a value already keeps it; the old one then stays where it was, and goes into the note."""
    for old, new in edition.renamed:
        for at in tuple(rows_at(document, old.rpartition("[]")[0])):
            was, will = pointer(old, at), pointer(new, at)
            value = get(document, was)
            if value not in (None, "") and get(document, will) in (None, ""):
                document = put(_dropped(document, was), will, value)
    return document


def _dropped(document: Document, place: str) -> dict[str, Any]:
    """Without one key of an object."""
    around, _, name = place.rpartition("/")
    inside = get(document, around) if around else document
    rest = {key: value for key, value in inside.items() if key != name}
    return put(document, around, rest) if around else rest


def _tree(form: Form) -> dict[str, Any]:
    """Names inside names; a list is `[tree]`, a leaf None."""
    tree: dict[str, Any] = {}
    for one in form.fields:
        here = tree
        parts = one.id.split(".")
        for part in parts[:-1]:
            name = part.removesuffix("[]")
            if part.endswith("[]"):
                here = here.setdefault(name, [{KEY: None}])[0]
            else:
                here = here.setdefault(name, {})
        here.setdefault(parts[-1], None)
    return tree


def _without_strangers(value: Any, tree: Any, at: str, kept: dict[str, Any]) -> Any:
    """What has no place goes into `kept`, by where it stood."""
    if tree is None:
        return value
    if isinstance(tree, list):
        if not isinstance(value, list | tuple):
            _keep(value, at, kept)
            return []
        return [_without_strangers(row, tree[0], f"{at}/{number}", kept) for number, row in enumerate(value)]
    if not isinstance(value, Mapping):
        _keep(value, at, kept)
        return {}
    shaped: dict[str, Any] = {}
    for name, inner in value.items():
        if name in tree:
            shaped[name] = _without_strangers(inner, tree[name], f"{at}/{name}", kept)
        elif not at and name == EARLIER:
            shaped[name] = inner
        else:
            _keep(inner, f"{at}/{name}", kept)
    return shaped


def _keep(value: Any, at: str, kept: dict[str, Any]) -> None:
    if value not in (None, "") and value != [] and value != {}:
        kept[at] = value


def _filled(form: Form, document: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """With every place there is, and how many fields there were not."""
    empty, new = empty_document(form), set[str]()
    for repeat in form.repeats:
        for at in tuple(rows_at(document, repeat.repeat)):
            place = pointer(repeat.id, at)
            if not isinstance(get(document, place), list | tuple):
                document = put(document, place, [] if repeat.repeat else get(empty, place))
    for one in form.fields:
        blank = empty_row(form, form.repeat_by_id[one.repeat])[one.name] if one.repeat else get(empty, pointer(one.id))
        for at in tuple(rows_at(document, one.repeat)) if one.type != "key" else ():
            if not _there(document, pointer(one.id, at)):
                document = put(document, pointer(one.id, at), blank)
                new.add(one.id)
    return document, len(new)


def _there(document: Any, place: str) -> bool:
    *around, last = keys_of(place)
    value = document
    for key in around:
        value = rows_of(value)[key] if isinstance(key, int) else value.get(key) if isinstance(value, Mapping) else None
    return isinstance(value, Mapping) and last in value


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(text for text in map(_words, value.values()) if text)
    if isinstance(value, list | tuple):
        return "；".join(text for text in map(_words, value) if text)
    return "" if value is None else str(value)

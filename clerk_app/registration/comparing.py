"""新旧对照 what an application changes of the record it began with, row by row: by whom a row is, never by its number.

Hidden values, and what belongs to the one application alone (its day, its agent, its papers), are no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from clerk_app.patching import same
from clerk_app.registration.document import At, Document, get, pointer, put, rows_of
from clerk_app.registration.form import Field, Form, Repeat
from clerk_app.registration.model import row_name, row_title, submitted
from clerk_app.registration.reading_values import amount_of, text_of
from clerk_app.registration.shown import Reader

ChangeKind = Literal["added", "removed", "changed"]
Pair = tuple[int | None, int | None]
_by: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "persons": (("key",),),
    "company.scope": (("text",),),
    "shareholders": (("person", "uscc"), ("name",)),
    "shareholders[].contributions": (("method", "due_on"),),
    "governance.directors": (("person",),),
    "governance.supervisors": (("person",),),
    "governance.managers": (("person",),),
    "beneficial_owners.items": (("person",),),
}
"""By which fields a row is known."""
_in_order = frozenset({"shareholders[].contributions"})
"""What is left over there is paired in order, as in lists whose rows are known by nothing."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """改动一处 `pointer` is in the new document (of a row that is gone: the list), `before` in the old one (of a new row: the list).

    `was`, `will`: in words, masked places masked; `whole` the same unmasked. `registered`: 登记事项, not only filed with.
    """

    pointer: str
    before: str
    where: str
    label: str
    old: Any
    new: Any
    kind: ChangeKind
    registered: bool
    was: str
    will: str
    whole: tuple[str, str]
    masked: bool = False


def changes(form: Form, old: Document, new: Document) -> tuple[Change, ...]:
    """Every place that is another, in the order of the form."""
    return tuple(_Comparing(form, submitted(form, old), submitted(form, new)).all())


def applied(form: Form, old: Document, found: Iterable[Change]) -> dict[str, Any]:
    """The old document with the changes in it; new rows stand last."""
    document, gone, fresh = dict(old), dict[str, set[int]](), list[Change]()
    for one in found:
        if one.kind == "changed":
            document = put(document, one.before, one.new)
        elif one.kind == "added":
            fresh.append(one)
        else:
            place, _, number = one.before.rpartition("/")
            gone.setdefault(place, set()).add(int(number))
    for one in fresh:
        document = put(document, one.before, [*rows_of(get(document, one.before)), one.new])
    for place in sorted(gone, key=len, reverse=True):
        kept = [row for number, row in enumerate(rows_of(get(document, place))) if number not in gone[place]]
        document = put(document, place, kept)
    return document


class _Comparing:
    """Two documents side by side."""

    def __init__(self, form: Form, old: Document, new: Document) -> None:
        self._form, self._old, self._new = form, old, new
        self._readers = tuple(Reader(form, one, whole) for one in (old, new) for whole in (False, True))

    def all(self) -> Iterator[Change]:
        for section in self._form.sections:
            yield from self._inside(section.id, "", (), ())

    def _inside(self, section: str, repeat: str, was_at: At, at: At) -> Iterator[Change]:
        for place in self._form.places(section, repeat):
            if self._form.types.standing(place.id) == "own":
                continue
            if isinstance(place, Repeat):
                yield from self._rows(place, was_at, at)
            elif place.type != "key":
                yield from self._field(place, was_at, at)

    def _field(self, one: Field, was_at: At, at: At) -> Iterator[Change]:
        old, new = get(self._old, pointer(one.id, was_at)), get(self._new, pointer(one.id, at))
        if _alike(one, old, new) and not (one.type == "person" and self._renamed(old)):
            return
        yield Change(
            pointer=pointer(one.id, at),
            before=pointer(one.id, was_at),
            where=row_name(self._form, one.repeat, self._new, at),
            label=one.label,
            old=old,
            new=new,
            kind="changed",
            registered=self._registered(one.id),
            masked=one.masked,
            **self._words(lambda reader, place: reader.text(one.id, place), was_at, at),
        )

    def _rows(self, one: Repeat, was_at: At, at: At) -> Iterator[Change]:
        rows, new_rows = self._of(one, self._old, was_at), self._of(one, self._new, at)
        for before, after in paired(one, rows, new_rows):
            if before is None and after is not None:
                yield self._row(one, "added", was_at, (*at, after), new_rows[after])
            elif after is None and before is not None:
                yield self._row(one, "removed", (*was_at, before), at, rows[before])
            elif before is not None and after is not None:
                yield from self._inside(one.section, one.id, (*was_at, before), (*at, after))

    def _row(self, one: Repeat, kind: ChangeKind, was_at: At, at: At, row: Any) -> Change:
        came = kind == "added"
        document, here = (self._new, at) if came else (self._old, was_at)
        place, row_place = pointer(one.id, at[:-1] if came else at), pointer(one.id, here[:-1]) + f"/{here[-1]}"
        said = tuple(_row_words(self._form, one, reader, here) for reader in self._readers[2 if came else 0 :][:2])
        return Change(
            pointer=row_place if came else place,
            before=pointer(one.id, was_at) if came else row_place,
            where=row_name(self._form, one.repeat, document, here[:-1]),
            label=one.name,
            old=None if came else row,
            new=row if came else None,
            kind=kind,
            registered=any(self._registered(inner.id) for inner in self._form.fields_in(one.id)),
            was="" if came else said[0],
            will=said[0] if came else "",
            whole=("", said[1]) if came else (said[1], ""),
            masked=any(inner.masked for inner in self._form.fields_in(one.id)),
        )

    def _words(self, text: Callable[[Reader, At], str], was_at: At, at: At) -> dict[str, Any]:
        was, was_whole, will, will_whole = (
            text(reader, was_at if number < 2 else at) for number, reader in enumerate(self._readers)
        )
        return {"was": was, "will": will, "whole": (was_whole, will_whole)}

    def _of(self, one: Repeat, document: Document, at: At) -> list[Any]:
        return rows_of(get(document, pointer(one.id, at)))

    def _registered(self, place: str) -> bool:
        return self._form.types.standing(place) == "registered"

    def _renamed(self, key: Any) -> bool:
        """The same key, and another name under it: who holds the role is written otherwise now."""
        names = [_name_of(document, key) for document in (self._old, self._new)]
        return isinstance(key, str) and names[0] != names[1]


def paired(one: Repeat, old: list[Any], new: list[Any]) -> tuple[Pair, ...]:
    """Which row was which: the same by what it is known by, then the same altogether; what is left came or went."""
    left, right = list(range(len(old))), list(range(len(new)))
    pairs: list[Pair] = []
    for names in _by.get(one.id, ()):
        pairs += _matched(left, right, [_known(row, names) for row in old], [_known(row, names) for row in new])
    pairs += _matched(left, right, list(map(_frozen, old)), list(map(_frozen, new)))
    if one.id in _in_order or one.id not in _by:
        pairs += zip(left, right, strict=False)
        left, right = left[len(right) :], right[len(left) :]
    pairs.sort(key=lambda pair: pair[1] or 0)
    return (*pairs, *((n, None) for n in left), *((None, n) for n in right))


def _matched(left: list[int], right: list[int], old: list[Hashable], new: list[Hashable]) -> list[Pair]:
    """Takes what it pairs out of both; of several the same, the first goes with the first."""
    known: dict[Hashable, list[int]] = {}
    for number in right:
        if new[number] is not None:
            known.setdefault(new[number], []).append(number)
    pairs: list[Pair] = []
    for number in tuple(left):
        if old[number] is not None and known.get(old[number]):
            other = known[old[number]].pop(0)
            pairs.append((number, other))
            left.remove(number)
            right.remove(other)
    return pairs


def _known(row: Any, names: tuple[str, ...]) -> Hashable:
    if not isinstance(row, Mapping):
        return None
    values = tuple(text_of(row.get(name)) for name in names)
    return values if any(values) else None


def _frozen(value: Any) -> Hashable:
    """By what it says; nothing said is nothing to know it by."""
    if isinstance(value, Mapping):
        return frozenset((key, _frozen(inner)) for key, inner in value.items() if not _blank(inner)) or None
    if isinstance(value, list | tuple):
        return tuple(map(_frozen, value))
    return (type(value).__name__, value)


def _blank(value: Any) -> bool:
    return value is None or value is False or value == [] or (isinstance(value, str) and not value.strip())


def _alike(one: Field, old: Any, new: Any) -> bool:
    """The same in meaning: nothing, an empty text and no tick; 100 and 100.00; a set in another order."""
    if _blank(old) and _blank(new):
        return True
    if one.type == "set":
        texts = [Counter(map(str, rows_of(value))) for value in (old, new)]
        return texts[0] == texts[1]
    if one.type == "money":
        amounts = amount_of(old), amount_of(new)
        return amounts[0] == amounts[1] if None not in amounts else same(old, new)
    if isinstance(old, str) and isinstance(new, str):
        return old.strip() == new.strip()
    return same(old, new)


def _name_of(document: Document, key: Any) -> str:
    rows = (row for row in rows_of(get(document, "/persons")) if isinstance(row, Mapping))
    return next((text_of(row.get("name")) for row in rows if row.get("key") == key), "")


def _row_words(form: Form, one: Repeat, reader: Reader, at: At) -> str:
    """A row as it is known, its columns, its inner rows."""
    texts = [row_title(form, one, reader.document, at)]
    for name in one.columns:
        field = form.by_id[f"{one.id}[].{name}"]
        text = reader.text(field.id, at)
        if name not in one.title and not (field.type == "flag" and text != "是"):
            named = field.type in ("money", "whole", "date") and text
            texts.append(field.label if field.type == "flag" else f"{field.label} {text}" if named else text)
    for inner in form.repeats:
        if inner.repeat == one.id:
            texts += [_row_words(form, inner, reader, place) for place in reader.rows(inner.id, at)]
    return "，".join(text for text in texts if text)

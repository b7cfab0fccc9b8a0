"""自动栏 what follows from other fields: the name of its parts, the address of its parts, ratios, what an ID number says.

A field follows while it is empty or says what followed before; once somebody wrote something else there, it is left alone.
Changing a field empties those it is the parent of (`Field.reset`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clerk_app.registration.document import At, Document, get, pointer, put, rows_at, rows_of
from clerk_app.registration.form import Field, Form
from clerk_app.registration.model import enabled
from clerk_app.registration.naming import compose, parts_of
from clerk_app.registration.reading_values import amount_of, text_of
from clerk_app.registration.row_keys import KEY

HOME = ("", "中国")
NUMBERED = ("居民身份证", "港澳居民居住证", "台湾居民居住证")
Sign = Callable[[Document, At, "Lookups"], Any]


@dataclass(frozen=True, kw_only=True)
class Lookups:
    """资料 what is looked up while typing; each answers None for what it does not know.

    `division`: province, city and county of a code; `industry`: the name of a code; `born`, `sex`: of an ID number.
    """

    division: Callable[[str], tuple[str, str, str] | None]
    industry: Callable[[str], str | None]
    born: Callable[[str], str | None]
    sex: Callable[[str], str | None]


def derived(form: Form, before: Document, after: Document, lookups: Lookups, typed: str = "") -> dict[str, Any]:
    """The document with everything that follows from what was changed, in the order in which one follows from another.

    The place being `typed` is left alone: who empties it to write something else does not write against the machine.
    """
    document = dict(after)
    for place, sign in _signs:
        field = form.by_id[place]
        for at in rows_at(document, field.repeat):
            value = get(document, pointer(place, at))
            if pointer(place, at) == typed:
                continue
            said = sign(document, at, lookups)
            if value == said or (value is None and said is None):
                continue
            then = _then(before, document, field, at)
            followed = then is not None and value == sign(before, then, lookups)
            if _blank(value) or followed:
                document = put(document, pointer(place, at), said)
    return document


def followed_from(form: Form, document: Document, place: str, at: At, lookups: Lookups) -> bool:
    """Whether a field that is not for typing now says what it was taken from."""
    sign = next((one for name, one in _signs if name == place), None)
    field = form.by_id[place]
    if sign is None or enabled(field, document, at):
        return False
    value = get(document, pointer(place, at))
    return _blank(value) or value == sign(document, at, lookups)


def emptied(form: Form, field: Field, at: At, document: Document) -> tuple[dict[str, Any], tuple[Field, ...]]:
    """The document without what hung on a field that is another now, and which fields that emptied."""
    gone: list[Field] = []
    left = dict(document)
    for name in field.reset:
        place = pointer(name, at[: name.count("[]")])
        if not _blank(get(left, place)):
            left = put(left, place, None)
            gone.append(form.by_id[name])
    return left, tuple(gone)


def full_address(document: Document) -> str | None:
    """住所全文 of its parts; a municipality is said once. None before there is a road or a number."""
    names = ("province", "city", "county", "town", "road", "number")
    province, city, *rest = (text_of(get(document, f"/company/domicile/{name}")) for name in names)
    if not any(rest[1:]):
        return None
    return "".join((province, "" if city == province else city, *rest))


def shares(document: Document) -> list[Decimal | None]:
    """认缴额 of each shareholder, where it is an amount."""
    return [
        amount_of(row.get("subscribed")) if isinstance(row, Mapping) else None
        for row in rows_of(get(document, "/shareholders"))
    ]


def percent(part: Decimal, whole: Decimal, places: str = "0.0001") -> str:
    """A share of a whole as the form writes it: 60, 33.3333."""
    text = format((part * 100 / whole).quantize(Decimal(places)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _then(before: Document, after: Document, field: Field, at: At) -> At | None:
    """Where this row stood before: by its key, for rows above it may have gone."""
    if not field.repeat:
        return ()
    key = get(after, pointer(f"{field.repeat}[].{KEY}", at))
    rows = rows_of(get(before, pointer(field.repeat)))
    return next(((n,) for n, row in enumerate(rows) if isinstance(row, Mapping) and row.get(KEY) == key), None)


def _blank(value: Any) -> bool:
    return value is None or value == "" or value == []


def _name(document: Document, at: At, lookups: Lookups) -> str | None:
    return compose(parts_of(document)) or None


def _address(document: Document, at: At, lookups: Lookups) -> str | None:
    return full_address(document)


def _place(part: int) -> Sign:
    def sign(document: Document, at: At, lookups: Lookups) -> str | None:
        found = lookups.division(text_of(get(document, "/company/domicile/division_code")))
        return found[part] or None if found else None

    return sign


def _industry(document: Document, at: At, lookups: Lookups) -> str | None:
    return lookups.industry(text_of(get(document, "/company/industry_code")))


def _of_number(what: Callable[[Lookups], Callable[[str], str | None]]) -> Sign:
    """From the ID number, while the kind of document is one whose number says it."""

    def sign(document: Document, at: At, lookups: Lookups) -> str | None:
        if get(document, pointer("persons[].id_type", at)) not in NUMBERED:
            return None
        return what(lookups)(text_of(get(document, pointer("persons[].id_no", at))))

    return sign


def _ratio(document: Document, at: At, lookups: Lookups) -> str | None:
    amounts = shares(document)
    mine = amounts[at[0]] if at[0] < len(amounts) else None
    whole = sum((one for one in amounts if one is not None), Decimal(0))
    return percent(mine, whole) if mine is not None and whole > 0 else None


def _held_by(counts: Callable[[Mapping[str, Any]], bool]) -> Sign:
    """投资比例: the share of those shareholders."""

    def sign(document: Document, at: At, lookups: Lookups) -> str | None:
        rows = rows_of(get(document, "/shareholders"))
        held = [(one, row) for one, row in zip(shares(document), rows, strict=True) if one is not None]
        whole = sum((one for one, _ in held), Decimal(0))
        theirs = sum((one for one, row in held if counts(row)), Decimal(0))
        return percent(theirs, whole, "0.01") if whole > 0 else None

    return sign


def _natural(row: Mapping[str, Any]) -> bool:
    return row.get("kind") == "自然人"


def _foreign(row: Mapping[str, Any]) -> bool:
    return text_of(row.get("country")) not in HOME


def _all_signs() -> Iterator[tuple[str, Sign]]:
    for part, name in enumerate(("province", "city", "county")):
        yield f"company.domicile.{name}", _place(part)
    yield "company.domicile.full_text", _address
    yield "company.name", _name
    yield "company.industry_name", _industry
    yield "persons[].birth_date", _of_number(lambda lookups: lookups.born)
    yield "persons[].gender", _of_number(lambda lookups: lookups.sex)
    yield "shareholders[].ratio", _ratio
    yield "tax.natural_ratio", _held_by(_natural)
    yield "tax.foreign_ratio", _held_by(_foreign)


_signs = tuple(_all_signs())

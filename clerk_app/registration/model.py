"""企业登记一表 the draft of a company's form, and what of it is still missing. Presence only; the findings come later.

Hidden values stay in the draft, are never asked for, and are dropped by `submitted`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from clerk_app.registration.document import At, Document, add_row, get, pointer, put, rows_at, rows_of
from clerk_app.registration.findings import Checked, Confirmed
from clerk_app.registration.form import Condition, Field, Form, Repeat
from clerk_app.registration.row_keys import KEY, fresh_key, with_row_keys, without_row_keys

form_subject = "form:{}".format
_ASKED_BY_CHOICE = ("choice", "person", "set")


@dataclass(frozen=True, kw_only=True)
class FormDraft:
    """一表草稿 all that was typed for one case, in the shape of the application; `id` is the case's.

    `record`, `record_version` and `base`: the approved record it began with, and its content then; `prefilled`: the ticket it was filled in with before;
    `filed`: the code under which what was approved is on record.
    """

    id: str
    form_version: str
    document: dict[str, Any]
    saved_at: datetime
    by: str
    record: str = ""
    record_version: int = 0
    base: dict[str, Any] | None = None
    checked: Checked | None = None
    confirmed: tuple[Confirmed, ...] = ()
    prefilled: str = ""
    filed: str = ""


@dataclass(frozen=True, kw_only=True)
class CompanyRecord:
    """登记档案 a company as it was last approved; `id` is its unified code, `version` counts its approvals, `case` the last."""

    id: str
    version: int
    name: str
    trade_name: str
    industry_term: str
    authority_code: str
    standing: Literal["active", "cancelled"]
    document: dict[str, Any]
    case: str
    filed_at: datetime
    by: str


@dataclass(frozen=True)
class Missing:
    """没填 one empty place that must be filled; `where` names the row it stands in: 第 2 位股东.

    `page_only`: the page asks for it, a check does not (`Field.page_only`).
    """

    pointer: str
    label: str
    sentence: str
    where: str = ""
    section: str = ""
    page_only: bool = False


def empty_document(form: Form) -> dict[str, Any]:
    """A new application: every place is there, lists are empty or hold the usual rows, the rest is null or its default."""
    document: dict[str, Any] = {}
    for field in form.fields:
        if not field.repeat:
            document = put(document, pointer(field.id), _blank(field))
    for repeat in form.repeats:
        if not repeat.repeat:
            document = put(document, pointer(repeat.id), [])
            for row in repeat.rows:
                document = add_row(document, pointer(repeat.id), {**empty_row(form, repeat), **row})
    return with_row_keys(form, document)


def empty_row(form: Form, repeat: Repeat) -> dict[str, Any]:
    """A new row of a repeat, with its inner lists."""
    row: dict[str, Any] = {field.name: _blank(field) for field in form.fields_in(repeat.id)}
    inner = (one for one in form.repeats if one.repeat == repeat.id)
    return {**row, **{one.id.rpartition(".")[2]: [] for one in inner}}


def added(form: Form, repeat: Repeat, at: At, document: Document, spent: Collection[str] = ()) -> dict[str, Any]:
    """加一行 with a key of its own, which is never used again for another row."""
    key = fresh_key(form, repeat, at, document, spent)
    return add_row(document, pointer(repeat.id, at), {**empty_row(form, repeat), KEY: key})


def _blank(field: Field) -> Any:
    if field.type in ("set", "words"):
        return []
    return False if field.type == "flag" and field.default is None else field.default


def visible(field: Field | Repeat, document: Document, at: At = ()) -> bool:
    """Whether this place is asked for at all; `at` are the rows it stands in."""
    return holds(field.visible, document, at)


def required(field: Field | Repeat, document: Document, at: At = ()) -> bool:
    """Whether it must be filled, if it is visible."""
    return holds(field.required, document, at)


def enabled(field: Field, document: Document, at: At = ()) -> bool:
    """Whether it is for typing; while not, it is taken from another field."""
    return holds(field.enabled, document, at)


def holds(condition: Condition | bool, document: Document, at: At) -> bool:
    """Whether a condition is met; `at` are the rows it is asked in."""
    if isinstance(condition, bool):
        return condition
    if condition.all:
        return all(holds(inner, document, at) for inner in condition.all)
    if condition.referenced_by:
        key = get(document, f"/persons/{at[0]}/key") if at else None
        return key is not None and any(get(document, pointer(role)) == key for role in condition.referenced_by)
    value = get(document, pointer(condition.field, at[: condition.field.count("[]")]))
    if condition.filled:
        return not _empty(value)
    if condition.starts:
        return isinstance(value, str) and value.startswith(condition.starts)
    return any(value is wanted or (value == wanted and type(value) is type(wanted)) for wanted in condition.values) is (
        condition.wanted
    )


def _empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return all(_empty(one) for one in value)
    return value is None


def missing(form: Form, document: Document) -> tuple[Missing, ...]:
    """Every place that is visible, required and empty, in the order of the form."""
    people = {str(one.get("key")) for one in rows_of(get(document, "/persons")) if isinstance(one, Mapping)}
    found: list[Missing] = []
    for section in form.sections:
        found += _missing_in(form, section.id, "", (), document, people)
    return tuple(found)


def _missing_in(
    form: Form, section: str, repeat: str, at: At, document: Document, people: set[str]
) -> Iterator[Missing]:
    for place in form.places(section, repeat):
        if not visible(place, document, at):
            continue
        value = get(document, pointer(place.id, at))
        lacking = _lacking(place, value, people) if required(place, document, at) else ""
        if lacking:
            label = place.name if isinstance(place, Repeat) else place.label
            where = row_name(form, repeat, document, at)
            asked_here = isinstance(place, Field) and place.page_only
            yield Missing(pointer(place.id, at), label, lacking, where, section, asked_here)
        if isinstance(place, Repeat):
            for number in range(len(rows_of(value))):
                yield from _missing_in(form, section, place.id, (*at, number), document, people)


def _shown(form: Form, place: Field | Repeat, document: Document, at: At) -> bool:
    if place.repeat:
        outer = form.repeat_by_id[place.repeat]
        if not _shown(form, outer, document, at[:-1]):
            return False
    return visible(place, document, at)


def _lacking(place: Field | Repeat, value: Any, people: set[str]) -> str:
    """The sentence, or empty when it is filled."""
    if isinstance(place, Repeat):
        return "" if rows_of(value) else f"还没加{place.name}。"
    if place.type == "flag":
        return f"还没勾“{place.label}”。" if place.must and value is not True else ""
    gone = place.type == "person" and not (isinstance(value, str) and value in people)
    if not _empty(value) and not gone:
        return ""
    return f"还没选{place.label}。" if place.type in _ASKED_BY_CHOICE else f"还没填{place.label}。"


def row_name(form: Form, repeat: str, document: Document, at: At) -> str:
    """第 2 位股东, with the outer row before it; empty for what is not repeated."""
    if not repeat:
        return ""
    one = form.repeat_by_id[repeat]
    outer = row_name(form, one.repeat, document, at[:-1])
    called = row_title(form, one, document, at)
    return (f"{outer}·" if outer else "") + (called or f"第 {at[-1] + 1} {one.counted}")


def row_title(form: Form, repeat: Repeat, document: Document, at: At) -> str:
    """What a row is known by: its person's name, its own name; empty while it has none."""
    for name in repeat.title:
        place = f"{repeat.id}[].{name}"
        value = get(document, pointer(place, at))
        if form.by_id[place].type == "person":
            value = person_name(document, value)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def person_name(document: Document, key: Any) -> str:
    """A person's name by his key; empty when there is no such person or no name yet."""
    for one in rows_of(get(document, "/persons")):
        if isinstance(one, Mapping) and key is not None and one.get("key") == key:
            name = one.get("name")
            return name.strip() if isinstance(name, str) else ""
    return ""


def submitted(form: Form, document: Document) -> dict[str, Any]:
    """What is handed in: hidden fields are null, hidden lists empty, rows without the draft's keys."""
    handed: dict[str, Any] = dict(document)
    for repeat in form.repeats:
        for at in rows_at(handed, repeat.repeat):
            place = pointer(repeat.id, at)
            if rows_of(get(handed, place)) and not _shown(form, repeat, document, at):
                handed = put(handed, place, [])
    for field in form.fields:
        for at in rows_at(handed, field.repeat):
            place = pointer(field.id, at)
            if get(handed, place) is not None and not _shown(form, field, document, at):
                handed = put(handed, place, None)
    return without_row_keys(form, handed)

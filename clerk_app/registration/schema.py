"""表的 JSON Schema of a whole application, made of the form: shapes, choices, and what must be filled in when.

What a schema cannot say (whose role somebody stands in, sums, dates against the day) the check says.
"""

from __future__ import annotations

import re
from typing import Any

from clerk_app.registration.form import Condition, Field, Form, Repeat

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_shapes: dict[str, Schema] = {
    "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "month": {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
    "date_or_ever": {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|长期)$"},
    "money": {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
    "whole": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
    "words": {"type": "array", "items": {"type": "string"}},
}


def json_schema(form: Form) -> Schema:
    """Of the document itself, without a wrapper."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:form:{form.id}:{form.version}",
        "title": form.name,
        "description": f"{form.name} {form.version} 版，自 {form.effective_from} 起",
        **_object(form, "", ""),
    }


def _object(form: Form, prefix: str, repeat: str) -> Schema:
    """Of everything that begins with this prefix and stands in this repeat; conditions stand where both their ends are."""
    names = _names(form, prefix, repeat)
    found: Schema = {
        "type": "object",
        "properties": {name: _place(form, f"{prefix}{name}", repeat) for name in names},
        "additionalProperties": False,
    }
    asked = [name for name in names if _always(form, f"{prefix}{name}", repeat)]
    rules = _rules(form, prefix, repeat) if prefix in ("", f"{repeat}[].") else []
    return {**found, **({"required": asked} if asked else {}), **({"allOf": rules} if rules else {})}


def _names(form: Form, prefix: str, repeat: str) -> list[str]:
    places = [place.id for place in _places(form) if place.repeat == repeat]
    inside = (place[len(prefix) :].partition(".")[0] for place in places if place.startswith(prefix))
    return list(dict.fromkeys(inside))


def _places(form: Form) -> tuple[Field | Repeat, ...]:
    return (*form.fields, *form.repeats)


def _place(form: Form, place: str, repeat: str) -> Schema:
    if place in form.by_id:
        return _leaf(form.by_id[place])
    if place in form.repeat_by_id:
        one = form.repeat_by_id[place]
        items = _object(form, f"{place}[].", place)
        least = {"minItems": 1} if one.required is True and one.visible is True else {}
        return {"title": one.name, "type": "array", "maxItems": one.most, "items": items, **least}
    return _object(form, f"{place}.", repeat)


def _leaf(one: Field) -> Schema:
    """Null stands for what is not filled in, unless it must always be."""
    shape = {**_shapes.get(one.type, _TEXT)}
    if one.type == "set":
        shape = {"type": "array", "items": {"enum": list(one.choices)}, "uniqueItems": True}
    elif one.closed:
        shape["enum"] = [*one.choices]
    elif one.choices:
        shape["examples"] = [*one.choices]
    if _asked(one):
        shape |= _filled(one)
    else:
        shape["type"] = [shape["type"], "null"]
        if "enum" in shape:
            shape["enum"] = [*shape["enum"], None]
    words = "；".join(text for text in (one.rule, one.basis) if text)
    return {"title": one.label, **({"description": words} if words else {}), **shape}


def _filled(one: Field) -> Schema:
    if one.must:
        return {"const": True}
    if one.type in ("set", "words"):
        return {"minItems": 1}
    return {} if one.type in ("flag", "whole") else {"minLength": 1}


def _asked(place: Field | Repeat) -> bool:
    """A box that is not there is one that is not ticked."""
    spare = isinstance(place, Field) and (place.page_only or (place.type == "flag" and not place.must))
    return place.required is True and place.visible is True and not spare


def _always(form: Form, place: str, repeat: str) -> bool:
    """Whether it, or something below it in the same row, must always be there."""
    inside = (one for one in _places(form) if one.repeat == repeat)
    return any(_asked(one) for one in inside if one.id == place or one.id.startswith(f"{place}."))


def _rules(form: Form, prefix: str, repeat: str) -> list[Schema]:
    """What must be filled in when something else says so."""
    fields = (one for one in form.fields if one.repeat == repeat and not _asked(one) and not one.page_only)
    return [rule for one in fields if (rule := _rule(one, prefix))]


def _rule(one: Field, prefix: str) -> Schema | None:
    gates = [gate for gate in (one.visible, one.required) if gate is not True]
    tests = [_test(gate, prefix) for gate in gates]
    if False in gates or not tests or None in tests:
        return None
    shape = {"not": {"type": "null"}, **_filled(one)}
    return {"if": {"allOf": tests} if len(tests) > 1 else tests[0], "then": _at(one.id, prefix, shape, there=True)}


def _test(gate: Condition | bool, prefix: str) -> Schema | None:
    """What holds exactly when the condition does; None where a schema of this row cannot say it."""
    if isinstance(gate, bool) or gate.referenced_by:
        return None
    if gate.all:
        inner = [_test(one, prefix) for one in gate.all]
        return None if None in inner else {"allOf": inner}
    if not gate.field.startswith(prefix) or "[]" in gate.field[len(prefix) :]:
        return None
    if gate.filled:
        return _at(gate.field, prefix, {"not": {"enum": [None, ""]}}, there=True)
    if gate.starts:
        begins = "|".join(map(re.escape, gate.starts))
        return _at(gate.field, prefix, {"type": "string", "pattern": f"^({begins})"}, there=True)
    test = _at(gate.field, prefix, {"enum": list(gate.values)}, there=None not in gate.values)
    return test if gate.wanted else {"not": test}


def _at(place: str, prefix: str, shape: Schema, *, there: bool) -> Schema:
    """The shape at a place below this object; `there`: it must be there."""
    for name in reversed(place[len(prefix) :].split(".")):
        shape = {"properties": {name: shape}, **({"required": [name]} if there else {})}
    return shape

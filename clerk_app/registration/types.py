"""各类登记 the form as an application of 设立, 变更, 备案 or 注销 asks it, and how one begins with the approved record."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from clerk_app.registration.document import Document, get, pointer, put
from clerk_app.registration.form import Field, Form, Section, Step
from clerk_app.registration.model import empty_document
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.standing import TypeRules, within

TYPE = "/application/registration_type"
USCC = "/company/uscc"
FOUNDING, CHANGE, FILING, ENDING = "设立", "变更", "备案", "注销"


def type_of(document: Document) -> str:
    """登记类型 of an application; what says none is 设立."""
    said = get(document, TYPE)
    return said if isinstance(said, str) and said in (CHANGE, FILING, ENDING) else FOUNDING


def form_for(form: Form, registration_type: str) -> Form:
    """The form as this type asks it: what it cannot change is not typed, what it does not ask for is not missed."""
    rules = form.types.of.get(registration_type)
    return form if rules is None else _variant(_ById(form), registration_type)


class _ById:
    """One form, known by what it is: its hundreds of fields are not hashed each time."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return hash((self.form.id, self.form.version, id(self.form)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.form is other.form


@lru_cache(maxsize=16)
def _variant(known: _ById, registration_type: str) -> Form:
    form, rules = known.form, known.form.types.of[registration_type]
    steps = tuple(Step(one["id"], one["name"], tuple(one["sections"])) for one in rules.steps) or form.steps
    there = {section for step in steps for section in step.sections}
    sections: tuple[Section, ...] = tuple(one for one in form.sections if one.id in there)
    return replace(
        form,
        steps=steps,
        sections=sections,
        repeats=tuple(
            replace(one, required=one.required if form.types.asked(registration_type, one.id) else False)
            for one in form.repeats
        ),
        fields=tuple(_field(form, one, registration_type) for one in form.fields),
    )


def _field(form: Form, one: Field, registration_type: str) -> Field:
    if form.types.fixed(registration_type, one.id):
        one = replace(one, enabled=False)
    if not form.types.asked(registration_type, one.id):
        one = replace(one, required=False, must=False)
    return one


def begun(form: Form, record: Document, uscc: str, registration_type: str) -> dict[str, Any]:
    """A new application of this type: the record as it stands, and an empty page of all that is of one application alone."""
    document = own_parts(form, empty_document(form), record)
    document = put(document, TYPE, registration_type)
    document = put(document, USCC, uscc)
    rules = form.types.of.get(registration_type, TypeRules())
    if rules.materials:
        document = put(document, "/materials", [dict(row) for row in rules.materials])
    return with_row_keys(form, document)


def own_parts(form: Form, source: Document, document: Document) -> dict[str, Any]:
    """The document with everything that is of one application alone taken from `source`."""
    result = dict(document)
    for repeat in form.repeats:
        if not repeat.repeat and form.types.standing(repeat.id) == "own":
            result = put(result, pointer(repeat.id), get(source, pointer(repeat.id)))
    for field in form.fields:
        if not field.repeat and form.types.standing(field.id) == "own" and not within(field.id, form.types.kept):
            result = put(result, pointer(field.id), get(source, pointer(field.id)))
    return result


def fixed_rows(form: Form, registration_type: str, repeat: str) -> bool:
    """Whether rows of a list cannot come or go in an application of this type."""
    inside = [field for field in form.fields_in(repeat) if field.type != "key"]
    return any(form.types.fixed(registration_type, field.id) for field in inside)

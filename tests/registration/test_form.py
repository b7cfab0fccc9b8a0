"""The form as data: every line of the field list is there, every field has a place, every condition points at a field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from clerk_app.office.registration.reference import company_form
from clerk_app.registration.form import Condition, Field, Repeat, read_form
from clerk_app.registration.model import empty_document
from resources import path

FORM = company_form()
EXAMPLE: dict[str, Any] = json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))


def leaves(value: Any, place: str = "") -> Iterator[str]:
    """Every place of a document, rows folded into `[]`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from leaves(inner, f"{place}[]")
    else:
        yield place


def conditions(condition: Condition | bool) -> Iterator[Condition]:
    if isinstance(condition, Condition):
        yield condition
        for inner in condition.all:
            yield from conditions(inner)


def test_all_lines_of_the_field_list_are_there() -> None:
    assert len({field.entry for field in FORM.fields if field.section != "R"}) == 140
    assert len(FORM.by_id) == len(FORM.fields)
    assert [section.id for section in FORM.sections] == list("ABCDEFGHIJKLMNOPQR")


def test_every_place_of_an_application_is_a_field_or_an_empty_list() -> None:
    assert set(leaves(EXAMPLE)) <= {*FORM.by_id, *FORM.repeat_by_id}


def test_the_empty_document_has_the_shape_of_the_example() -> None:
    empty = empty_document(FORM)
    assert set(EXAMPLE) <= set(empty)
    for name, part in EXAMPLE.items():
        if isinstance(part, dict):
            assert set(part) <= set(empty[name]), name
    assert [row["code"] for row in empty["materials"]] == ["M01", "M02", "M03", "M04", "M05", "M06"]


@pytest.mark.parametrize("field", FORM.fields, ids=lambda field: field.id)
def test_every_field_has_one_place_on_one_step(field: Field) -> None:
    steps = [step for step in FORM.steps if field.section in step.sections]
    assert steps == [FORM.step_of(field.section)]
    assert FORM.places(field.section, field.repeat).count(field) == 1
    assert field.label
    assert field.departments
    assert (field.type in ("choice", "set")) == bool(field.choices)


@pytest.mark.parametrize("place", [*FORM.fields, *FORM.repeats], ids=lambda place: place.id)
def test_conditions_point_at_fields_beside_or_outside(place: Field | Repeat) -> None:
    for condition in (*conditions(place.required), *conditions(place.visible)):
        if condition.field:
            asked = FORM.by_id[condition.field]
            assert place.id.startswith(asked.repeat), "a condition cannot look into another list"
            assert all(value in (*asked.choices, asked.default, True, False, None) for value in condition.values)
        for role in condition.referenced_by:
            assert FORM.by_id[role].type == "person"


@pytest.mark.parametrize("repeat", FORM.repeats, ids=lambda repeat: repeat.id)
def test_lists_know_their_columns(repeat: Repeat) -> None:
    names = [field.name for field in FORM.fields_in(repeat.id)]
    assert set(repeat.columns) <= set(names)
    assert set(repeat.title) <= set(names)
    assert FORM.places(repeat.section, repeat.repeat).count(repeat) == 1


def test_a_file_of_another_shape_is_refused() -> None:
    with pytest.raises(KeyError):
        read_form({"id": "company_registration"})

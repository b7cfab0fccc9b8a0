"""JSON Schema and field list made of the form: the example fits, one fault does not; every field of the form is listed."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings

from clerk_app.__main__ import main
from clerk_app.registration.field_list import HEAD, comma_separated, field_rows, markdown
from clerk_app.registration.schema import json_schema
from tests.registration.applications import Application, applications
from tests.registration.test_form import EXAMPLE, FORM

SCHEMA = json_schema(FORM)
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def faults(document: dict[str, Any]) -> list[list[str | int]]:
    return [list(one.instance_path) for one in VALIDATOR.iter_errors(document)]


def with_fault(change: Callable[[dict[str, Any]], object]) -> list[list[str | int]]:
    document = copy.deepcopy(EXAMPLE)
    change(document)
    return faults(document)


def test_it_is_a_schema_and_the_example_fits() -> None:
    jsonschema_rs.meta.validate(SCHEMA)
    assert faults(EXAMPLE) == []


@settings(max_examples=25, deadline=None)
@given(applications())
def test_an_application_without_a_fault_fits(application: Application) -> None:
    for one in application.document["governance"]["supervisors"]:
        one.pop("in_audit_committee", None)  # no field of a supervisor: a schema names what it does not know
    assert faults(application.document) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d["company"].update(name=""), ["company", "name"]),
        (lambda d: d["company"].update(staff_count="6"), ["company", "staff_count"]),
        (lambda d: d["company"].update(registered_capital="NaN"), ["company", "registered_capital"]),
        (lambda d: d["company"].update(term_type="固定"), ["company", "term_years"]),
        (lambda d: d["company"].update(term_type="永远"), ["company", "term_type"]),
        (lambda d: d["company"].update(unknown=1), ["company"]),
        (lambda d: d["company"].pop("domicile"), ["company"]),
        (lambda d: d.update(shareholders=[]), ["shareholders"]),
        (lambda d: d["shareholders"][1].update(kind="其他组织"), ["shareholders", 1, "name"]),
        (lambda d: d["agent"].update(kind="登记代理机构"), ["agent", "org_name"]),
        (lambda d: d["housing_fund"].update(bank=None), ["housing_fund", "bank"]),
        (lambda d: d["commitments"].update(applicant_signed=False), ["commitments", "applicant_signed"]),
        (lambda d: d["persons"][0].update(name=None), ["persons", 0, "name"]),
    ],
)
def test_a_fault_is_found_where_it_is(change: Callable[[dict[str, Any]], object], place: list[str | int]) -> None:
    assert place in with_fault(change)


def test_what_is_not_asked_for_is_not_missed() -> None:
    def closed(document: dict[str, Any]) -> None:
        document["housing_fund"] = {"need_open": False}
        document["seals"] = {"need": False}

    assert with_fault(closed) == []


def test_every_field_is_listed_once_with_who_gets_it() -> None:
    rows = field_rows(FORM)
    assert [row["id"] for row in rows] == [one.id for one in FORM.fields]
    assert {row["entry"] for row in rows} >= {one.entry for one in FORM.fields}
    assert len({row["entry"] for row in rows} - {""}) >= 140
    assert all(row["required"] for row in rows)
    assert not [row["id"] for row in rows if not row["departments"]]
    assert {row["id"] for row in rows if row["masked"]} == {one.id for one in FORM.fields if one.masked}


def test_the_two_tables_say_the_same() -> None:
    sheet = list(csv.reader(io.StringIO(comma_separated(FORM).removeprefix("\ufeff"))))
    assert sheet[0] == list(HEAD.values())
    assert [row[2] for row in sheet[1:]] == [one.id for one in FORM.fields]
    text = markdown(FORM)
    assert all(f"| {one.id} |" in text for one in FORM.fields)
    assert text.count("\n## ") == len({one.section for one in FORM.fields})


def test_the_command_line_lists_and_writes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["form-fields"]) == 0
    assert json.loads(capsys.readouterr().out) == field_rows(FORM)
    for name, words in (("fields.md", markdown(FORM)), ("fields.CSV", comma_separated(FORM))):
        assert main(["form-fields", "--to", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes() == words.encode()
    assert json.loads(capsys.readouterr().out.splitlines()[0])["fields"] == len(FORM.fields)
    for bad in (tmp_path / "fields.docx", tmp_path / "no" / "fields.md"):
        assert main(["form-fields", "--to", str(bad)]) == 2
        assert capsys.readouterr().err.endswith("。\n")

"""部门数据: exactly a department's fields, its own people, nothing hidden; and the command line says so to other systems."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.__main__ import main
from clerk_app.office.registration.paper_files import form_paper_kinds
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.credit_codes import check_sign
from clerk_app.registration.document import get, pointer, rows_at
from clerk_app.registration.extracts import DEPARTMENTS, WHO, extract, routed
from clerk_app.registration.papers.department import of_department
from clerk_app.registration.papers.filling import Around, fill
from clerk_app.registration.shown import Reader
from resources import path
from tests.registration.applications import Application, applications
from tests.registration.test_form import EXAMPLE, FORM, leaves
from tests.registration.test_form_papers import said

EXAMPLE_FILE = path("forms", "company", "example.json")
CODE = "91429901MA4KAAAA0" + check_sign("91429901MA4KAAAA0")
HOUSING = {
    "company": {
        "uscc": None,
        "name": "江州岚栎舟信息技术有限公司",
        "email": None,
        "staff_count": 6,
        "domicile": {
            "province": "江南省",
            "city": "江州市",
            "county": "滨湖区",
            "full_text": "江南省江州市滨湖区（虚构）街道澄砚路18号楼302室",
        },
        "industry_code": "6513",
    },
    "persons": [
        {
            "key": "p1",
            "name": "解芸岚",
            "id_type": "居民身份证",
            "id_no": "429901198506120025",
            "mobile": "13800001037",
        },
        {"key": "p3", "name": "戚蔓", "id_type": "居民身份证", "id_no": "429901199611030042", "mobile": "13800001111"},
    ],
    "governance": {"legal_rep": {"person": "p1"}},
    "housing_fund": {
        "need_open": True,
        "handler": "p3",
        "payday": 10,
        "first_month": "2026-12",
        "employer_rate": "5",
        "employee_rate": "5",
        "head_count": 6,
        "wage_total": "60000",
        "bank": "（受托银行）",
    },
}
SEALS = {
    "company": {
        "uscc": None,
        "name": "江州岚栎舟信息技术有限公司",
        "phone": "0799-60000001",
        "domicile": {
            "division_code": "429901",
            "province": "江南省",
            "city": "江州市",
            "county": "滨湖区",
            "full_text": "江南省江州市滨湖区（虚构）街道澄砚路18号楼302室",
        },
    },
    "persons": [{"key": "p1", "name": "解芸岚", "id_type": "居民身份证", "id_no": "429901198506120025"}],
    "governance": {"legal_rep": {"person": "p1"}},
    "seals": {
        "need": True,
        "items": [
            {"kind": "公章", "material": "回墨", "spec": "40mm"},
            {"kind": "财务专用章", "material": "回墨", "spec": "38mm"},
        ],
        "delivery": "自取",
    },
}


def places(department: str) -> set[str]:
    """The fields that name it, and who its people are."""
    return {one.id for one in routed(FORM, department)} | {f"persons[].{name}" for name in WHO}


def test_two_departments_get_what_was_put_together_by_hand() -> None:
    assert extract(FORM, EXAMPLE, "公积金") == HOUSING
    assert extract(FORM, EXAMPLE, "公安") == SEALS


def test_every_department_gets_its_fields_and_no_others_and_all_that_is_routed_goes_somewhere() -> None:
    found: set[str] = set()
    for department in DEPARTMENTS:
        part = extract(FORM, EXAMPLE, department)
        there = set(leaves(part))
        lists = {one.id for one in FORM.repeats}
        assert there <= places(department) | lists, department
        single = {one.id for one in routed(FORM, department) if not one.repeat}
        assert single <= there, department
        found |= there
    filled = {one.id for one in FORM.fields if one.departments and (not one.repeat or any(leaves_of(one.id)))}
    assert filled <= found | {one.id for one in FORM.repeats}


def leaves_of(place: str) -> list[bool]:
    """Whether the example has a row for this field."""
    return [True for leaf in leaves(EXAMPLE) if leaf == place]


def test_the_form_names_no_other_departments() -> None:
    assert {name for one in FORM.fields for name in one.departments} == set(DEPARTMENTS)


def test_what_is_hidden_stays_behind() -> None:
    document = copy.deepcopy(EXAMPLE)
    document["housing_fund"] |= {"need_open": False}
    document["shareholders"][0] |= {"name": "某某公司", "uscc": "91340103MA2TEST0X9"}
    part = extract(FORM, document, "公积金")
    assert part["housing_fund"]["need_open"] is False
    assert {value for name, value in part["housing_fund"].items() if name != "need_open"} == {None}
    assert [one["key"] for one in part["persons"]] == ["p1"], "who only ran what is hidden does not go along"
    assert extract(FORM, document, "税务")["shareholders"][0]["name"] is None


def test_a_department_gets_only_the_people_who_stand_in_its_roles() -> None:
    def keys(name: str) -> list[str]:
        return [one["key"] for one in extract(FORM, EXAMPLE, name)["persons"]]

    assert keys("市场监管") == ["p1", "p2", "p3"]
    assert keys("人社") == ["p1", "p3"]
    assert keys("医保") == ["p3"]
    assert keys("统计") == ["p1"]
    assert extract(FORM, EXAMPLE, "统计")["persons"] == [{"key": "p1", "name": "解芸岚"}]


def test_no_such_department() -> None:
    with pytest.raises(KeyError):
        extract(FORM, EXAMPLE, "环保")


@settings(max_examples=25, deadline=None)
@given(applications(), st.sampled_from(DEPARTMENTS))
def test_every_value_is_the_document_s_own(application: Application, department: str) -> None:
    document = application.document
    part = extract(FORM, document, department)
    assert set(leaves(part)) <= places(department) | {one.id for one in FORM.repeats}
    for one in routed(FORM, department):
        if not one.repeat:
            value = get(part, pointer(one.id))
            assert value is None or value == get(document, pointer(one.id)), one.id
    people = {one["key"]: one for one in document["persons"]}
    for one in part.get("persons", ()):
        assert all(value == people[one["key"]].get(name) for name, value in one.items())


@settings(max_examples=15, deadline=None)
@given(applications(), st.sampled_from(DEPARTMENTS))
def test_the_page_says_what_the_data_say(application: Application, department: str) -> None:
    kind = next(one for one in form_paper_kinds() if one.key == f"department-{department}")
    document = of_department(FORM, application.document, department)
    text = said(fill(kind, FORM, document, Around(case_no="1", day=application.as_of)))
    part = extract(FORM, application.document, department)
    reader = Reader(FORM, {"persons": application.document["persons"], **part}, whole=True)
    for one in routed(FORM, department):
        # A person's key is in the data only, and the page names who it is.
        for at in rows_at(part, one.repeat) if one.type != "key" else ():
            assert reader.text(one.id, at) in text, one.id
    assert text.count("证件号码") == sum("id_no" in one for one in part.get("persons", ()))


odd = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["company", "persons", "key", "scope"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(["company", "persons", "shareholders", "tax", "social", "governance"]), odd))
def test_a_document_of_another_shape_never_raises(document: dict[str, Any]) -> None:
    for department in DEPARTMENTS:
        json.dumps(extract(FORM, document, department))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    code = main(words)
    out = capsys.readouterr()
    return code, json.loads(out.out) if out.out else None, out.err


def test_the_command_line_answers_one_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, document, _ = told(capsys, "form-extract", str(EXAMPLE_FILE), "--department", "公安")
    assert (code, document) == (0, SEALS)
    wrapped = tmp_path / "wrapped.json"
    wrapped.write_text(json.dumps({"as_of": "2026-11-20", "application": EXAMPLE}), encoding="utf-8")
    assert told(capsys, "form-extract", str(wrapped), "--department", "公积金")[:2] == (0, HOUSING)


@pytest.mark.parametrize("content", ["", "[]", "{}", "{", "[" * 100_000, '{"company": NaN'])
def test_a_file_that_is_none_is_one_sentence(content: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, encoding="utf-8")
    code, document, said = told(capsys, "form-extract", str(file), "--department", "税务")
    assert (code, document) == (2, None)
    assert said.count("\n") == 1
    assert said.rstrip().endswith("。")


def test_the_unified_code_of_the_licence_goes_along(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("form-extract", str(EXAMPLE_FILE), "--department", "公安", "--uscc")
    code, document, _ = told(capsys, *words, f" {CODE.lower()} ")
    assert (code, document) == (0, {**SEALS, "company": {**SEALS["company"], "uscc": CODE}})
    for wrong in ("", CODE[:-1], CODE[:-1] + ("0" if CODE[-1] != "0" else "1")):
        code, document, sentence = told(capsys, *words, wrong)
        assert (code, document) == (2, None)
        assert sentence.rstrip().endswith("。")


def test_an_unknown_department_is_one_sentence_that_names_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    code, document, said = told(capsys, "form-extract", str(EXAMPLE_FILE), "--department", "环保")
    assert (code, document) == (2, None)
    assert "环保" in said
    assert all(name in said for name in DEPARTMENTS)


def test_the_form_of_the_command_line_is_the_form_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    code, schema, _ = told(capsys, "form-schema")
    assert code == 0
    assert schema["$id"].endswith(company_form().version)

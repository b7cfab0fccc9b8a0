"""What is merely missing is told as missing: no rule guesses the answer, and nothing is asked for that cannot be there."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.office.registration.checking import check_form
from tests.registration.applications import AS_OF, BASES, changed, papers

DUE = "/shareholders/0/contributions/0/due_on"
HOME = "/company/domicile"
TOO_LATE = "2031-06-16"


def found(base: str, changes: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.rule, one.pointer) for one in check_form(changed(BASES[base](), changes), AS_OF)]


def first(base: str, place: str, name: str) -> str:
    """The first row of a list in which it is ticked."""
    rows: Any = BASES[base]()
    for key in place.split("/")[1:]:
        rows = rows[key]
    return f"{place}/{next(number for number, row in enumerate(rows) if row[name])}/{name}"


@pytest.mark.parametrize(
    ("base", "place"),
    [
        ("example", first("example", "/company/scope", "is_main")),
        ("board", first("board", "/governance/supervisors", "is_employee_rep")),
        ("joint_stock", first("joint_stock", "/governance/directors", "in_audit_committee")),
        ("board", "/governance/supervision_mode"),
        ("example", "/company/business_place_same"),
        ("corporate", "/shareholders/0/country"),
    ],
)
def test_what_nobody_said_is_missing_and_no_more(base: str, place: str) -> None:
    assert found(base, {"/company/staff_count": 6, place: None}) == [("REQ", place)]


def test_an_employee_representative_still_to_be_ticked_answers_for_300_staff() -> None:
    place = first("board", "/governance/supervisors", "is_employee_rep")
    assert found("board", {place: None}) == [("REQ", place)]
    told = found("board", {place: False})
    assert ("G-EMP-DIR", "/governance/directors") in told
    assert ("G-SUP-EMP", "/governance/supervisors") in told


def test_a_second_main_entry_is_one_whatever_is_still_unsaid() -> None:
    scope = [{**row, "is_main": True} for row in BASES["example"]()["company"]["scope"]]
    assert ("S-MAIN", "/company/scope") in found("example", {"/company/scope": [*scope, {**scope[0], "is_main": None}]})


def test_while_there_are_no_directors_the_legal_representative_is_not_judged() -> None:
    assert [rule for rule, _ in found("example", {"/governance/directors": []})] == ["G-SINGLE"]


def test_five_years_wait_for_the_way_a_joint_stock_company_is_founded() -> None:
    assert found("joint_stock", {"/company/establish_mode": None}) == [("REQ", "/company/establish_mode")]


@pytest.mark.parametrize("mode", ["公开募集", "公开募集设立", "募集设立"])
def test_public_offering_is_known_by_other_words_too(mode: str) -> None:
    materials = [*BASES["joint_stock"]()["materials"], papers("M08")]
    changes = {"/company/establish_mode": mode, "/materials": materials}
    told = found("joint_stock", {**changes, DUE: TOO_LATE, "/shareholders/1/contributions/0/due_on": "2031-06-15"})
    assert told == [("C-5Y", DUE)]


@pytest.mark.parametrize("said", [False, None])
def test_a_joint_stock_company_without_supervisors_is_told_once(said: bool | None) -> None:
    materials = [*BASES["joint_stock"]()["materials"], papers("M09")]
    without = {"/governance/supervision_mode": "不设", "/materials": materials}
    told = found("joint_stock", {**without, "/governance/no_supervisor_unanimous": said})
    assert told == [("G-NO-SUP", "/governance/supervision_mode")]


@pytest.mark.parametrize(
    "company_type",
    [
        "有限责任公司（自然人投资或控股的法人独资）",
        "有限责任公司（非自然人投资或控股的法人独资）",
        "有限责任公司（外商投资企业法人独资）",
    ],
)
def test_every_company_of_one_owner_that_is_none_of_nature(company_type: str) -> None:
    place = "/company/company_type"
    assert found("corporate", {place: company_type}) == []
    assert found("example", {place: company_type}) == [("C-TYPE", place)]


@pytest.mark.parametrize(
    ("code", "home"),
    [
        ("429004", ("湖北省", None, "仙桃市")),
        ("441900", ("广东省", "东莞市", None)),
        ("441900", ("广东省", "东莞市", "")),
    ],
)
def test_a_level_that_is_not_there_is_not_missing(code: str, home: tuple[str | None, ...]) -> None:
    division = str(home[0])
    names = {f"{HOME}/{level}": name for level, name in zip(("province", "city", "county"), home, strict=True)}
    named = {"/company/name_division": division, "/company/name": f"{division}岚栎舟信息技术有限公司"}
    assert found("example", {f"{HOME}/division_code": code, **names, **named}) == []
    assert found("example", {f"{HOME}/county": None}) == [("REQ", f"{HOME}/county")]

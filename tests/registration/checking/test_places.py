"""D-*: codes that never were, names that are not the code's, and no false alarm for old, new and odd ones."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.office.registration.checking import check_form
from tests.registration.applications import AS_OF, changed, example

HOME = "/company/domicile"


def at(code: str, province: str, city: str, county: str) -> dict[str, Any]:
    """The example moved, its name with it (the name's division is the province)."""
    home = {"division_code": code, "province": province, "city": city, "county": county}
    document = changed(example(), {f"{HOME}/{name}": value for name, value in home.items()})
    moved = {"/company/name_division": province, "/company/name": f"{province}岚栎舟信息技术有限公司"}
    return changed(document, moved)


def found(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.severity, one.pointer) for one in check_form(document, AS_OF, ()) if one.rule[0] in "DN"]


@pytest.mark.parametrize(
    ("rule", "place", "value"),
    [
        ("D-DIVISION", "division_code", "990101"),
        ("D-DIVISION", "division_code", "34010"),
        ("D-DIVISION", "county", "蜀山区"),
        ("D-POST", "postal_code", "23000"),
        ("D-POST", "postal_code", "2300011"),
        ("D-POST", "postal_code", "23000a"),
        ("D-LEASE", "lease_to", "2026-06-15"),
        ("D-LEASE", "lease_to", "2026-06-14"),
    ],
)
def test_one_fault(rule: str, place: str, value: str) -> None:
    assert found(changed(example(), {f"{HOME}/{place}": value})) == [(rule, "error", f"{HOME}/{place}")]


@pytest.mark.parametrize(("place", "value"), [("province", "浙江省"), ("city", "芜湖市"), ("division_code", "340104")])
def test_names_that_are_not_the_codes_are_told_at_the_county(place: str, value: str) -> None:
    (point,) = [
        one for one in check_form(changed(example(), {f"{HOME}/{place}": value}), AS_OF, ()) if one.rule[0] == "D"
    ]
    assert (point.rule, point.pointer) == ("D-DIVISION", f"{HOME}/county")
    assert "安徽省合肥市" in point.message


@pytest.mark.parametrize(
    "home",
    [
        ("320502", "江苏省", "苏州市", "沧浪区"),
        ("330113", "浙江省", "杭州市", "临平区"),
        ("110105", "北京市", "北京市", "朝阳区"),
        ("110105", "北京市", "市辖区", "朝阳区"),
        ("500229", "重庆市", "重庆市", "城口县"),
        ("441900", "广东省", "东莞市", ""),
        ("429004", "湖北省", "省直辖县级行政区划", "仙桃市"),
        ("429004", "湖北省", "", "仙桃市"),
        ("659001", "新疆维吾尔自治区", "自治区直辖县级行政区划", "石河子市"),
    ],
)
def test_old_new_and_odd_ones_are_good(home: tuple[str, str, str, str]) -> None:
    assert found(at(*home)) == []


def test_the_training_hall_s_city_is_good_there_alone() -> None:
    document = at("429901", "江南省", "江州市", "滨湖区")
    assert found(document) == [("D-DIVISION", "error", f"{HOME}/division_code")]
    assert [one for one in check_form(document, AS_OF, (), region="429900") if one.rule[0] in "DN"] == []


def test_the_day_after_is_a_lease_and_what_is_no_lease_has_none() -> None:
    assert found(changed(example(), {f"{HOME}/lease_to": "2026-06-16"})) == []
    assert found(changed(example(), {f"{HOME}/property_right": "自有", f"{HOME}/lease_to": "2020-01-01"})) == []

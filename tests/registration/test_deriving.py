"""What follows from other fields, as long as nobody wrote something else there; children are emptied with their parent."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.registration.deriving import Lookups, derived, emptied, followed_from
from clerk_app.registration.document import get, put, remove_row
from clerk_app.registration.model import added, empty_document
from clerk_app.registration.row_keys import with_row_keys, without_row_keys
from tests.registration.test_form import EXAMPLE, FORM

KEYED = with_row_keys(FORM, EXAMPLE)
LOOKUPS = Lookups(
    division={"429901": ("江南省", "江州市", "滨湖区"), "110101": ("北京市", "北京市", "东城区")}.get,
    industry={"6513": "应用软件开发"}.get,
    born={"429901198506120025": "1985-06-12"}.get,
    sex={"429901198506120025": "女"}.get,
)


def typed(document: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    return derived(FORM, document, put(document, place, value), LOOKUPS, place)


def test_a_name_follows_its_parts_until_it_is_written_otherwise() -> None:
    document = empty_document(FORM)
    for place, value in (("name_layout", "行政区划在前"), ("name_division", "江州"), ("trade_name", "岚栎舟"),
                         ("industry_term", "信息技术"), ("org_form", "有限公司")):  # fmt: skip
        document = typed(document, f"/company/{place}", value)
    assert get(document, "/company/name") == "江州岚栎舟信息技术有限公司"
    document = typed(document, "/company/name_layout", "行政区划加括号后置")
    assert get(document, "/company/name") == "岚栎舟（江州）信息技术有限公司"
    document = typed(document, "/company/name", "别的名称")
    assert get(typed(document, "/company/trade_name", "岚"), "/company/name") == "别的名称"


def test_a_field_being_emptied_by_hand_is_not_filled_against_the_hand() -> None:
    emptied_by_hand = typed(KEYED, "/company/name", None)
    assert get(emptied_by_hand, "/company/name") is None
    assert get(typed(emptied_by_hand, "/company/phone", "1"), "/company/name") == EXAMPLE["company"]["name"]


def test_an_address_is_composed_and_a_municipality_said_once() -> None:
    document = typed(empty_document(FORM), "/company/domicile/division_code", "110101")
    document = typed(document, "/company/domicile/road", "某路")
    assert get(document, "/company/domicile/county") == "东城区"
    assert get(document, "/company/domicile/full_text") == "北京市东城区某路"
    assert get(typed(KEYED, "/company/domicile/number", "1号"), "/company/domicile/full_text").endswith("澄砚路1号")


def test_an_id_number_fills_birth_and_sex_and_takes_them_back() -> None:
    document = added(FORM, FORM.repeat_by_id["persons"], (), empty_document(FORM))
    document = typed(document, "/persons/0/id_no", "429901198506120025")
    assert (get(document, "/persons/0/birth_date"), get(document, "/persons/0/gender")) == ("1985-06-12", "女")
    assert followed_from(FORM, document, "persons[].birth_date", (0,), LOOKUPS)
    document = typed(document, "/persons/0/id_no", "42990119850612002")
    assert (get(document, "/persons/0/birth_date"), get(document, "/persons/0/gender")) == (None, None)
    passport = typed(document, "/persons/0/id_type", "护照")
    assert not followed_from(FORM, passport, "persons[].birth_date", (0,), LOOKUPS)
    assert get(typed(passport, "/persons/0/id_no", "429901198506120025"), "/persons/0/birth_date") is None


def test_a_birth_date_that_contradicts_the_number_can_be_mended() -> None:
    wrong = put(KEYED, "/persons/0/birth_date", "1985-06-13")
    assert not followed_from(FORM, wrong, "persons[].birth_date", (0,), LOOKUPS)


@pytest.mark.parametrize(("amount", "ratios"), [("20", ["75", "25"]), ("60", ["50", "50"]), (None, ["100", None])])
def test_ratios_follow_the_amounts(amount: str | None, ratios: list[str | None]) -> None:
    document = typed(KEYED, "/shareholders/1/subscribed", amount)
    assert [get(document, f"/shareholders/{n}/ratio") for n in range(2)] == ratios


def test_ratios_follow_when_the_row_above_goes() -> None:
    document = derived(FORM, KEYED, remove_row(KEYED, "/shareholders", 0), LOOKUPS)
    assert get(document, "/shareholders/0/ratio") == "100"
    assert get(document, "/shareholders/0/person") == "p2"


def test_the_shares_of_natural_persons_and_foreigners() -> None:
    document = typed(typed(KEYED, "/shareholders/1/kind", "企业法人"), "/shareholders/1/country", "新加坡")
    assert (get(document, "/tax/natural_ratio"), get(document, "/tax/foreign_ratio")) == ("60", "40")


def test_children_are_emptied_with_their_parent() -> None:
    field = FORM.by_id["company.domicile.division_code"]
    left, gone = emptied(FORM, field, (), KEYED)
    assert [one.label for one in gone] == ["乡镇/街道", "路/村/社区", "门牌号", "邮政编码"]
    assert get(left, "/company/domicile/road") is None
    assert emptied(FORM, field, (), left)[1] == ()
    left, gone = emptied(FORM, FORM.by_id["persons[].id_type"], (1,), KEYED)
    assert get(left, "/persons/1/id_no") is None
    assert get(left, "/persons/0/id_no") == EXAMPLE["persons"][0]["id_no"]


def test_every_row_has_a_key_of_its_own_and_the_application_none_but_people() -> None:
    assert without_row_keys(FORM, KEYED) == EXAMPLE
    assert with_row_keys(FORM, KEYED) == KEYED
    keys = [row["key"] for row in KEYED["materials"]]
    assert len(set(keys)) == 6
    doubled = put(KEYED, "/seals/items/1/key", KEYED["seals"]["items"][0]["key"])
    assert len({row["key"] for row in with_row_keys(FORM, doubled)["seals"]["items"]}) == 2


def test_a_key_is_not_given_again() -> None:
    repeat = FORM.repeat_by_id["company.scope"]
    document = remove_row(KEYED, "/company/scope", 1)
    assert added(FORM, repeat, (), document, {"r1", "r2"})["company"]["scope"][-1]["key"] == "r3"


@pytest.mark.parametrize("wrong", [None, 3, "x", [1], [None], {"x": 1}, [{"key": 3}]])
@pytest.mark.parametrize("part", ["persons", "shareholders", "company", "seals"])
def test_another_shape_is_left_as_it_is(part: str, wrong: Any) -> None:
    odd = with_row_keys(FORM, {**EXAMPLE, part: wrong})
    derived(FORM, KEYED, odd, LOOKUPS)
    without_row_keys(FORM, odd)

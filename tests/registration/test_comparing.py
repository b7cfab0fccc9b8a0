"""新旧对照: nothing changed says nothing; what is said makes the new document of the old one; rows are known by whom they are."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.office.registration.reference import company_form
from clerk_app.registration.comparing import Change, applied, changes
from clerk_app.registration.document import get, put
from clerk_app.registration.row_keys import with_row_keys
from tests.registration.test_form import EXAMPLE

FORM = company_form()


def told(found: tuple[Change, ...]) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.label, one.was, one.will) for one in found]


def changed(place: str, value: Any, document: Any = EXAMPLE) -> dict[str, Any]:
    return put(copy.deepcopy(document), place, value)


def test_the_same_document_has_no_change_whatever_it_is_written_like() -> None:
    assert changes(FORM, EXAMPLE, EXAMPLE) == ()
    keyed = with_row_keys(FORM, EXAMPLE)
    assert changes(FORM, EXAMPLE, keyed) == ()
    other = changed("/company/registered_capital", "100.00", keyed)
    other = put(other, "/company/group_name", "")
    other = put(other, "/agent/identity_declared", False)
    other = put(other, "/shareholders", [other["shareholders"][1], other["shareholders"][0]])
    other = put(other, "/social/kinds", ["失业保险", "工伤保险", "基本养老保险"])
    assert changes(FORM, EXAMPLE, other) == ()


def test_what_belongs_to_one_application_is_no_change() -> None:
    other = changed("/application/applied_on", "2027-03-01")
    for place, value in (
        ("/agent/person", "p1"),
        ("/materials", []),
        ("/change", {"reason": "改名"}),
        ("/seals/need", False),
    ):
        other = put(other, place, value)
    assert changes(FORM, EXAMPLE, other) == ()


def test_registered_and_filed_items_are_told_apart() -> None:
    other = changed("/company/registered_capital", "200")
    other = put(other, "/liaison/person", "p2")
    other = put(other, "/company/phone", "0799-60000002")
    found = changes(FORM, EXAMPLE, other)
    assert [(one.label, one.was, one.will, one.registered) for one in found] == [
        ("注册资本（万元）", "100", "200", True),
        ("联系电话", "0799-60000001", "0799-60000002", False),
        ("登记联络员", "戚蔓", "鲍栎舟", False),
    ]


def test_a_row_is_known_by_whom_it_is_not_by_its_number() -> None:
    other = copy.deepcopy(EXAMPLE)
    second = other["shareholders"].pop(0) and other["shareholders"][0]
    second["contributions"][0]["due_on"] = "2030-01-01"
    other["persons"].append({**EXAMPLE["persons"][2], "key": "p4", "name": "石静澜"})
    other["shareholders"].append({**EXAMPLE["shareholders"][0], "person": "p4"})
    found = changes(FORM, EXAMPLE, other)
    assert [(kind, label) for kind, label, _, _ in told(found)] == [
        ("added", "人员"),
        ("changed", "出资期限"),
        ("removed", "股东"),
        ("added", "股东"),
    ]
    gone = found[2]
    assert (gone.pointer, gone.before, gone.registered) == ("/shareholders", "/shareholders/0", True)
    assert "解芸岚" in gone.was
    assert found[1].where == "鲍栎舟·第 1 笔出资"
    assert (found[1].pointer, found[1].before) == (
        "/shareholders/0/contributions/0/due_on",
        "/shareholders/1/contributions/0/due_on",
    )


def test_another_name_under_the_same_key_is_another_legal_representative() -> None:
    found = changes(FORM, EXAMPLE, changed("/persons/0/name", "解云岚"))
    assert ("changed", "法定代表人", "解芸岚", "解云岚") in told(found)
    assert [one.label for one in found if one.registered] == ["自然人", "法定代表人"]


def test_a_masked_place_is_told_masked_and_whole_only_where_it_is_asked_whole() -> None:
    (found,) = changes(FORM, EXAMPLE, changed("/persons/1/mobile", "13800009999"))
    assert found.masked
    assert "1380000" not in found.was + found.will
    assert found.whole == ("13800001074", "13800009999")
    came = copy.deepcopy(EXAMPLE)
    came["persons"].append({**EXAMPLE["persons"][1], "key": "p9", "id_no": "429901199002281234"})
    (row,) = changes(FORM, EXAMPLE, came)
    assert "429901199002281234" not in row.will
    assert "429901199002281234" in row.whole[1]


def test_documents_of_another_shape_do_not_raise() -> None:
    for wrong in (
        {},
        {"shareholders": "x", "persons": [1, None, {"key": 3}]},
        {"company": []},
        {"company": {"scope": [[]]}},
    ):
        found = changes(FORM, EXAMPLE, wrong)
        assert changes(FORM, wrong, wrong) == ()
        assert found
        changes(FORM, wrong, EXAMPLE)


LEAVES = sorted(
    field.id for field in FORM.fields if not field.repeat and field.type in ("text", "code", "phone", "money")
)
PEOPLE = ("p1", "p2", "p3")


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    """The example with leaves retyped, rows taken away, turned round, added and retyped."""
    other = copy.deepcopy(EXAMPLE)
    for place in draw(st.lists(st.sampled_from(LEAVES), max_size=3)):
        other = put(other, "/" + place.replace(".", "/"), draw(st.sampled_from(["", "甲", "12", "12.50", "乙 "])))
    for place in ("/shareholders", "/company/scope", "/persons", "/governance/directors"):
        rows = list(get(other, place))
        if rows and draw(st.booleans()):
            rows.pop(draw(st.integers(0, len(rows) - 1)))
        if draw(st.booleans()):
            rows.append(draw(st.sampled_from(fresh_rows(place))))
        other = put(other, place, draw(st.permutations(rows)))
    for number in range(len(other["shareholders"])):
        if draw(st.booleans()):
            other = put(other, f"/shareholders/{number}/contributions/0/amount", draw(st.sampled_from(["1", "60"])))
    return other


def fresh_rows(place: str) -> list[dict[str, Any]]:
    first = get(EXAMPLE, f"{place}/0")
    if place == "/persons":
        return [{**first, "key": "p8", "name": "石静澜"}, {**first, "key": "p9"}]
    if place == "/company/scope":
        return [{**first, "text": "餐饮服务", "is_main": False}, first]
    return [{**first, "person": "p3"}, {**first, "person": "p9"}]


@settings(max_examples=40, deadline=None)
@given(edits(), edits())
def test_the_changes_make_the_new_of_the_old(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = changes(FORM, old, new)
    made = applied(FORM, old, found)
    assert not [one for one in changes(FORM, made, new) if one.old != one.new]
    assert sorted(map(str, (row["person"] for row in made["shareholders"]))) == sorted(
        map(str, (row["person"] for row in new["shareholders"]))
    )

"""Whatever JSON comes, a check answers; and its walk sees what the form's own model sees."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.office.registration.checking import check_form, grounds
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.checking.presence import Walk
from clerk_app.registration.checking.sheet import Sheet
from clerk_app.registration.document import pointer, put, rows_at
from clerk_app.registration.model import empty_document, missing, submitted
from tests.registration.applications import AS_OF, BASES, Application, applications, changed, example

FORM = company_form()
ODD = st.sampled_from(
    [None, True, 0, -1, 10**30, 1.5, float("nan"), float("inf"), "", " ", "NaN", "１", "\ud800", "9" * 400, [], [None], [[]],
     {}, {"key": {}}, [{"person": ["p1"]}, 7], "{0}", "{who}", "2026-13-45", "0000-00-00", "9999-12-31"]
)  # fmt: skip
PLACES = [pointer(one.id, at) for one in (*FORM.fields, *FORM.repeats) for at in rows_at(example(), one.repeat)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=6))
def test_odd_values_anywhere_are_found_or_ignored_and_never_raise(odd: list[tuple[str, Any]]) -> None:
    document: Any = example()
    for place, value in odd:
        document = put(document, place, value)
    before = copy.deepcopy(document)
    for one in check_form(document, AS_OF, ()):
        assert one.pointer.startswith("/")
        assert one.message
    assert repr(document) == repr(before), "a check changes nothing"


@pytest.mark.parametrize("odd", [None, [], 7, "x", {"persons": {"a": 1}}, {"company": [1]}, {"governance": "x"}])
def test_what_is_no_application_lacks_everything(odd: Any) -> None:
    found = check_form(odd, AS_OF)
    assert len(found) > 50
    assert len({(one.rule, one.pointer, one.message) for one in found}) == len(found)


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "1e3", "1,000", "百", float("inf"), True, [], {"a": 1}]
)
@pytest.mark.parametrize(
    "place", ["/company/registered_capital", "/shareholders/0/subscribed", "/shareholders/0/ratio"]
)
def test_what_is_no_amount_never_passes_as_one(place: str, value: Any) -> None:
    found = [one for one in check_form(put(example(), place, value), AS_OF) if one.pointer == place]
    assert [one.rule for one in found] == ["REQ"]


@pytest.mark.parametrize("value", ["0", "-100", "0.000000"])
def test_a_capital_is_above_nothing(value: str) -> None:
    found = check_form(changed(example(), {"/shareholders/0/contributions/0/amount": value}), AS_OF)
    assert ("REQ", "/shareholders/0/contributions/0/amount") in [(one.rule, one.pointer) for one in found]


@settings(max_examples=20, deadline=None)
@given(applications(), st.lists(st.sampled_from(PLACES), max_size=6))
def test_the_walk_misses_and_hands_in_what_the_model_does(one: Application, emptied: list[str]) -> None:
    document: Any = one.document
    for place in emptied:
        document = put(document, place, None)
    walk = Walk(FORM, document)
    assert walk.handed == submitted(FORM, document)
    asked = {pointer(lack.place.id, lack.at) for lack in walk.lacks}
    listed = {lack.pointer for lack in missing(FORM, document)}
    beyond = {place for place in listed - asked if _page_only(place)}
    assert listed - asked == beyond


def _page_only(place: str) -> bool:
    name = ".".join("[]" if key.isdecimal() else key for key in place.split("/")[1:]).replace(".[]", "[]")
    field = FORM.by_id[name]
    return field.page_only or not field.entry


@pytest.mark.parametrize("base", BASES)
def test_the_walk_of_a_good_form_lacks_nothing(base: str) -> None:
    walk = Walk(FORM, BASES[base]())
    assert walk.lacks == []
    assert walk.handed == submitted(FORM, BASES[base]())


def test_a_place_of_the_page_alone_is_asked_for_where_it_is_there() -> None:
    elsewhere = changed(example(), {"/application/registration_type": "变更", "/company/uscc": "91110000600037341L"})
    assert not any(one.pointer.startswith("/change") for one in check_form(elsewhere, AS_OF))
    ours = {**elsewhere, "change": empty_document(FORM)["change"]}
    assert "/change/resolved_on" in [one.pointer for one in check_form(ours, AS_OF)]


def test_a_company_that_ends_is_asked_for_little() -> None:
    ending = changed(
        example(),
        {
            "/application/registration_type": "注销", "/company/uscc": "91110000600037341L", "/company/phone": None,
            "/company/domicile/lease_to": "2020-01-01", "/persons/0/id_no": "1", "/persons/2/mobile": "1",
        },
    )  # fmt: skip
    found = {(one.rule, one.pointer) for one in check_form(ending, AS_OF)}
    assert ("P-MOBILE", "/persons/2/mobile") in found, "the agent's"
    assert not any(place.startswith(("/company/", "/persons/0")) for _, place in found)
    assert {rule for rule, _ in found} == {"P-MOBILE", "M-MISSING"}, "the papers of an end are others"


def test_a_sheet_reads_other_shapes_as_empty() -> None:
    sheet = Sheet({"persons": [1, {"key": "p1", "name": "x"}], "company": 3}, grounds(AS_OF))
    assert sheet.rows("/persons")[0] == {}
    assert sheet.person("p1")["name"] == "x"
    assert sheet.person(["p1"]) == {}
    assert sheet.text("/company/name") == ""
    assert sheet.called(0) == "第 1 位人员"

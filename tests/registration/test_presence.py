"""Presence: what is visible, required and empty is said in one sentence; what is hidden is kept, not asked, not handed in."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from clerk_app.registration.document import get, pointer, put, remove_row, rows_at
from clerk_app.registration.model import (
    added,
    empty_document,
    missing,
    row_name,
    submitted,
    visible,
)
from tests.registration.test_form import EXAMPLE, FORM


def said(document: dict[str, Any]) -> dict[str, str]:
    return {one.pointer: one.sentence for one in missing(FORM, document)}


@pytest.fixture
def filled() -> dict[str, Any]:
    return copy.deepcopy(EXAMPLE)


def test_the_example_lacks_nothing(filled) -> None:
    assert missing(FORM, filled) == ()


def test_an_empty_form_says_each_place_once_in_the_order_of_the_form() -> None:
    found = missing(FORM, empty_document(FORM))
    assert len({one.pointer for one in found}) == len(found) > 50
    order = [section.id for section in FORM.sections]
    assert [order.index(one.section) for one in found] == sorted(order.index(one.section) for one in found)
    assert all(one.sentence.startswith("还没") and one.sentence.endswith("。") for one in found)


@pytest.mark.parametrize(
    "field",
    [field for field in FORM.fields if field.required is True and field.type not in ("flag", "key")],
    ids=lambda field: field.id,
)
def test_each_required_field_is_missed_when_emptied(filled, field) -> None:
    for at in rows_at(filled, field.repeat):
        place = pointer(field.id, at)
        empty = put(filled, place, [] if field.type in ("set", "words") else "  ")
        if field.id in ("shareholders[].kind",) or not visible(field, filled, at):
            continue
        found = said(empty)
        assert place in found
        assert field.label in found[place]


@pytest.mark.parametrize(
    ("place", "value", "lacking", "sentence"),
    [
        ("/company/term_type", "固定", "/company/term_years", "还没填期限年数。"),
        ("/company/company_type", "股份有限公司（非上市）", "/company/establish_mode", "还没选设立方式。"),
        ("/company/business_place_same", False, "/company/business_place", "还没填生产经营地。"),
        ("/company/scope/0/approval_kind", "前置", "/company/scope/0/approval_no", "还没填批准文件号。"),
        ("/application/registration_type", "变更", "/company/uscc", "还没填统一社会信用代码。"),
        ("/shareholders/1/kind", "企业法人", "/shareholders/1/uscc", "还没填统一社会信用代码。"),
        ("/liaison/person", "p1", "/persons/0/email", "还没填电子邮箱。"),
        ("/persons/2/mobile", None, "/persons/2/mobile", "还没填移动电话。"),
        ("/governance/supervision_mode", "不设", "/governance/no_supervisor_unanimous", "还没勾“不设监事的同意”。"),
        ("/commitments/applicant_signed", False, "/commitments/applicant_signed", "还没勾“申请人承诺”。"),
        ("/beneficial_owners/exempt_promise", False, "/beneficial_owners/items", "还没加受益所有人。"),
        ("/governance/legal_rep/person", "p9", "/governance/legal_rep/person", "还没选法定代表人。"),
        ("/persons", [], "/persons", "还没加人员。"),
    ],
)
def test_what_one_value_asks_for(filled, place, value, lacking, sentence) -> None:
    assert said(put(filled, place, value))[lacking] == sentence


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/persons/0/mobile", None),
        ("/housing_fund", {"need_open": False}),
        ("/bank", {"need": False}),
        ("/seals", {"need": False, "items": []}),
        ("/tax/invoice_need", False),
        ("/company/paper_licence", False),
        ("/governance/managers", []),
    ],
)
def test_what_is_not_asked_for(filled, place, value) -> None:
    assert said(put(filled, place, value)) == {}


def test_a_row_is_named_by_its_person_or_its_number(filled) -> None:
    bare = put(put(filled, "/shareholders/1/person", None), "/shareholders/1/contributions/0/amount", "")
    where = {one.pointer: one.where for one in missing(FORM, bare)}
    assert where["/shareholders/1/person"] == "第 2 位股东"
    assert where["/shareholders/1/contributions/0/amount"] == "第 2 位股东·第 1 笔出资"
    assert row_name(FORM, "shareholders", filled, (0,)) == filled["persons"][0]["name"]


def test_hidden_values_stay_in_the_draft_and_are_not_handed_in(filled) -> None:
    draft = put(put(filled, "/company/term_years", 20), "/bank/need", False)
    draft = put(draft, "/tax/invoice_need", False)
    handed = submitted(FORM, draft)
    assert draft["company"]["term_years"] == 20
    assert draft["bank"]["bank_name"]
    assert handed["company"]["term_years"] is None
    assert handed["bank"] == {"need": False, "bank_name": None, "branch": None, "account_kind": None, "contact": None}
    assert handed["tax"]["invoices"] == []
    assert handed["shareholders"] == filled["shareholders"]
    assert submitted(FORM, handed) == handed


def test_keys_of_people_are_never_used_again(filled) -> None:
    persons = FORM.repeat_by_id["persons"]
    fewer = remove_row(filled, "/persons", 2)
    assert get(added(FORM, persons, (), fewer), "/persons/2/key") == "p4", "p3 is still pointed at"
    assert get(added(FORM, persons, (), empty_document(FORM)), "/persons/0/key") == "p1"


def test_a_new_shareholder_has_his_inner_list(filled) -> None:
    more = added(FORM, FORM.repeat_by_id["shareholders"], (), filled)
    assert get(more, "/shareholders/2/contributions") == []
    more = added(FORM, FORM.repeat_by_id["shareholders[].contributions"], (2,), more)
    assert get(more, "/shareholders/2/contributions/0/method") == "货币"
    assert len(filled["shareholders"]) == 2, "a change is a new document"


@pytest.mark.parametrize("wrong", [None, 7, "x", [], [1, "x"], {"persons": {"key": 1}}, [{"person": ["p1"]}]])
@pytest.mark.parametrize("part", ["persons", "company", "shareholders", "governance"])
def test_wrong_shapes_are_read_as_empty_and_never_raise(filled, part, wrong) -> None:
    odd = {**filled, part: wrong}
    missing(FORM, odd)
    submitted(FORM, odd)
    missing(FORM, {})

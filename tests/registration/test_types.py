"""登记类型: each type asks for its own, cannot change what it may not, and is not blamed for what the record had already."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.document import get, put
from clerk_app.registration.model import missing, submitted
from clerk_app.registration.rebasing import rebased
from clerk_app.registration.types import begun, fixed_rows, form_for
from tests.registration.test_form import EXAMPLE
from tests.registration.test_records import CODE

FORM = company_form()
DAY = date(2027, 1, 20)
RECORD = put(submitted(FORM, EXAMPLE), "/company/uscc", CODE)


def filled(kind: str, record: dict[str, Any] = RECORD) -> dict[str, Any]:
    """Begun with the record, and all of its own filled in."""
    document = begun(FORM, record, CODE, kind)
    own = {
        "/application/application_no": "JZ-1", "/application/applied_on": f"{DAY}", "/company/duplicate_count": 1,
        "/agent": {**EXAMPLE["agent"], "valid_from": "2027-01-01", "valid_to": "2027-06-30"},
        "/commitments": {"applicant_signed": True, "domicile_truth": True, "signed_on": f"{DAY}"},
        "/change": {"resolved_on": "2027-01-10", "reason": None},
        "/materials": [{**row, "attached": True} for row in document["materials"]],
    }  # fmt: skip
    if kind == "注销":
        own["/cancellation"] = {
            "procedure": "一般注销", "reason": "股东会决议解散", "resolved_on": "2026-12-01", "announced_on": "2026-12-02",
            "liquidation": "债权债务已经清理完毕", "tax_clearance_no": "江税 2027-1", "branches_closed": True,
        }  # fmt: skip
    for place, value in own.items():
        document = put(document, place, value)
    return document


def found(document: dict[str, Any], record: dict[str, Any] = RECORD) -> list[tuple[str, str, str]]:
    return [(one.severity, one.rule, one.pointer) for one in check_form(document, DAY, record=record)]


def test_a_whole_application_of_each_type_has_no_error() -> None:
    moved = put(filled("变更"), "/company/domicile/number", "20号楼")
    moved = put(moved, "/company/domicile/full_text", "江南省江州市滨湖区（虚构）街道澄砚路20号楼")
    assert found(moved) == []
    assert found(put(filled("备案"), "/liaison/person", "p2")) == [("error", "REQ", "/persons/1/email")]
    filing = put(put(filled("备案"), "/company/term_type", "固定"), "/company/term_years", 20)
    assert found(filing) == []
    assert found(filled("注销")) == []


def test_a_change_of_nothing_is_to_be_confirmed_and_a_filing_changes_no_registered_item() -> None:
    assert found(filled("变更")) == [("warning", "B-NOTHING", "/application/registration_type")]
    only_filed = put(filled("变更"), "/company/term_type", "固定")
    assert ("warning", "B-NOTHING", "/application/registration_type") in found(
        put(only_filed, "/company/term_years", 20)
    )
    filing = put(filled("备案"), "/company/registered_capital", "200")
    assert ("error", "B-REGISTERED", "/company/registered_capital") in found(filing)
    renamed = put(filled("备案"), "/persons/0/name", "解云岚")
    assert ("error", "B-REGISTERED", "/governance/legal_rep/person") in found(renamed)
    assert ("error", "B-REGISTERED", "/company/trade_name") in found(put(filled("注销"), "/company/trade_name", "别名"))


def test_what_the_record_had_already_is_not_this_applications_fault() -> None:
    old = put(RECORD, "/shareholders/0/contributions/0/due_on", "2045-01-01")
    old = put(old, "/company/domicile/lease_to", "2026-12-31")
    assert {"C-5Y", "D-LEASE"} <= {one.rule for one in check_form(filled("设立", old), DAY)}
    moved = put(filled("变更", old), "/company/trade_name", "岚栎帆")
    moved = put(moved, "/company/name", "江州岚栎帆信息技术有限公司")
    assert found(moved, old) == []
    worse = put(moved, "/shareholders/1/contributions/0/due_on", "2046-01-01")
    assert [rule for _, rule, _ in found(worse, old)] == ["C-5Y"]


@pytest.mark.parametrize("kind", ["变更", "备案", "注销"])
def test_the_page_types_only_what_the_type_may_change(kind: str) -> None:
    form = form_for(FORM, kind)
    assert form.by_id["company.uscc"].enabled is False
    assert form.by_id["application.registration_type"].enabled is False
    registered = form.by_id["company.registered_capital"].enabled
    assert registered is (kind == "变更")
    assert fixed_rows(FORM, kind, "shareholders") is (kind != "变更")
    assert form_for(FORM, kind) is form
    asked = {one.pointer for one in missing(form, begun(FORM, RECORD, CODE, kind))}
    assert ("/cancellation/reason" in asked) is (kind == "注销")
    assert "/agent/person" in asked
    assert "/commitments/signed_on" in asked


def test_an_ending_shows_its_own_steps() -> None:
    assert [step.name for step in form_for(FORM, "注销").steps] == ["注销", "人员", "代办", "承诺与材料"]
    assert form_for(FORM, "设立") is FORM


def test_own_changes_go_onto_a_record_that_moved_and_what_cannot_is_listed() -> None:
    mine = filled("变更")
    mine = put(mine, "/company/registered_capital", "200")
    mine = put(mine, "/company/phone", "0799-60000008")
    mine = put(mine, "/persons", [*mine["persons"], {**mine["persons"][0], "key": "p4", "name": "石静澜"}])
    mine = put(mine, "/liaison/person", "p4")
    fresh = copy.deepcopy(RECORD)
    fresh = put(fresh, "/company/phone", "0799-70000000")
    fresh = put(fresh, "/company/email", "new@example.invalid")
    fresh = put(fresh, "/persons", [*fresh["persons"], {**fresh["persons"][1], "key": "p4", "name": "巫马小满"}])
    fresh = put(fresh, "/shareholders", fresh["shareholders"][::-1])
    made = rebased(FORM, RECORD, fresh, mine)
    assert get(made.document, "/company/registered_capital") == "200"
    assert get(made.document, "/company/phone") == "0799-70000000"
    assert get(made.document, "/company/email") == "new@example.invalid"
    assert [(one.label, one.will) for one in made.left] == [("联系电话", "0799-60000008")]
    names = {row["key"]: row["name"] for row in made.document["persons"]}
    assert (names["p4"], names[get(made.document, "/liaison/person")]) == ("巫马小满", "石静澜")
    assert get(made.document, "/commitments/signed_on") == f"{DAY}"
    assert get(made.document, "/application/registration_type") == "变更"


def test_a_row_that_is_gone_from_the_record_takes_nothing_typed_with_it_unseen() -> None:
    mine = put(filled("变更"), "/shareholders/1/subscribed", "45")
    fresh = put(RECORD, "/shareholders", RECORD["shareholders"][:1])
    made = rebased(FORM, RECORD, fresh, mine)
    assert [row["person"] for row in made.document["shareholders"]] == ["p1"]
    assert [(one.label, one.where, one.will) for one in made.left] == [("认缴额（万元）", "鲍栎舟", "45")]
    unmoved = rebased(FORM, RECORD, RECORD, mine)
    assert unmoved.left == ()
    assert get(unmoved.document, "/shareholders/1/subscribed") == "45"

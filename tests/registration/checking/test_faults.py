"""Every rule of the catalogue: one fault, exactly that finding and nothing else; and what lies at the edge is fine."""

from __future__ import annotations

from datetime import date

import pytest

from clerk_app.office.registration.checking import check_form
from clerk_app.office.registration.reference import company_law
from tests.registration.applications import AS_OF, BASES, changed, example
from tests.registration.checking.faults import FINE, WRONG, Fault, of_person

OF_NAMES_AND_PLACES = ("N-", "D-")


def named(fault: Fault) -> str:
    return f"{fault.base} {' '.join(rule for rule, _ in fault.found)} {' '.join(fault.changes)}"[:80]


@pytest.mark.parametrize("fault", WRONG, ids=named)
def test_one_fault_is_found_and_nothing_else(fault: Fault) -> None:
    found = check_form(changed(BASES[fault.base](), fault.changes), fault.as_of, ())
    assert [(one.rule, one.pointer) for one in found] == list(fault.found)
    assert {one.severity for one in found} == {fault.severity}
    assert all(one.basis and one.message.endswith("。") and "{" not in one.message for one in found)


@pytest.mark.parametrize("fault", FINE, ids=named)
def test_what_lies_at_the_edge_is_fine(fault: Fault) -> None:
    assert check_form(changed(BASES[fault.base](), fault.changes), fault.as_of, ()) == ()


def test_every_rule_has_its_fault() -> None:
    rules = {one.rule for one in company_law().provisions if not one.rule.startswith(OF_NAMES_AND_PLACES)}
    assert {rule for fault in WRONG for rule, _ in fault.found} == rules
    assert len(WRONG) >= 40


@pytest.mark.parametrize(("born", "words"), [(date(2008, 6, 16), ()), (date(2008, 6, 15), None)])
def test_liaison_and_agent_are_adult_on_the_day(born, words) -> None:
    found = check_form(changed(example(), of_person(2, born)), AS_OF)
    wanted = [("P-AGE", "/liaison/person", "error"), ("P-AGE", "/agent/person", "error")] if words is not None else []
    assert [(one.rule, one.pointer, one.severity) for one in found] == wanted
    assert all("18 周岁" in one.message and "第 5 条" in one.basis for one in found)


@pytest.mark.parametrize(("as_of", "grown"), [(date(2026, 2, 27), False), (date(2026, 2, 28), True)])
def test_who_was_born_on_29_february_is_of_age_on_the_last_of_the_month(as_of, grown) -> None:
    document = changed(example(), {**of_person(2, date(2008, 2, 29)), "/agent/valid_from": "2026-01-01"})
    found = check_form(changed(document, {"/shareholders/0/contributions/0/due_on": "2030-01-01"}), as_of)
    assert [one.rule for one in found] == ([] if grown else ["P-AGE", "P-AGE"])


def test_an_age_is_told_of_the_number_and_otherwise_of_the_date() -> None:
    young = changed(example(), {"/persons/2/birth_date": "2015-01-01"})
    assert [one.rule for one in check_form(young, AS_OF)] == ["P-ID-BIRTH"]
    passport = changed(young, {"/persons/2/id_type": "护照", "/persons/2/id_no": "E12345678"})
    assert [one.rule for one in check_form(passport, AS_OF)] == ["P-AGE", "P-AGE"]


def test_several_faults_come_at_once_in_the_order_of_the_form() -> None:
    places = {
        "/materials/0/attached": False, "/agent/valid_to": "2026-01-01", "/persons/1/gender": "女",
        "/persons/0/id_no": "1", "/shareholders/0/ratio": "1", "/company/phone": None, "/company/scope/1/is_main": True,
    }  # fmt: skip
    found = check_form(changed(example(), places), AS_OF)
    assert [one.rule for one in found] == [
        "REQ", "S-MAIN", "P-ID-FORMAT", "P-ID-GENDER", "C-RATIO", "A-TERM", "M-MISSING",
    ]  # fmt: skip


def test_no_number_of_a_person_is_read_out() -> None:
    wrong = changed(
        example(), {f"/persons/{row}/id_no": "340104198506129966" for row in range(3)} | {"/persons/1/gender": "x"}
    )
    found = check_form(wrong, AS_OF)
    assert {one.rule for one in found} >= {"P-ID-CHECK", "P-DUP"}
    assert not any("3401" in one.message or "1380000" in one.message for one in found)


def test_two_people_with_one_key_are_told_apart() -> None:
    doubled = changed(example(), {"/persons/1/key": "p1", "/governance/supervisors/0/person": "p1"})
    found = check_form(doubled, AS_OF)
    assert ("REQ", "/persons/1/key") in [(one.rule, one.pointer) for one in found]


def test_a_contradiction_is_silent_while_the_data_to_judge_are_missing() -> None:
    bare = changed(
        example(),
        {"/shareholders/0/subscribed": None, "/governance/directors/0/title": None, "/persons/0/birth_date": None},
    )
    assert {one.rule for one in check_form(bare, AS_OF)} == {"REQ"}

"""The law as data: what it must hold, when it binds, and that it can change without a program."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from clerk_app.office.registration.checking import check_form, grounds
from clerk_app.office.registration.reference import company_law
from clerk_app.registration.checking.check import check
from clerk_app.registration.checking.law import Law, read_law
from tests.registration.applications import AS_OF, changed, corporate, example, joint_stock

CATALOGUE = re.findall(
    r"\S+",
    """
P-ID-FORMAT P-ID-CHECK P-ID-DATE P-ID-BIRTH P-ID-GENDER P-ID-EXPIRED P-DUP P-MOBILE P-EMAIL P-AGE REQ U-FORMAT U-CHECK
C-COUNT C-SUM C-RATIO C-METHOD-SUM C-METHOD C-5Y C-JSC-PAID C-TYPE G-BOARD-MIN G-CHAIR G-SINGLE G-TERM G-LEGAL-REP
G-SUP-CONC G-SUP-MIN G-SUP-EMP G-SUP-ONE G-AUDIT-SUP G-AUDIT-MIN G-NO-SUP G-EMP-DIR N-PARTS N-CHARSET N-TRADE-LEN
N-FORBIDDEN N-NATIONAL N-ORGFORM N-DIVISION N-RESERVED N-SAME N-NEAR D-DIVISION D-POST D-LEASE S-EMPTY S-MAIN S-PRE
S-POST L-COPIES A-LIAISON A-DECLARE A-TERM HF-RATE BO-EXEMPT BO-MISSING K-SIGN M-MISSING
""",
)
DUE, METHOD = "/shareholders/0/contributions/0/due_on", "/shareholders/0/contributions/0/method"
LAW = company_law()


def altered(rule: str, **other: object) -> Law:
    return replace(LAW, provisions=tuple(replace(one, **other) if one.rule == rule else one for one in LAW.provisions))


def test_it_holds_the_whole_catalogue() -> None:
    assert set(LAW.last) == set(CATALOGUE)
    others = {one.rule: one.wording.severity for one in LAW.provisions if one.wording.severity != "error"}
    assert others == {"N-NEAR": "warning", "S-POST": "info"}
    assert LAW.last["P-AGE"].cases["minor"].severity == "warning"


def test_of_one_rule_one_provision_binds_on_a_day() -> None:
    for day in (date(2020, 1, 1), date(2024, 6, 30), date(2024, 7, 1), date(2025, 2, 9), date(2025, 2, 10), AS_OF):
        rules = [one.rule for one in LAW.provisions if one.in_force(day)]
        assert len(rules) == len(set(rules))
    assert set(LAW.on(AS_OF)) == set(CATALOGUE)


def test_every_sentence_is_chinese_and_ends() -> None:
    for one in LAW.provisions:
        for wording in (one.wording, *one.cases.values()):
            plain = "".join(text for text, *_ in Formatter().parse(wording.message))
            assert plain.endswith("。") or wording.message.endswith("。"), one.rule
            assert one.basis


@pytest.mark.parametrize(("as_of", "found"), [(date(2024, 6, 30), []), (date(2024, 7, 1), ["C-5Y"])])
def test_five_years_bind_since_the_law_of_2023_is_in_force(as_of, found) -> None:
    late = changed(example(), {DUE: "2045-01-01", "/agent/valid_from": "2024-01-01"})
    assert [one.rule for one in check_form(late, as_of)] == found


@pytest.mark.parametrize(("as_of", "found"), [(date(2025, 2, 9), ["C-METHOD"]), (date(2025, 2, 10), [])])
def test_data_may_be_contributed_since_10_february_2025(as_of, found) -> None:
    document = changed(example(), {METHOD: "数据", DUE: "2029-01-01", "/agent/valid_from": "2024-01-01"})
    assert [one.rule for one in check_form(document, as_of)] == found


def test_beneficial_owners_bind_since_november_2024() -> None:
    document = changed(
        corporate(), {"/beneficial_owners/exempt_promise": True, "/agent/valid_from": "2024-01-01", DUE: "2029-01-01"}
    )
    assert [one.rule for one in check_form(document, date(2024, 10, 31))] == []
    assert [one.rule for one in check_form(document, date(2024, 11, 1))] == ["BO-EXEMPT"]


@pytest.mark.parametrize("as_of", [date(2020, 1, 1), date(2023, 1, 1)])
def test_what_the_law_before_said_alike_is_told_on_its_ground(as_of) -> None:
    wrong = {
        "/agent/valid_from": "2020-01-01", "/shareholders/0/ratio": "99", "/company/registered_capital": "101",
        "/company/scope": [], "/governance/directors/0/term_years": 4, DUE: "2045-01-01",
    }  # fmt: skip
    found = {one.rule: one.basis for one in check_form(changed(example(), wrong), as_of)}
    assert set(found) == {"C-SUM", "C-RATIO", "S-EMPTY", "G-TERM"}, "five years are new, sums are not"
    assert found["G-TERM"] == "公司法（2018 年修正）第 45 条"
    now = {one.rule: one.basis for one in check_form(changed(example(), wrong), AS_OF)}
    assert now["G-TERM"] == "公司法（2023 年修订）第 70 条"


def test_a_limit_changes_in_the_file_alone() -> None:
    on = grounds(AS_OF)
    late = changed(example(), {DUE: "2031-06-16"})
    assert [one.rule for one in check(late, on)] == ["C-5Y"]
    law = altered("C-5Y", numbers={"years": LAW.last["C-5Y"].numbers["years"] + 1})
    assert check(late, replace(on, law=law)) == ()
    assert check(late, replace(on, law=altered("C-5Y", until=date(2026, 6, 14)))) == ()
    paid = changed(joint_stock(), {"/shareholders/0/contributions/0/paid_on": None})
    (found,) = check(paid, replace(on, law=altered("C-JSC-PAID", basis="新法第 1 条")))
    assert found.basis == "新法第 1 条"


def test_a_file_of_another_shape_is_refused() -> None:
    with pytest.raises(KeyError):
        read_law({"version": "1", "rules": [{"rule": "C-5Y"}]})

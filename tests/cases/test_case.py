"""A case: from received to accepted; masks that hide; refusals that change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates
from clerk_app.command import Refusal
from tests.desk import ZONE

AT = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)
DUE = DueDates(promised=date(2026, 11, 20), statutory=date(2026, 11, 25))
NAMES = ("申请书", "章程", "照片")
RECEIVED = Case(
    id="c", ticket="t", item="i", item_name="公司设立", hall_version="v", department="SJJ", applicant=Applicant(name="某公司筹备组"),
    materials=tuple(CaseMaterial(name=n, essential=n != "照片") for n in NAMES), state="received", received_at=AT, window=2,
    handler="P203", acting_for=None, query_code="7K3M-Q9X2",
)  # fmt: skip


@given(st.sets(st.sampled_from(NAMES)))
def test_accepted_only_with_every_essential_paper(brought):
    case = RECEIVED
    for name in sorted(brought):
        case = case.tick(name, AT)
    assert case.brought == len(brought)
    result = case.accept("JZ-1", 1, AT, DUE)
    if {"申请书", "章程"} <= brought:
        assert (result.state, result.case_no, result.serial, result.due) == ("accepted", "JZ-1", 1, DUE)
    else:
        assert result.type == "materials-missing"
        assert all(name in result.sentence for name in case.missing)
        assert "照片" not in result.sentence


def test_a_paper_handed_back_is_missing_again():
    case = RECEIVED.tick("申请书", AT).tick("申请书", None)
    assert case.missing == ("申请书", "章程")
    assert RECEIVED.materials[0].brought_at is None, "frozen"


def test_nothing_outside_the_list_is_asked_for():
    refused = RECEIVED.tick("居委会证明", AT)
    assert isinstance(refused, Refusal)
    assert "清单外的材料不能要" in refused.sentence


def test_what_is_accepted_is_closed():
    accepted = RECEIVED.tick("申请书", AT).tick("章程", AT).accept("JZ-1", 1, AT, DUE)
    assert accepted.tick("照片", AT).type == "case-accepted"
    again = accepted.accept("JZ-2", 2, AT + timedelta(hours=1), DUE)
    assert again.type == "already-accepted"
    assert "JZ-1" in again.sentence


digits = st.text("0123456789X", max_size=24)


@given(digits)
def test_masks_never_show_the_middle(number):
    applicant = Applicant(name="卢小珍", id_number=number, phone=number)
    for masked in (applicant.masked_id, applicant.masked_phone):
        assert len(masked) == len(number)
        shown = [n for n, sign in enumerate(masked) if sign != "*"]
        assert all(masked[n] == number[n] for n in shown)
        assert all(n < 4 or n >= len(number) - 4 for n in shown)
        assert masked.count("*") >= min(4, max(len(number) - 2, 0))


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("429900199001011234", "429***********1234"), ("91429900MA00000001", "9142**********0001"),
        ("E12345678", "E*******8"), ("H0123456", "H******6"), ("1234", "****"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_as_shown(number, masked):
    assert Applicant(name="卢小珍", id_number=number).masked_id == masked


def test_phone_as_shown():
    assert Applicant(name="卢小珍", phone="13800000421").masked_phone == "138****0421"
    assert Applicant(name="卢小珍", phone="88000001").masked_phone == "8******1"


@pytest.mark.parametrize(
    ("name", "number", "masked"),
    [
        ("卢小珍", "", "卢*珍"), ("王五", "", "王*"), ("欧阳明月", "", "欧*月"), ("王", "", "王"),
        ("江州春禾餐饮管理有限公司", "91429900MA00000001", "江州春禾餐饮管理有限公司"),
        ("阿依古丽·买买提", "429900199001011234", "阿*提"), ("阿依古丽·买买提", "42990019900101123X", "阿*提"),
    ],
)  # fmt: skip
def test_names_as_shown(name, number, masked):
    assert Applicant(name=name, id_number=number).masked_name == masked


def test_missing_follows_the_list_not_the_order_of_bringing():
    case = replace(RECEIVED, materials=RECEIVED.materials[::-1])
    assert case.missing == ("章程", "申请书")

"""Numbers of people and of organisations, held against python-stdnum where it is right, and shown where it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from clerk_app.registration.credit_codes import SIGNS, check_holds, check_sign, credit_code_fault, well_formed
from clerk_app.registration.id_numbers import birth_in, birth_of, check_character, expected_shape, sex_of
from clerk_app.registration.id_numbers import check_holds as id_check_holds
from tests.registration.applications import credit_code, resident_number


@settings(max_examples=40, deadline=None)
@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_character_is_that_of_stdnum(body: str) -> None:
    assert check_character(body) == ric.calc_check_digit(f"{body}0")


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2026, 6, 15)), st.sampled_from("男女"), st.integers(0, 99))
def test_a_number_tells_birth_and_sex(born: date, sex: str, sequence: int) -> None:
    number = resident_number(born, sex, "110101", sequence)
    assert (birth_of(number), sex_of(number)) == (born, sex)
    assert ric.get_birth_date(number) == born


@pytest.mark.parametrize("county", ["330113", "810000", "820000", "830000", "911702", "999999"])
def test_stdnum_refuses_good_numbers_by_their_county(county: str) -> None:
    number = resident_number(date(1985, 6, 12), "女", county)
    assert id_check_holds(number)
    assert birth_of(number) == date(1985, 6, 12)
    try:
        accepted = bool(ric.is_valid(number))
    except KeyError:
        accepted = False
    assert not accepted, "where it becomes right, it may serve as a cross-check here too"


def test_stdnum_lets_births_to_come_pass() -> None:
    number = resident_number(date(2099, 1, 1), "男", "110101")
    assert ric.is_valid(number)
    assert birth_in(number) == date(2099, 1, 1)


@pytest.mark.parametrize("number", ["", "34010419850612996", "340104198506129966", "34010419850612996x", "３" * 18])
def test_of_a_bad_number_nothing_is_told(number: str) -> None:
    assert not id_check_holds(number)
    assert (birth_of(number), sex_of(number)) == (None, None)


def test_a_day_that_is_not_is_no_birth() -> None:
    body = "34010419850230996"
    assert id_check_holds(body + check_character(body))
    assert birth_of(body + check_character(body)) is None


def test_a_foreigners_card_tells_birth_and_not_sex() -> None:
    number = resident_number(date(1985, 6, 12), "男", "911702")
    assert (birth_of(number), sex_of(number)) == (date(1985, 6, 12), None)


@pytest.mark.parametrize(
    ("id_type", "number", "good"),
    [
        ("居民身份证", "34010419850612996X", True),
        ("台湾居民居住证", "83000019850612996", False),
        ("护照", "A1B2C", True),
        ("护照", "A" * 17, True),
        ("护照", "A" * 18, False),
        ("护照", "E１２３４５", False),
        ("港澳居民来往内地通行证", "H12345678", True),
        ("港澳居民来往内地通行证", "M1234567890", True),
        ("港澳居民来往内地通行证", "X12345678", False),
        ("台湾居民来往大陆通行证", "anything", True),
        ("", "anything", True),
    ],
)
def test_shapes(id_type: str, number: str, good: bool) -> None:
    assert (expected_shape(id_type, number) == "") is good


@settings(max_examples=40, deadline=None)
@given(st.text("0123456789", min_size=6, max_size=6), st.text(SIGNS, min_size=9, max_size=9))
def test_a_code_that_begins_with_a_digit_is_as_stdnum_has_it(place: str, body: str) -> None:
    code = f"91{place}{body}"
    code += check_sign(code)
    assert check_holds(code)
    assert uscc.is_valid(code)
    other = code[:-1] + SIGNS[(SIGNS.index(code[-1]) + 1) % 31]
    assert not check_holds(other)
    assert not uscc.is_valid(other)


@pytest.mark.parametrize("head", ["N2340103MA2TETT0X", "Y1340103MA2TETT0X", "A1340103MA2TETT0X"])
def test_stdnum_refuses_good_codes_by_their_first_sign(head: str) -> None:
    code = credit_code(head)
    assert check_holds(code)
    assert not uscc.is_valid(code)


@pytest.mark.parametrize(
    "code", ["", "91", "9134010TIMA2TETT0XX", "9134 010 MA2TEST0X", "91340103ma2tett0xx", "９" * 18]
)
def test_what_is_no_code(code: str) -> None:
    assert not well_formed(code)
    assert credit_code_fault(code)


def test_a_real_code_and_its_neighbour() -> None:
    assert credit_code_fault("91110000600037341L") == ""
    assert "对不上" in credit_code_fault("91110000600037341K")


def test_every_single_slip_in_a_number_is_seen() -> None:
    number = resident_number(date(1985, 6, 12) + timedelta(days=3), "女")
    slips = [
        number[:at] + digit + number[at + 1 :] for at in range(17) for digit in "0123456789" if digit != number[at]
    ]
    assert not any(id_check_holds(slip) for slip in slips)

"""日钥: a person is known again for one day only, and a number's four digits are not to be guessed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.queueing.day_key import check_digits, key_for, person_digest

KEYS = st.binary(min_size=32, max_size=32)
DAY = date(2026, 11, 20)
PERSON = "429900199001011234"


def test_what_is_printed_and_kept_never_changes():
    """Slips are out there, and tickets of other machines: another way to make these would fit neither."""
    key = bytes(range(32))
    assert check_digits(key, "A012") == "9469"
    assert person_digest(key, PERSON) == "00688b66228081649422e090497fc6ec"


@given(KEYS, KEYS, st.from_regex(r"\A[0-9]{17}[0-9X]\Z"))
def test_one_person_one_day_one_word(key, other, number):
    said = person_digest(key, number)
    assert number not in said
    assert person_digest(key, f" {number.lower()} ") == said, "as it may be typed"
    assert person_digest(key, number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))) == said
    assert (person_digest(other, number) == said) == (other == key), "another day's key gives another word"


def test_nobody_is_nobody():
    assert person_digest(bytes(32), "") == ""
    assert person_digest(bytes(32), " 　") == ""


@given(KEYS, st.from_regex(r"\A[VY]?[A-Z][0-9]{3}\Z"))
def test_check_digits_are_four_and_as_typed(key, number):
    digits = check_digits(key, number)
    assert len(digits) == 4
    assert digits.isdecimal()
    assert check_digits(key, f" {number.lower()}") == digits


def test_check_digits_are_spread():
    key = bytes(range(32))
    said = Counter(check_digits(key, f"A{n:03d}") for n in range(1, 1000))
    assert len(said) > 900
    assert max(said.values()) <= 4


@given(st.text())
def test_what_is_no_word_of_a_centre_has_no_key(text):
    assert key_for(text, DAY) is None


@pytest.mark.parametrize(
    "told", ["", "{}", "[]", "null", '{"2026-11-20": 5}', '{"2026-11-20": ""}', '{"2026-11-20": "xy"}']
)
def test_nor_has_a_damaged_one(told):
    assert key_for(told, DAY) is None


@given(KEYS)
def test_the_key_of_its_day_alone(key):
    told = json.dumps({DAY.isoformat(): key.hex()})
    assert key_for(told, DAY) == key
    assert key_for(told, date(2026, 11, 23)) is None

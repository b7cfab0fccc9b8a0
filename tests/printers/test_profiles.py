from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.profiles import Columns, Completion, Profile, Rom, StatusLevel, makes

PROFILES = st.builds(
    Profile,
    name=st.text(max_size=20),
    columns=st.sampled_from(get_args(Columns)),
    rom=st.sampled_from(get_args(Rom)),
    cjk_always_on=st.booleans(),
    completion=st.sampled_from(get_args(Completion)),
    status=st.sampled_from(get_args(StatusLevel)),
    cutter=st.booleans(),
    native_qr=st.booleans(),
    answers=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)


@given(PROFILES)
def test_a_profile_comes_back_from_its_text(profile):
    assert Profile.from_json(profile.to_json()) == profile
    assert Profile.from_json(profile.to_json()).to_json() == profile.to_json()


def test_nobody_has_asked_a_new_one():
    assert not Profile().probed
    assert replace(Profile(), completion="none").probed
    assert Profile.from_json("{}") == Profile()


def test_what_a_later_version_added_is_passed_over():
    assert Profile.from_json('{"columns": 32, "colour": "red"}') == Profile(columns=32)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", '{"columns": 40}', '{"columns": true}', '{"rom": "utf-8"}', '{"completion": "always"}',
     '{"status": 1}', '{"cutter": "yes"}', '{"answers": []}', '{"answers": {"ruler": 1}}', '{"name": 7}'],
)  # fmt: skip
def test_what_is_no_profile_is_one_sentence(text):
    with pytest.raises(ValueError, match="重新做一次测试页。"):
        Profile.from_json(text)


def test_every_make_is_a_profile_with_a_source():
    rows = makes()
    assert len({make.name for make in rows}) == len(rows) > 10
    for make in rows:
        assert make.source
        assert 40 <= make.width_mm <= 80
        assert make.columns * 1.2 < make.width_mm < make.columns * 2
        assert Profile.from_json(make.profile().to_json()) == make.profile()
        assert not make.profile().probed


def test_the_table_claims_nothing_that_was_not_tried():
    assert not [make.name for make in makes() if make.verified]


def test_the_text_is_plain_json():
    assert json.loads(Profile(name="一号机").to_json())["name"] == "一号机"

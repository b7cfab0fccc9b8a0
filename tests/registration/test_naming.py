"""Names: composition, the reservation's countdown, alternatives, and the keys a large register is searched by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.registration.findings import RegisteredName
from clerk_app.registration.naming import (
    BRACKETED,
    NameParts,
    alternative,
    check_alternatives,
    compose,
    keys_of,
    near_names,
    parts_of,
    reservation_words,
    same_names,
)
from tests.registration.applications import example

DAY = date(2026, 6, 15)
PARTS = NameParts(
    name="合肥岚栎舟信息技术有限公司", division="合肥", trade_name="岚栎舟", industry_term="信息技术", org_form="有限公司",
    authority_code="340103", alternatives=("合肥岚砚舟信息技术有限公司", "合肥虫鸣信息技术有限公司", "别的名字"),
)  # fmt: skip


def registered(trade_name: str, industry: str = "信息技术") -> RegisteredName:
    name = f"合肥{trade_name}{industry}有限公司"
    return RegisteredName(name=name, trade_name=trade_name, industry_term=industry, authority_code="340103")


def test_both_layouts_and_nothing_of_less_than_all_parts() -> None:
    assert compose(PARTS) == "合肥岚栎舟信息技术有限公司"
    assert compose(replace(PARTS, layout=BRACKETED)) == "岚栎舟（合肥）信息技术有限公司"
    assert compose(replace(PARTS, industry_term="")) == compose(replace(PARTS, layout="横排")) == ""


def test_the_parts_of_an_application() -> None:
    parts = parts_of(example())
    assert (parts.trade_name, parts.prefecture, parts.reserved_until) == ("岚栎舟", "3401", date(2026, 8, 10))
    assert compose(parts) == parts.name
    assert parts_of({"company": 7}) == NameParts(layout="")


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 8, 14), "还剩 60 天"),
        (date(2026, 6, 16), "还剩 1 天"),
        (DAY, "今天是最后一天"),
        (date(2026, 6, 14), "保留期已过 1 天"),
    ],
)
def test_the_countdown(until: date, words: str) -> None:
    assert reservation_words(until, DAY) == words


def test_alternatives_are_held_against_the_register_too() -> None:
    taken, near, free = check_alternatives(PARTS, [registered("岚砚舟"), registered("重鸣")], DAY)
    assert [one.name for one in taken.same] == ["合肥岚砚舟信息技术有限公司"]
    assert [one.trade_name for one in near.near] == ["重鸣"]
    assert not taken.free
    assert not near.free
    assert free.free
    assert alternative(PARTS, "岚砚舟(合肥)信息技术有限公司").trade_name == "岚砚舟"
    whole = alternative(PARTS, "江州岚砚舟餐饮有限公司")
    assert same_names(whole, [replace(registered("岚砚舟", "餐饮"), name="江州岚砚舟餐饮有限公司")], DAY)


characters = st.text(st.sampled_from("岚栎立丽蓝兰舟洲周重虫众长常张乐月曾增单善"), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(characters, characters, st.sampled_from(["信息技术", "餐饮"]))
def test_what_is_same_or_near_shares_a_key(wanted: str, theirs: str, industry: str) -> None:
    """And a key is shared by nothing else: a big register is asked for keys only."""
    parts = replace(PARTS, name="", trade_name=wanted)
    one = registered(theirs, industry)
    met = same_names(parts, [one], DAY) + near_names(parts, [one], DAY)
    assert bool(met) is not keys_of(parts).isdisjoint(keys_of(one))

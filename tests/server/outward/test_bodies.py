"""对外的内容: what each kind says, that it is the same whenever it is asked, and that nobody's data is ever in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.canonical import canonical
from clerk_app.cases.inbox.model import InboxItem
from clerk_app.cases.model import Applicant, Case
from clerk_app.cases.telling_outside import TELLINGS, OutsidePartner
from clerk_app.outside.hall_checks import uscc_is_right
from clerk_app.server.outward.bodies import Origin, Told, came_to, public_name, tellings_of
from tests.server.desk import DAY, ITEM, NOW
from tests.server.outward.some_cases import (
    ADDRESS,
    EVERY,
    NAME,
    PHONE,
    PRIVATE,
    accepted,
    archived,
    by_the_department,
    case,
    sealed,
    training_hall,
    voided,
)

ORIGIN = Origin(partner="city", number="W-1", subject="inbox:1")
NUMBERS = st.text("0123456789", min_size=11, max_size=17)
CITIZENS = st.tuples(
    st.integers(110000, 659999),
    st.dates(date(1920, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
    st.sampled_from("0123456789X"),
).map(lambda one: f"{one[0]}{one[1]:%Y%m%d}{one[2]:03}{one[3]}")
WORDS = st.text("赵钱孙李周吴郑王冯陈楚卫蒋沈韩杨", min_size=6, max_size=9)


def partner(*kinds: Any, **more: Any) -> OutsidePartner:
    plain = {
        "id": "city",
        "name": "市平台",
        "way": "http",
        "url": "https://x.example.gov.cn",
        "since": DAY,
        "phones": True,
    }
    return OutsidePartner(**{**plain, "kinds": frozenset(kinds or TELLINGS), **more})


def told(row: Case, *kinds: Any, **more: Any) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in tellings_of(row, training_hall(), partner(*kinds, **more), ORIGIN):
        found.setdefault(one.kind, []).append(one)
    return found


def text(one: Told) -> str:
    return "" if one.body is None else canonical(one.body).decode()


@pytest.mark.parametrize("make", EVERY)
def test_nothing_somebody_typed_and_nobodys_data_ever_goes_out(make: Callable[[], Case]) -> None:
    said = "".join(text(one) + one.name for kind in told(make()).values() for one in kind)
    assert [word for word in PRIVATE if word in said] == []


@settings(max_examples=60, deadline=None)
@given(make=st.sampled_from(EVERY), number=CITIZENS, phone=NUMBERS, agent=WORDS, name=WORDS)
def test_whoever_applies(make: Callable[[], Case], number: str, phone: str, agent: str, name: str) -> None:
    row = replace(make(), applicant=Applicant(name=name, id_number=number, phone=phone, agent=agent))
    found = told(row)
    said = "".join(text(one) for one in (*found["supervision"], *found["status"]))
    shown = said + "".join(text(one) for one in found.get("public_result", ()))
    assert [word for word in (number, phone, agent, name) if word in shown] == []


def test_a_citizens_number_that_passes_for_an_organisations_makes_none_of_him() -> None:
    passing = next(number for serial in range(10_000) if uscc_is_right(number := f"42010619900101{serial:04}"))
    assert public_name(Applicant(name="阿布都热合曼江", id_number=passing)) == "阿＊＊"


@settings(max_examples=40, deadline=None)
@given(name=WORDS, number=NUMBERS)
def test_a_number_typed_into_a_name_stays_inside(name: str, number: str) -> None:
    assert number not in public_name(Applicant(name=f"{name}{number}有限公司"))
    assert number not in public_name(Applicant(name=f"{name}{number}"))


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        ("卢桂珍", "", "卢＊＊"),
        ("卢珍", "", "卢＊"),
        ("阿不都·买买提", "", "阿＊＊"),
        ("约翰史密斯", "", "约＊＊"),
        ("欧阳春园", "", "欧＊＊"),
        ("江州岚栎舟信息技术有限公司", "", "江州岚栎舟信息技术有限公司"),
        ("江州市临江区老卢小吃店", "", "江州市临江区老卢小吃店"),
        ("江州青杉律师事务所（普通合伙）", "", "江州青杉律师事务所（普通合伙）"),
        ("江州岚栎舟信息技术有限公司", "420106199001011234", "江＊＊"),
        ("岚舟", "91420106MA0000000X", "岚＊"),
        ("", "", "＊"),
    ],
)
def test_an_organisation_by_name_and_whoever_is_not_plainly_one_masked(name: str, number: str, shown: str) -> None:
    assert public_name(Applicant(name=name, id_number=number)) == shown


def test_a_public_result_says_six_things() -> None:
    (one,) = told(sealed())["public_result"]
    assert one.body == {
        "case_no": "JZ20261120-00001", "item": ITEM, "item_name": "公司设立登记", "department": "市场监督管理局",
        "outcome": "准予", "on": "2026-11-20", "applicant": "卢＊＊",
    }  # fmt: skip
    assert told(accepted()).get("public_result") is None
    (other,) = told(by_the_department())["public_result"]
    assert other.body is not None
    assert other.body["outcome"] == "不予"


def test_a_result_whose_stamp_was_voided_is_taken_off_again() -> None:
    (one,) = told(voided())["public_result"]
    assert one.body == {"case_no": "JZ20261120-00001", "withdrawn": True, "on": "2026-11-20"}
    assert one.id("JZ01", "city") != told(sealed())["public_result"][0].id("JZ01", "city")


def test_supervision_has_every_step_with_its_time_and_the_clocks() -> None:
    (one,) = told(archived())["supervision"]
    assert one.body is not None
    events = [step["event"] for step in one.body["steps"]]
    assert events == [
        "receive",
        "fix",
        "notify",
        "accept",
        "opine",
        "propose",
        "grant",
        "stamp",
        "hand_over",
        "archive",
    ]
    assert (one.body["window"], one.body["due"]["promised"]) == (2, "2026-11-20")
    assert {clock["kind"] for clock in one.body["clocks"]} >= {"promised", "statutory"}


def test_the_feedback_has_no_outcome_and_goes_only_to_whom_it_came_from() -> None:
    (one,) = told(sealed())["status"]
    assert one.body is not None
    assert (one.subject, one.body["number"], one.body["state"]) == ("inbox:1", "W-1", "已办好，可以领取")
    assert one.body["query_code"] == sealed().query_code != ""
    assert "准予" not in text(one)
    other = replace(ORIGIN, partner="province")
    assert [t.kind for t in tellings_of(sealed(), training_hall(), partner("status"), other)] == []
    assert tellings_of(sealed(), training_hall(), partner("status")) == ()


def test_what_came_in_is_told_back_before_it_is_a_case() -> None:
    item = InboxItem(
        id="1", partner="city", number="W-1", kind="application", state="declined", item=ITEM, item_name="公司设立",
        applicant=Applicant(name=NAME, phone=PHONE), sent_at=NOW, came_at=NOW, moved_at=NOW, digest="d", words=ADDRESS,
        reason="缺材料", missing=("公司章程",),
    )  # fmt: skip
    (one,) = came_to(item, partner("status"))
    assert one.body is not None
    assert (one.subject, one.body["state"], one.body["reason"]) == ("inbox:1", "没有收件", "缺材料。缺：公司章程。")
    assert NAME not in text(one)
    assert came_to(item, partner("status", id="province")) == ()
    assert came_to(item, partner("supervision")) == ()


def test_only_what_the_halls_data_says_and_from_its_day_on() -> None:
    assert set(told(archived(), "supervision")) == {"supervision"}
    assert told(archived(), "supervision", since=DAY + timedelta(days=1)) == {}
    assert told(archived(), "supervision", items=frozenset({"another"})) == {}
    assert partner("message", phones=False).hears("message") is False


@pytest.mark.parametrize("make", EVERY)
def test_the_same_happening_is_the_same_message_for_ever(make: Callable[[], Case]) -> None:
    """As after a restore: read again from JSON, in another process."""
    first = {one.id("JZ01", "city"): (one.seq, text(one)) for kind in told(make()).values() for one in kind}
    again = {one.id("JZ01", "city"): (one.seq, text(one)) for kind in told(make()).values() for one in kind}
    assert first == again
    assert json.loads(json.dumps(first, ensure_ascii=False)).keys() == first.keys()


def test_what_comes_later_has_the_higher_number() -> None:
    way = [case(), accepted(), sealed(), archived()]
    numbers = [told(row)["supervision"][0].seq for row in way]
    assert numbers == sorted(set(numbers))

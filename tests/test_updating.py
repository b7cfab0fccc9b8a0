"""The rules of updates: which is newer, what fits, whose turn, when, and when one may go back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.store.columns import HALL_ZONE
from clerk_app.updating import (
    Behind,
    FileSaid,
    Here,
    Plan,
    Release,
    centre_misfit,
    door_open,
    is_newer,
    is_version,
    misfit,
    newest_for,
    next_quiet,
    no_way_back,
    not_now,
    order_of,
)

HERE = Here(version="0.1.0", platform="linux_x86_64", glibc="2.36", schema=12)
RELEASE = Release(
    version="0.2.0", platform="linux_x86_64", glibc="2.31", client=9, oldest=9, schema=12,
    created="2026-10-01T00:00:00+00:00", notes="叫号更快。", program="counter-clerk",
    files={"counter-clerk": FileSaid(sha256="0" * 64, size=5, runs=True), "a": FileSaid(link="counter-clerk")},
)  # fmt: skip
SPANS = ((time(9), time(12)), (time(13, 30), time(17)))
versions = st.lists(st.integers(0, 999_999), min_size=2, max_size=4).map(lambda parts: ".".join(map(str, parts)))


def at(hour: int, minute: int = 0, day: int = 8) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=HALL_ZONE)


def workday(day: date) -> bool:
    return day.weekday() < 5


@given(versions, versions)
def test_versions_are_compared_as_numbers_and_one_of_two_is_newer_at_most(one: str, other: str) -> None:
    assert is_version(one)
    assert is_newer(one, other) + is_newer(other, one) == (order_of(one) != order_of(other))


@pytest.mark.parametrize(
    "text", ["", "1", "1.2.3.4.5", "v1.2", "1.02", "1.2-rc1", "../1.2", "1.2\n", "１.２", "1.2000000"]
)
def test_what_is_no_version_is_newer_than_none(text: str) -> None:
    assert not is_version(text)
    assert not is_newer(text, "0.0.1")


def test_ten_comes_after_nine_and_a_missing_number_is_nought() -> None:
    assert is_newer("0.10.0", "0.9.9")
    assert not is_newer("1.0", "1.0.0.0")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, ""),
        ({"schema": 13}, ""),
        ({"version": "0.1.0"}, "不比"),
        ({"version": "0.0.9"}, "不比"),
        ({"version": "x"}, "读不懂"),
        ({"platform": "win_amd64"}, "这台是"),
        ({"platform": "../x"}, "读不懂"),
        ({"glibc": "2.40"}, "glibc 2.40"),
        ({"schema": 11}, "格式比这台的旧"),
    ],
)
def test_only_what_is_newer_and_runs_here_and_reads_this_store_fits(change: dict[str, object], word: str) -> None:
    said = misfit(replace(RELEASE, **change), HERE)  # type: ignore[arg-type]
    assert word in said
    assert bool(said) == bool(word)


def test_a_machine_without_glibc_takes_what_wants_none() -> None:
    windows = replace(HERE, platform="win_amd64", glibc="")
    assert misfit(replace(RELEASE, platform="win_amd64", glibc=""), windows) == ""


def test_the_centre_takes_what_it_understands_and_what_understands_it() -> None:
    assert centre_misfit(RELEASE, 9, 9) == ""
    assert "太旧" in centre_misfit(RELEASE, 10, 10)
    assert "先升级中心" in centre_misfit(replace(RELEASE, client=10, oldest=10), 9, 9)


def test_chosen_windows_first_the_rest_from_their_day_and_nobody_unconfirmed_or_paused() -> None:
    plan = Plan(version="0.2.0", first=frozenset({2}), rest_from=date(2026, 9, 10), confirmed=True)
    before, after = date(2026, 9, 9), date(2026, 9, 10)
    assert [newest_for([plan], window, before, "0.1.0") for window in (2, 3)] == ["0.2.0", ""]
    assert [newest_for([plan], window, after, "0.1.0") for window in (2, 3)] == ["0.2.0", "0.2.0"]
    for stopped in (replace(plan, confirmed=False), replace(plan, paused=True)):
        assert newest_for([stopped], 2, after, "0.1.0") == ""
    assert newest_for([replace(plan, rest_from=None)], 3, after, "0.1.0") == ""
    assert newest_for([plan], 2, after, "0.2.0") == ""
    assert (
        newest_for([plan, replace(plan, version="0.10.0"), replace(plan, version="0.9.0")], 2, after, "0.1.0")
        == "0.10.0"
    )


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(8, 44), False), (at(8, 45), True), (at(9), True), (at(12, 30), True), (at(16, 59), True), (at(17), False),
        (at(11, day=12), False),
    ],
)  # fmt: skip
def test_the_door_is_open_from_a_little_before_the_first_hour_to_the_end_of_the_last(
    moment: datetime, is_open: bool
) -> None:
    assert door_open(moment, SPANS, workday) is is_open
    assert bool(not_now(moment, SPANS, workday, seated=False, sure=True)) is is_open
    assert next_quiet(moment, SPANS, workday) == (at(17) if is_open else moment)


def test_nothing_is_taken_over_somebodys_head_or_at_an_unknown_hour() -> None:
    assert "登录" in not_now(at(20), SPANS, workday, seated=True, sure=True)
    assert "几点" in not_now(at(20), SPANS, workday, seated=False, sure=False)
    assert not_now(at(20), SPANS, workday, seated=False, sure=True) == ""


def test_one_goes_back_only_where_nothing_that_was_made_is_lost() -> None:
    same = Behind(previous="0.1.0", unsent=9, blobs=9, papers=9, typed=9)
    assert no_way_back(same) == ""
    assert "没有换过" in no_way_back(Behind())
    assert "不在这台" in no_way_back(replace(same, there=False))
    changed = Behind(previous="0.1.0", schema_changed=True, copy=True)
    assert no_way_back(changed) == ""
    assert "那份数据不在" in no_way_back(replace(changed, copy=False))
    for name, word in (("unsent", "3 条"), ("blobs", "3 份附件"), ("papers", "3 张票"), ("typed", "3 处")):
        said = no_way_back(replace(changed, **{name: 3}))
        assert word in said
        assert "一条没动" in said

"""找件 whatever is typed of a case is read, and what it is written down under meets it; pure, both ends use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.cases import pinyin
from clerk_app.cases.catalogue import Item, Limit
from clerk_app.cases.finding import CaseLine, Wanted, folded, in_order, parse, place_of, same_words, status_of, words_of
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.store.columns import HALL_ZONE

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 5, tzinfo=HALL_ZONE)
CASE = Case(
    id="c1", ticket="t1", item="FOOD", item_name="食品经营许可证核发", hall_version="v", department="D", materials=(),
    applicant=Applicant(name="卢桂珍", id_number="430121199003070427", phone="13800000421"), state="received",
    received_at=AT, window=4, handler="P203", acting_for="P105", query_code="7K3M-Q9X2",
)  # fmt: skip
FOOD = Item(
    code="FOOD", name="食品经营许可证核发", short="食品经营", kind="promised", department="D", windows=(4,), letters=("A",),
    materials=(), promised=Limit(n=5), statutory=Limit(n=20),
)  # fmt: skip
names = st.text(
    st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.sampled_from("单解仇龘𰻝AbＣ·（）")),
    min_size=1,
    max_size=24,
)


def hashed(number: str) -> str:
    return f"h{len(number)}"


def meets(wanted: Wanted, case: Case) -> bool:
    """As both ends ask their index: every word by one of its meanings."""
    written = set(words_of(case, hashed))
    return bool(wanted.words) and all(any(set(one) <= written for one in word.written) for word in wanted.words)


@given(names, st.data())
@settings(max_examples=40, deadline=None)
def test_any_part_of_a_name_from_one_character_on_is_found(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    typed, case = name[start:end], replace(CASE, applicant=Applicant(name=name))
    if folded(typed):
        assert meets(parse(typed, {}, TODAY), case)
    else:
        assert parse(typed, {}, TODAY).words == ()


@given(names)
@settings(max_examples=30, deadline=None)
def test_initials_of_any_name_are_found(name):
    said = pinyin.initials(folded(name))
    case = replace(CASE, applicant=Applicant(name=name))
    if len(said) >= 2 and said.isascii() and said.isalpha():
        assert meets(parse(said, {}, TODAY), case)
        assert meets(parse(said[:2], {}, TODAY), case)


@pytest.mark.parametrize(("name", "typed"), [
    ("单雄信", "sxx"), ("单雄信", "dxx"), ("解晓东", "xxd"), ("仇英", "qy"), ("曾国藩", "zgf"), ("尉迟恭", "ycg"), ("万俟咏", "mqy"),
    ("卢子珍", "luzz"), ("单雄信", "shanxx"), ("卢桂珍", "luguizhen"), ("卢桂珍", "lug"), ("江州听雨轩", "tyx"),
])  # fmt: skip
def test_people_are_found_as_they_are_called(name, typed):
    assert meets(parse(typed, {}, TODAY), replace(CASE, applicant=Applicant(name=name)))


@pytest.mark.parametrize("typed", ["珍桂", "王", "lgx", "xgz", "13800000421", "卢 王"])
def test_what_is_not_so_is_not_found(typed):
    assert not meets(parse(typed, {"FOOD": FOOD}, TODAY), CASE)


@pytest.mark.parametrize(
    "typed", ["食品", "食品经营许可证核发", "spjy", "SPJY", "经营 卢", "７ｋ３ｍ", "7K3M-Q9X2", "Q9X2"]
)
def test_by_item_and_query_code(typed):
    assert meets(parse(typed, {"FOOD": FOOD}, TODAY), CASE)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("JZ20261120-00417", {"case_no": "JZ20261120-00417"}),
        ("jz2026112000417", {"case_no": "JZ20261120-00417"}),
        ("00417", {"serial": 417}),
        ("b017", {"ticket": "B017"}),
        ("430121199003070427", {"person": "430121199003070427"}),
        ("待授权", {"states": ("to_authorise",)}),
        ("办结", {"states": ("sealed", "delivered", "archived")}),
    ],
)
def test_numbers_and_states_are_read(typed, meaning):
    (word,) = parse(typed, {}, TODAY).words
    assert {name: getattr(word, name) for name in meaning} == meaning


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("今天", TODAY, TODAY),
        ("明天", TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        ("12月4日", date(2026, 12, 4), date(2026, 12, 4)),
        ("12-4", date(2026, 12, 4), date(2026, 12, 4)),
        ("2027-01-04", date(2027, 1, 4), date(2027, 1, 4)),
        ("超期", None, TODAY - timedelta(days=1)),
    ],
)
def test_days_are_read(typed, start, end):
    (word,) = parse(typed, {}, TODAY).words
    assert word.due is not None
    assert (word.due.start, word.due.end) == (start, end)


def test_a_day_that_is_none_is_only_text():
    assert parse("13-45", {}, TODAY).words[0].due is None


def test_signs_ask_for_nothing_and_long_text_is_cut():
    assert parse(" “”（） - ", {}, TODAY).words == ()
    assert len(parse("卢 " * 400, {}, TODAY).words) == 4


def test_the_number_of_a_person_is_never_written_down():
    words = words_of(CASE, hashed)
    assert "h18" in words
    assert not any("430121" in word or "0427" in word or "138" in word for word in words)


def test_a_move_changes_no_word():
    assert same_words(CASE, replace(CASE, state="review", case_no="X", serial=3))
    assert not same_words(CASE, replace(CASE, applicant=replace(CASE.applicant, name="卢贵珍")))


def test_later_receipts_stand_later():
    assert place_of(CASE) < place_of(replace(CASE, received_at=AT + timedelta(milliseconds=1)))
    assert place_of(CASE) != place_of(replace(CASE, id="c2"))
    assert place_of(CASE) < 1 << 63


def line(key: str, state: str, due: date | None = None, hours: int = 0) -> CaseLine:
    return CaseLine(
        id=key, number="", applicant="", item="", item_name="", department="", state=state, query_code="",
        received_at=AT - timedelta(hours=hours), window=4, handler="", acting_for=None, due_on=due,
    )  # fmt: skip


def test_the_order_of_lists():
    lines = [
        line("done-old", "archived", hours=9), line("done", "delivered", hours=1), line("stopped", "suspended", TODAY),
        line("waits", "correction", TODAY + timedelta(days=9)), line("later", "review", TODAY + timedelta(days=4)),
        line("late", "to_authorise", TODAY - timedelta(days=1)), line("today", "review", TODAY), line("no-date", "review"),
    ]  # fmt: skip
    order = [one.id for one in in_order(lines)]
    assert order == ["late", "today", "later", "stopped", "waits", "no-date", "done", "done-old"]


def test_a_status_line_tells_how_it_stands_and_whom_to_ask():
    case = replace(CASE, case_no="JZ1", state="review", due_on=TODAY, due=DueDates(promised=TODAY, statutory=TODAY))
    said = status_of(case, FOOD, lambda person, acting_for: f"{person} 代 {acting_for}")
    assert (said.number, said.state, said.due, said.window) == ("JZ1", "审查中", TODAY, 4)
    assert said.ask == "P203 代 P105"
    assert "卢" not in str(said)

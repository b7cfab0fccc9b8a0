from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.wrapping import clean, columns, wrap


def test_columns_follow_the_printers_encoding_over_the_whole_plane():
    for code in range(0x20, 0x10000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        char = chr(code)
        assert columns(char) == (1 if len(char.encode("gb18030")) == 1 else 2), hex(code)


def test_quotes_and_dashes_are_two_columns_wide():
    assert columns("“一网通办”") == 12
    assert columns("—…·×") == 8


@pytest.mark.parametrize("width", range(8, 49))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width):
    text = "本人（法定代表人）已阅读《告知承诺书》，知悉“一网通办”要求；同意按￥1,250.00元缴费。" * 3
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert all(columns(line) <= width for line in lines)
    assert not [line for line in lines if line[0] in "，。、；：！？）》”元" or line[-1] in "（《“￥"]


WHOLE = "2026年11月21日 12月4日 ￥1,250.00 440105-SPZX-0017 2026-11-21 12345"


@pytest.mark.parametrize("whole", WHOLE.split())
def test_numbers_and_dates_stay_whole_where_they_fit_a_line(whole):
    for lead in range(0, 20):
        lines = wrap("字" * lead + whole + "以前办结", 24)
        assert any(whole in line for line in lines), lines


def test_a_run_longer_than_the_paper_is_torn_and_nothing_is_lost():
    number = "GD4401052026112100000000000000000000000000017"
    lines = wrap("编号" + number, 32)
    assert "".join(lines) == "编号" + number
    assert all(columns(line) <= 32 for line in lines)


def test_a_long_number_is_torn_after_a_separator_when_one_is_near():
    assert wrap("440105-SPZX-20261121-000017", 22) == ["440105-SPZX-20261121-", "000017"]


def test_paragraphs_and_empty_lines_are_kept():
    assert wrap("一\n\n二", 8) == ["一", "", "二"]
    assert wrap("", 8) == [""]


@pytest.mark.parametrize(
    ("dirty", "kept"),
    [
        ("¥5", "￥5"),
        ("a\x1b@\x10\x04\x01b", "a@b"),
        ("张\u200b三\ufeff", "张三"),
        ("葛\U000e0100", "葛"),
        ("坏\ud800字", "坏□字"),
        ("一\u2028二", "一\n二"),
        ("a\u00a0b\tc", "a b c"),
        ("\x7f", ""),
    ],
)
def test_only_printable_text_reaches_the_paper(dirty, kept):
    assert clean(dirty) == kept


CLOSING = "，。、；：！？）》」』】〕〉”’％…—～·,.;:!?)]}%℃°元"
OPENING = "（《「『【〔〈“‘￥([{$№第"
UNIT = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "（", "《", "“"]),
        st.sampled_from("国人民办件"),
        st.lists(st.sampled_from("，。、；：！？）》」』】”’％元"), max_size=2).map("".join),
        st.sampled_from(["", "", " "]),
    ),
)
"""A character with its marks: at most eight columns, so that it fits every line whole."""


@settings(max_examples=400, deadline=None)
@given(st.lists(UNIT, max_size=60).map("".join), st.integers(10, 48))
def test_no_line_of_any_sentence_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, width):
    assert not [line for line in wrap(text, width) if line and (line[0] in CLOSING or line[-1] in OPENING)]


@pytest.mark.parametrize("text", ["字字字字 ，字", "字字字字 元", "字字字（ 字）字"])
def test_a_space_does_not_bare_a_mark(text):
    assert not [line for line in wrap(text, 8) if line[0] in CLOSING or line[-1] in OPENING]


@settings(max_examples=200, deadline=None)
@given(st.text(), st.integers(4, 48))
def test_wrapping_loses_only_spaces_at_the_edge(text, width):
    text = clean(text)
    lines = wrap(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())

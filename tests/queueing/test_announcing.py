"""呼叫: how a call is read in Mandarin, by a table; every word that may be said has a piece."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.queueing.announcing import Reading, announce, number_words, read_reading, ticket_words
from clerk_app.queueing.model import ticket_number
from resources import path

SENTENCE = "请{ticket}号到{window}号窗口"


def document() -> dict[str, Any]:
    return json.loads(path("voice", "reading.json").read_text(encoding="utf-8"))


READING: Reading = read_reading(document())


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("A001", "A 零 零 幺"),
        ("B017", "B 零 幺 七"),
        ("A111", "A 幺 幺 幺"),
        ("H120", "H 幺 二 零"),
        ("C999", "C 九 九 九"),
        ("VA012", "优先 A 零 幺 二"),
        ("YB019", "预约 B 零 幺 九"),
        ("V012", "V 零 幺 二"),
        ("Y100", "Y 幺 零 零"),
        ("A1024", "A 幺 零 二 四"),
        ("K801", "K 八 零 幺"),
    ],
)
def test_a_ticket_is_read_digit_by_digit_with_its_flag_in_words(number: str, read: str) -> None:
    assert " ".join(ticket_words(number, READING)) == read


@pytest.mark.parametrize(
    ("window", "read"),
    [
        (1, "一"),
        (2, "二"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (117, "一百一十七"),
        (250, "二百五十"),
        (0, "零"),
        (1001, "幺零零幺"),
    ],
)
def test_a_window_is_read_as_a_number(window: int, read: str) -> None:
    assert "".join(number_words(window, READING)) == read


def test_the_sentence_as_shown_as_spoken_and_in_pieces() -> None:
    call = announce(SENTENCE, "VA012", 12, READING)
    assert call.text == "请VA012号到12号窗口"
    assert call.spoken == "请 优先 A 零幺二 号到 十二 号窗口"
    assert call.groups == (
        ("请",),
        ("优先", "A", "零", "幺", "二"),
        ("号",),
        ("到",),
        ("十", "二"),
        ("号窗口",),
    )
    assert call.unread == ()


def test_a_hall_with_words_of_its_own_has_them_read_where_there_are_pieces() -> None:
    call = announce("请注意，请{ticket}号顾客前往{window}号柜台办理业务。", "B017", 3, READING)
    assert "".join(piece for group in call.groups for piece in group) == "请注意请B零幺七号顾客前往三号柜台办理业务"
    assert call.unread == ()


def test_words_without_a_piece_give_way_to_the_standard_sentence() -> None:
    call = announce("有请{ticket}贵宾到{window}号窗口", "B017", 3, READING)
    assert call.unread == ("有请", "贵宾到")
    assert call.text == "有请B017贵宾到3号窗口", "who reads and who speaks by itself still says the hall's own words"
    assert call.groups == announce(SENTENCE, "B017", 3, READING).groups


@given(
    st.sampled_from(["", "V", "Y"]),
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    st.integers(1, 9999),
    st.integers(0, 5000),
)
def test_every_number_of_every_window_has_all_its_pieces(flag: str, letter: str, serial: int, window: int) -> None:
    number = flag + ticket_number(letter, serial)
    call = announce(SENTENCE, number, window, READING)
    said = [piece for group in call.groups for piece in group]
    assert set(said) <= set(READING.files)
    assert said[1 : 1 + len(number)] == list(ticket_words(number, READING)), "one word for every sign"


@given(st.integers(0, 998))
def test_no_two_windows_are_read_alike(window: int) -> None:
    assert number_words(window, READING) != number_words(window + 1, READING)


def test_a_reading_that_names_words_without_pieces_is_refused() -> None:
    short = document()
    del short["pieces"]["幺"]
    with pytest.raises(ValueError, match="幺"):
        read_reading(short)


def test_the_standard_sentence_can_always_be_said() -> None:
    assert announce(READING.standard, "A001", 1, READING).unread == ()
    other = replace(READING, standard="请{ticket}号到{window}窗口")
    assert announce("贵宾{ticket}", "A001", 1, other).groups[-1] == ("窗口",)

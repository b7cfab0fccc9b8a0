"""号票码: what the issuing machine wrote is read whole at any other; forged, changed, cut off or of another machine it is not."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.outside.keys import PasswordLocksmith, SigningKey
from clerk_app.queueing.ticket_code import (
    LONGEST,
    MARK,
    TicketCode,
    UnreadableTicketCode,
    is_ticket_code,
    read,
    vouched_by,
    write,
)
from clerk_app.sealing.paper_code import UnreadableCode, read_paper_code

ZONE = timezone(timedelta(hours=8))
KEY, OTHER = SigningKey(bytes(range(32))), SigningKey(bytes([9]) * 32)
GENUINE = PasswordLocksmith().genuine
ITEM = "11429900MBX002022C4000131001001"
CODE = TicketCode(
    id="01934567-89ab-7cde-8f01-23456789abcd", day=date(2026, 11, 20), number="VA012", letter="A", serial=12,
    taken_at=datetime(2026, 11, 20, 10, 42, 7, tzinfo=ZONE), fallback=4, item=ITEM, reserve=True,
    device="01934567-89ab-7cde-8f01-0123456789ab",
)  # fmt: skip
TEXT = write(CODE, KEY.sign)
codes = st.builds(
    TicketCode,
    id=st.uuids().map(str) | st.text(min_size=1, max_size=20),
    day=st.dates(),
    number=st.from_regex(r"\A[VY]?[A-Z][0-9]{3,5}\Z"),
    letter=st.from_regex(r"\A[A-Z]{1,4}\Z"),
    serial=st.integers(0, 1 << 31),
    taken_at=st.datetimes(
        datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(ZONE)  # noqa: DTZ001 (hypothesis wants them so)
    ).map(lambda at: at.replace(microsecond=0)),
    fallback=st.integers(0, 999),
    item=st.sampled_from(("", ITEM)),
    reserve=st.booleans(),
    device=st.uuids().map(str),
    carried=st.booleans(),
)  # fmt: skip


@given(codes)
def test_what_is_written_is_read(code):
    text = write(code, KEY.sign)
    found = read(text)
    assert found.code == code
    assert vouched_by(found, KEY.public, GENUINE)
    assert not vouched_by(found, OTHER.public, GENUINE), "another machine did not sign it"
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567Q1")


@pytest.mark.parametrize(
    "around",
    [
        "https://cx.example.gov.cn/t/abcdefghijklmnopqrstuvwxyz#{}",
        "ticket:01934567#{}",
        " {}\n",
        "HTTPS：//X／t／y＃{}",
    ],
)
def test_alone_or_behind_an_address_and_through_any_input_method(around):
    text = around.format(TEXT)
    assert is_ticket_code(text)
    assert read(text).code == CODE
    assert read(text.lower()).code == CODE


def test_it_says_nothing_a_slip_does_not():
    raw = base64.b32decode(TEXT.removeprefix(MARK) + "=" * (-len(TEXT.removeprefix(MARK)) % 8))
    said = raw[64:].replace(ITEM.encode(), b"").replace(b"VA012", b"")
    assert len(TEXT) <= 260, "it must fit a slip 58 mm wide"
    assert len(said) < 70


@given(st.integers(0, len(TEXT) - 1))
def test_cut_off_it_is_not_read(length):
    with pytest.raises(UnreadableTicketCode):
        read(TEXT[:length])


@given(st.integers(len(MARK), len(TEXT) - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_changed_sign_makes_it_false(place, sign):
    changed = TEXT[:place] + sign + TEXT[place + 1 :]
    if changed == TEXT:
        return
    try:
        found = read(changed)
    except UnreadableTicketCode:
        return
    assert not vouched_by(found, KEY.public, GENUINE)


@given(st.text(max_size=300) | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=300).map(MARK.__add__))
def test_anything_else_is_one_sentence(text):
    if not is_ticket_code(text):
        with pytest.raises(UnreadableTicketCode, match="再扫一次"):
            read(text)
        return
    try:
        found = read(text)
    except UnreadableTicketCode:
        return
    assert not vouched_by(found, KEY.public, GENUINE)


def test_the_signature_of_one_ticket_does_not_fit_another():
    other = write(replace(CODE, number="VA013", serial=13), KEY.sign)
    mixed = MARK + base64.b32encode(_raw(TEXT)[:64] + _raw(other)[64:]).decode().rstrip("=")
    assert read(mixed).code.number == "VA013"
    assert not vouched_by(read(mixed), KEY.public, GENUINE)


def test_nor_is_a_paper_a_ticket_or_a_ticket_a_paper():
    with pytest.raises(UnreadableCode):
        read_paper_code(TEXT)
    with pytest.raises(UnreadableCode):
        read_paper_code("PC1" + TEXT.removeprefix(MARK))


def test_the_longest_line_is_bounded():
    with pytest.raises(UnreadableTicketCode):
        read(MARK + "A" * LONGEST)
    assert not is_ticket_code("x" * 10 * LONGEST)


@pytest.mark.parametrize(
    "missing",
    [
        {"id": ""},
        {"device": ""},
        {"number": ""},
        {"letter": ""},
        {"taken_at": datetime(2026, 11, 20)},  # noqa: DTZ001 (what is wrong with it)
        {"item": "x" * 41},
    ],
)
def test_a_code_without_what_it_must_say_is_not_written(missing):
    with pytest.raises(ValueError, match="ticket code"):
        write(replace(CODE, **missing), KEY.sign)


def test_packed_another_way_it_is_not_read():
    """One text for one ticket: no second spelling of the same fields passes for another paper."""
    body = _raw(TEXT)[64:]
    assert body[0] == 0x9B
    longer = b"\xdc\x00\x0b" + body[1:]
    with pytest.raises(UnreadableTicketCode):
        read(MARK + base64.b32encode(_raw(TEXT)[:64] + longer).decode().rstrip("="))


def _raw(text: str) -> bytes:
    coded = text.removeprefix(MARK)
    return base64.b32decode(coded + "=" * (-len(coded) % 8))

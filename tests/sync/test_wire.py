"""The wire: one command is one string of bytes, at both ends and for ever."""

from __future__ import annotations

import collections.abc
import dataclasses
import json
import types
import typing
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.canonical import canonical, sm3
from clerk_app.cases.usecases import AcceptCase
from clerk_app.office.register import build_register
from clerk_app.queueing.usecases import CallTicket
from clerk_app.sync.wire import GENESIS, Codec, Envelope, UnreadableCommand, body_of, read_envelope

register = build_register()
codec = Codec(register)
AT = datetime(2026, 11, 20, 10, 30, 0, 1000, tzinfo=timezone(timedelta(hours=8)))
CALL = CallTicket(
    id="018f",
    at=AT,
    actor="P203",
    post="A1",
    window=2,
    basis="a_role:A1",
    hall_version="v1",
    ticket="t-1",
    needs=("018e",),
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
plain: dict[object, st.SearchStrategy] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    datetime: st.datetimes(timezones=zones, allow_imaginary=False),
    date: st.dates(),
    typing.Any: st.one_of(st.none(), texts, st.booleans(), st.lists(texts, max_size=3)),
    dict[str, typing.Any]: st.dictionaries(
        texts, st.one_of(texts, st.booleans(), st.lists(texts, max_size=3)), max_size=4
    ),
}


def anything(kind: object) -> st.SearchStrategy:
    """Values of a field's type, down through nested frozen values."""
    origin, words = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*[st.none() if w is type(None) else anything(w) for w in words])
    if origin is tuple and words[-1] is Ellipsis:
        return st.lists(anything(words[0]), max_size=4).map(tuple)
    if origin is tuple:
        return st.tuples(*[anything(word) for word in words])
    if origin is typing.Literal:
        return st.sampled_from(words)
    if origin in (dict, collections.abc.Mapping):
        values = words[1]
        free = plain[dict[str, typing.Any]]
        return free if values is typing.Any else st.dictionaries(texts, anything(values), max_size=3)
    return plain[kind] if kind in plain else commands(kind)  # type: ignore[index]


def commands(cls: type) -> st.SearchStrategy:
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{f.name: anything(hints[f.name]) for f in dataclasses.fields(cls)})


@pytest.mark.parametrize("kind", sorted(register))
def test_every_registered_command_comes_back_equal(kind):
    # Fields of a hundred and seventy commands are of some twenty types: each type comes up a thousand times as it is.
    @given(commands(register[kind].command))
    @settings(max_examples=10)
    def check(command):
        body = body_of(command)
        data = canonical(body)
        again = json.loads(data)
        assert codec.command(again) == command
        assert canonical(again) == data
        assert body["kind"] == kind
        assert all(":" in subject for subject in command.subjects)

    check()


def test_every_kind_stands_once_and_under_its_own_name():
    assert {kind: use_case.command.kind for kind, use_case in register.items()} == {kind: kind for kind in register}
    assert all(use_case.action for use_case in register.values())


def test_canonical_is_rfc_8785():
    value = {"b": [True, None, 10], "a": "窗口\n\u0007€", "é": 1, "z": {"y": 1, "x": '\\"'}, "A": "/"}
    text = '{"A":"/","a":"窗口\\n\\u0007€","b":[true,null,10],"z":{"x":"\\\\\\"","y":1},"é":1}'
    assert canonical(value) == text.encode()
    assert canonical(json.loads(text)) == text.encode()


@given(st.dictionaries(texts, texts | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(), max_size=6))
def test_canonical_does_not_depend_on_order(value):
    backwards = dict(reversed(list(value.items())))
    assert canonical(value) == canonical(backwards)
    assert json.loads(canonical(value)) == value


def test_the_bytes_of_a_known_command_never_change():
    """Kept journals must stay verifiable: a change here needs a new schema number, not a new expectation."""
    envelope = Envelope(
        device="d", incarnation=1, device_seq=7, id=CALL.id, schema=1, prev_hash=GENESIS, body=body_of(CALL)
    )
    assert (
        envelope.bytes()
        == (
            '{"body":{"acting_for":null,"actor":"P203","at":"2026-11-20T10:30:00.001000+08:00","basis":"a_role:A1",'
            '"hall_version":"v1","id":"018f","kind":"call_ticket","needs":["018e"],"post":"A1","schema":1,"ticket":"t-1","window":2},'
            '"device":"d","device_seq":7,"id":"018f","incarnation":1,"prev_hash":"' + "0" * 64 + '","schema":1}'
        ).encode()
    )
    assert sm3(envelope.bytes()) == "921924a4d61795838995ee74c4fe905ad4cc06c18620ffeeee77fc1bbaa98278"
    assert read_envelope(envelope.bytes()).bytes() == envelope.bytes()


def test_sm3_is_the_standards():
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@given(st.integers(0, 400), st.integers(1, 255))
def test_any_other_byte_gives_another_hash(place, flip):
    data = canonical(body_of(CALL))
    place %= len(data)
    changed = data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
    assert sm3(changed) != sm3(data)


good = body_of(CALL)


@pytest.mark.parametrize(
    "body",
    [
        {**good, "kind": "unknown_kind"},
        {**good, "kind": None},
        {**good, "schema": 2},
        {**good, "schema": "1"},
        {k: v for k, v in good.items() if k != "schema"},
        {k: v for k, v in good.items() if k != "ticket"},
        {**good, "ticket": 5},
        {**good, "at": "今天"},
        {**good, "window": "2"},
        {**good, "needs": "018e"},
        {},
    ],
)
def test_a_body_of_another_shape_is_unreadable(body):
    with pytest.raises(UnreadableCommand):
        codec.command(body)


def test_a_nested_value_of_another_shape_is_unreadable():
    body = {
        **good,
        "kind": AcceptCase.kind,
        "case": "c",
        "block": "b",
        "serial": 1,
        "case_no": "JZ",
        "due": {"promised": "x"},
    }
    with pytest.raises(UnreadableCommand):
        codec.command(body)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"null", b"[]", b"{}", b"\xff\xfe", "你好".encode("gbk"), b"[" * 100_000, b'{"device":1}',
        b'{"body":{},"device":"d","device_seq":"1","id":"i","incarnation":1,"prev_hash":"","schema":1}',
        b'{"body":[],"device":"d","device_seq":1,"id":"i","incarnation":1,"prev_hash":"","schema":1}',
    ],
    ids=range(10),
)  # fmt: skip
def test_bytes_that_are_no_envelope_are_unreadable(data):
    with pytest.raises(UnreadableCommand):
        read_envelope(data)

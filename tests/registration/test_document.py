"""One place read and changed; typing and showing are exact opposites; what no database can keep is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.registration.document import add_row, get, pointer, put, remove_row, rows_at, storable
from clerk_app.registration.entry import clean, text_of, value_of
from clerk_app.registration.form import Field
from tests.registration.test_form import EXAMPLE, FORM

typed = st.text(max_size=40)
one_of_each = {field.type: field for field in FORM.fields}


@given(st.sampled_from(FORM.fields), typed)
def test_what_is_typed_is_shown_as_typed(field: Field, text: str) -> None:
    value = value_of(field, text)
    assert text_of(field, value) == clean(text)
    assert storable(value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("whole", "6", 6),
        ("whole", "06", "06"),
        ("whole", "六", "六"),
        ("whole", "12345678901", "12345678901"),
        ("money", "100.00", "100.00"),
        ("words", "软件开发；咨询", ["软件开发", "咨询"]),
        ("words", "", []),
        ("text", "", None),
        ("text", " 岚 ", " 岚 "),
        ("code", "a\x00b\ud800", "ab"),
    ],
)
def test_what_is_kept(kind: str, text: str, value: object) -> None:
    assert value_of(one_of_each[kind], text) == value


@given(st.sampled_from(FORM.fields), typed)
def test_a_change_is_read_back_and_touches_nothing_else(field: Field, text: str) -> None:
    for at in rows_at(EXAMPLE, field.repeat):
        place = pointer(field.id, at)
        changed = put(EXAMPLE, place, text)
        assert get(changed, place) == text
        assert put(changed, place, get(EXAMPLE, place)) == EXAMPLE or get(EXAMPLE, place) is None


def test_rows_come_and_go() -> None:
    more = add_row(EXAMPLE, "/persons", {"key": "p4"})
    assert get(more, "/persons/3/key") == "p4"
    assert remove_row(more, "/persons", 3) == EXAMPLE
    assert list(rows_at(EXAMPLE, "shareholders[].contributions")) == [(0, 0), (1, 0)]
    assert get(EXAMPLE, "/persons/9/name") is None
    assert get(EXAMPLE, "/company/name/x") is None


def deep(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = {"in": value}
    return value


@pytest.mark.parametrize("value", [EXAMPLE, {}, deep(12), {"a": [1, 1.5, True, None]}])
def test_what_both_databases_keep(value: object) -> None:
    assert storable(value)


@pytest.mark.parametrize(
    "value",
    [{"a": "\x00"}, {"\x00": 1}, {"a": "\ud800"}, deep(13), {"a": float("nan")}, {"a": float("inf")}, {"a": 1 << 53},
        {"a": "岚" * 150_001},
     {"a": b"x"}],
)  # fmt: skip
def test_what_they_do_not(value: object) -> None:
    assert not storable(value)

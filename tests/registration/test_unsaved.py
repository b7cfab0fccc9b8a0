"""What was typed and not saved: place by place, taken up only where the books still say what they said."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.registration.document import get, put, remove_row
from clerk_app.registration.row_keys import with_row_keys
from clerk_app.registration.unsaved import taken_up, typed_places
from tests.registration.test_form import EXAMPLE, FORM

KEYED = with_row_keys(FORM, EXAMPLE)
PLACES = ("/company/trade_name", "/persons/1/name", "/shareholders/0/contributions/0/amount", "/agent/permissions")


def test_nothing_typed_is_nothing_left() -> None:
    assert typed_places(KEYED, KEYED) == ()
    assert typed_places(KEYED, copy.deepcopy(KEYED)) == ()


def test_a_field_is_one_place_and_a_row_gone_is_the_list() -> None:
    one = put(KEYED, "/persons/1/name", "鲍栎")
    assert [(p.pointer, p.value, p.before) for p in typed_places(KEYED, one)] == [("/persons/1/name", "鲍栎", "鲍栎舟")]
    gone = remove_row(KEYED, "/persons", 1)
    assert [p.pointer for p in typed_places(KEYED, gone)] == ["/persons"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.text(max_size=4)), max_size=6), st.booleans())
def test_what_was_left_gives_back_what_was_typed(edits: list[tuple[str, str]], cut: bool) -> None:
    typed: dict[str, Any] = KEYED
    for place, text in edits:
        typed = put(typed, place, text)
    if cut:
        typed = remove_row(typed, "/shareholders", 0)
    up = taken_up(KEYED, typed_places(KEYED, typed))
    assert up.document == typed
    assert up.others == 0
    assert (up.places == 0) == (typed == KEYED)


def test_what_another_window_changed_meanwhile_is_not_overwritten() -> None:
    left = typed_places(KEYED, put(put(KEYED, "/company/trade_name", "岚"), "/company/phone", "1"))
    theirs = put(KEYED, "/company/trade_name", "他们的")
    up = taken_up(theirs, left)
    assert (up.places, up.others) == (1, 1)
    assert get(up.document, "/company/trade_name") == "他们的"
    assert get(up.document, "/company/phone") == "1"


def test_what_is_in_the_books_already_is_not_counted() -> None:
    typed = put(KEYED, "/company/trade_name", "岚")
    up = taken_up(typed, typed_places(KEYED, typed))
    assert (up.places, up.others, up.document) == (0, 0, typed)


def test_a_key_no_pointer_can_name_is_left_out_and_does_not_raise() -> None:
    odd = {**KEYED, "a/b": {"x": 1}, "12": 3}
    assert typed_places(KEYED, odd) == ()
    inside = {**KEYED, "company": {**KEYED["company"], "a/b": 1}}
    (place,) = typed_places(KEYED, inside)
    assert place.pointer == "/company"
    assert taken_up(KEYED, (place,)).document == inside

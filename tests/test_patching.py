"""Field edits as patches: exact, compared place by place, and RFC 7396 and 6901 to the letter."""

from __future__ import annotations

import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clerk_app.patching import (
    Clash,
    Patch,
    apply,
    clashes,
    diff,
    keyed,
    keys_of,
    merge_patch,
    plain,
    pointer_of,
    reach,
    same,
)

# RFC 7396, appendix A: original, patch, result.
EXAMPLES = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]


@pytest.mark.parametrize(("original", "patch", "result"), EXAMPLES)
def test_the_examples_of_rfc_7396(original, patch, result):
    before = copy.deepcopy((original, patch))
    assert merge_patch(original, patch) == result
    assert (original, patch) == before, "nothing is changed in place"


# RFC 6901, section 5.
@pytest.mark.parametrize(
    ("pointer", "keys"),
    [("", ()), ("/foo", ("foo",)), ("/foo/0", ("foo", "0")), ("/", ("",)), ("/a~1b", ("a/b",)), ("/m~0n", ("m~n",)),
     ("/c%d", ("c%d",)), ("/ ", (" ",)), ("/~01", ("~1",))],
)  # fmt: skip
def test_the_pointers_of_rfc_6901(pointer, keys):
    assert keys_of(pointer) == keys
    assert pointer_of(keys) == pointer


def test_no_pointer_without_a_slash():
    with pytest.raises(ValueError, match="foo"):
        keys_of("foo")


words = st.sampled_from(["a", "b", "key", "#", "#keys", "#rows", "#null", "##", "a/b", "~"])
leaves = st.none() | st.booleans() | st.integers(-3, 3) | words | st.floats(-2, 2)
rows = st.lists(
    st.builds(lambda key, more: {**more, "key": key}, words, st.dictionaries(words, leaves, max_size=2)), max_size=3
)
values = st.recursive(
    leaves | rows, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4), max_leaves=10
)
documents = st.dictionaries(words, values, max_size=5)


@given(values)
def test_the_keyed_form_says_the_same(value):
    assert same(plain(keyed(value)), value)


@given(documents, documents)
def test_a_patch_leads_from_one_to_the_other(one, other):
    patch = diff(one, other)
    assert same(apply(patch, one), other)
    assert reach(patch)
    assert bool(patch.touched) == (not same(one, other))


@given(documents, documents)
def test_nothing_changed_meanwhile_is_no_conflict(one, other):
    patch = diff(one, other)
    assert clashes(patch, one) == ()
    assert clashes(patch, other) == (), "the same change by both is one change"


@given(documents, documents, documents)
def test_who_comes_second_does_not_matter(base, one, other):
    mine, theirs = diff(base, one), diff(base, other)
    here, there = clashes(mine, other), clashes(theirs, one)
    assert bool(here) == bool(there)
    if not here:
        assert same(apply(mine, other), apply(theirs, one)), "and both orders end in the same document"


@given(documents, documents, documents)
def test_a_conflict_loses_neither_value(base, one, other):
    found = clashes(diff(base, one), other)
    assume(found)
    for clash in found:
        assert not same(clash.mine, clash.theirs) or clash.mine is None


def test_other_fields_of_one_person_go_together_and_the_same_field_does_not():
    base = {
        "persons": [{"key": "p1", "name": "卢桂珍", "phone": None}, {"key": "p2", "name": "孟"}],
        "company": {"name": ""},
    }
    mine = {**base, "persons": [{"key": "p1", "name": "卢桂贞", "phone": None}, {"key": "p2", "name": "孟"}]}
    phone = {**base, "persons": [{"key": "p1", "name": "卢桂珍", "phone": "138"}, {"key": "p2", "name": "孟"}]}
    patch = diff(base, mine)
    assert patch.touched == {"/persons/#rows/p1/name": "卢桂珍"}
    assert clashes(patch, phone) == ()
    assert apply(patch, phone)["persons"][0] == {"key": "p1", "name": "卢桂贞", "phone": "138"}
    other = {**base, "persons": [{"key": "p1", "name": "陆桂珍", "phone": None}, {"key": "p2", "name": "孟"}]}
    assert clashes(patch, other) == (Clash("/persons/#rows/p1/name", "卢桂珍", "卢桂贞", "陆桂珍"),)
    gone = {**base, "persons": [{"key": "p2", "name": "孟"}]}
    assert [clash.theirs for clash in clashes(patch, gone)] == [None], "a person taken away is not written back unseen"


def test_rows_without_keys_are_one_value():
    base = {"shareholders": [{"amount": 1}, {"amount": 2}]}
    mine, theirs = {"shareholders": [{"amount": 9}, {"amount": 2}]}, {"shareholders": [{"amount": 1}, {"amount": 8}]}
    assert diff(base, mine) == Patch(mine, {"/shareholders": base["shareholders"]})
    assert [clash.path for clash in clashes(diff(base, mine), theirs)] == ["/shareholders"]


def test_what_is_changed_without_its_old_value_is_found():
    assert reach(Patch({"a": {"b": 1}}, {"/a/b": None}))
    assert reach(Patch({"a": {"b": 1, "c": 2}}, {"/a": None}))
    assert not reach(Patch({"a": {"b": 1, "c": 2}}, {"/a/b": None}))
    assert not reach(Patch({"a": {}}, {}))

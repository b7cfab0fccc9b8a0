"""Where a batch ends and which two may be on their way together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.ports import Sent
from clerk_app.sync import batching
from clerk_app.sync.batching import ReadAhead, apart, cut

subjects = st.sets(st.sampled_from("abcdef"), max_size=3)
sizes = st.sampled_from([10, 10, 10, 400_000, 2_000_000])


def sent(seq: int, names: set[str], size: int = 10, **more: object) -> Sent:
    return Sent(envelope=b"x" * size, signature="", id=str(seq), seq=seq, subjects=tuple(sorted(names)), **more)


journals = st.lists(st.tuples(subjects, sizes), min_size=1, max_size=30).map(
    lambda rows: [sent(n, names, size) for n, (names, size) in enumerate(rows, start=1)]
)


@given(journals, st.integers(1, 12))
def test_a_batch_is_short_small_never_empty_and_ends_quietly_if_it_can(rows, limit):
    count = cut(rows, limit)
    assert 1 <= count <= limit
    assert count == 1 or sum(len(one.envelope) for one in rows[:count]) <= batching.BATCH_BYTES
    fits = [
        n
        for n in range(1, len(rows) + 1)
        if n <= limit and (n == 1 or sum(len(r.envelope) for r in rows[:n]) <= 1 << 20)
    ]
    most = max(fits)
    quiet = [n for n in fits if 2 * n >= most and apart(rows[:n], rows[n:])]
    assert count == max([n for n in quiet if n < len(rows)] or [most]) if most < len(rows) else count == most


@given(journals, st.integers(1, 12))
def test_every_row_is_taken_once_in_order_and_little_is_held_in_memory(rows, limit):
    ahead = ReadAhead(lambda after: rows[after : after + limit])
    taken: list[Sent] = []
    while batch := ahead.take(limit, taken[-1].seq if taken else 0):
        taken += batch
        assert len(ahead.rows) <= 3 * limit
    assert taken == rows


def test_one_that_stayed_without_an_answer_goes_in_a_smaller_batch_and_the_rest_follow():
    rows = [sent(1, {"a"}, tries=2), *(sent(n, {"b"}) for n in range(2, 9))]
    ahead = ReadAhead(lambda after: rows[after:])
    assert [len(ahead.take(8, 0)), len(ahead.take(8, 1))] == [1, 7]


@pytest.mark.parametrize("more", [{"aside": True}, {"bare": True}, {"tries": 1}])
def test_what_needs_care_goes_alone(more):
    plain, careful = [sent(1, {"a"})], [sent(2, {"b"}, **more)]
    assert apart(plain, [sent(2, {"b"})])
    assert not apart(plain, careful)
    assert not apart(careful, plain)
    assert not apart(plain, [sent(2, {"a", "c"})])

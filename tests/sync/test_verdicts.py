"""What a refusal does to the moves behind it: all that rests on it, nothing else, and never a fact."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from clerk_app.sync.verdicts import Standing, VerdictState, follow_ups, not_done, undecided, verdict_words

states = sorted(get_args(VerdictState))
rows = st.lists(
    st.builds(
        lambda subjects, fact, state: (frozenset(subjects), fact, state),
        st.sets(st.sampled_from("abcd"), min_size=1, max_size=3),
        st.booleans(),
        st.sampled_from(states),
    ),
    min_size=1,
    max_size=12,
).map(lambda found: [Standing(str(n), *row) for n, row in enumerate(found)])


def test_every_state_has_a_word_and_one_kind():
    assert set(states) == set(verdict_words)
    assert not undecided & not_done
    assert set(states) == undecided | not_done | {"applied", "duplicate"}


@given(rows, st.data())
def test_what_is_set_aside(journal, data):
    failed = data.draw(st.sampled_from(journal))
    place = journal.index(failed)
    aside = follow_ups(journal, {failed.id})
    by_id = {row.id: row for row in journal}
    assert list(aside) == sorted(aside, key=int), "in journal order, each once"
    for key in aside:
        assert int(key) > place
        assert by_id[key].state in undecided
        assert not by_id[key].fact
    spoiled = set(failed.subjects)
    for row in journal[place + 1 :]:
        touched = bool(spoiled & row.subjects) and not row.fact and row.state in undecided
        assert (row.id in aside) == touched
        if touched:
            spoiled |= row.subjects


@given(rows)
def test_a_failure_that_is_not_here_sets_nothing_aside(journal):
    assert follow_ups(journal, {"another"}) == ()


def test_what_rests_on_what_was_set_aside_goes_too():
    journal = [
        Standing("1", frozenset({"ticket:1"}), False, "refused"),
        Standing("2", frozenset({"case:1", "ticket:1"}), False, "pending"),
        Standing("3", frozenset({"case:1"}), False, "held"),
        Standing("4", frozenset({"case:2"}), False, "pending"),
        Standing("5", frozenset({"case:1"}), True, "pending"),
    ]
    assert follow_ups(journal, {"1"}) == ("2", "3")


def test_what_rests_on_a_fact_by_which_its_subject_stands_anew_goes_on():
    journal = [
        Standing("1", frozenset({"ticket:1"}), False, "refused"),
        Standing("2", frozenset({"ticket:1"}), False, "pending"),
        Standing("3", frozenset({"served:1", "ticket:1"}), True, "applied", anew=True),
        Standing("4", frozenset({"case:1", "ticket:1"}), False, "pending"),
    ]
    assert follow_ups(journal, {"1"}) == ("2",)
    assert follow_ups(journal, {"1", "3"}) == ("2", "4"), "a fact the centre cannot read is nothing to rest on"

"""The choice alone: the same again, evenly in turn, the fewest first, and one sentence that is true."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.cases.routing.choosing import Candidate, Loads, choose, explained

POSTS = ("B1", "B2", "B3", "B4")
NAMES = {
    "p1": "许可心",
    "p2": "段明远",
    "p3": "申屠宁",
    "p4": "穆晓芸",
    **dict(zip(POSTS, ("一岗", "二岗", "三岗", "四岗"), strict=True)),
}
ALL = tuple(Candidate(post=post, person=f"p{n}") for n, post in enumerate(POSTS, 1))
some = st.lists(st.sampled_from(ALL), min_size=1, max_size=4, unique=True).map(tuple)
figures = st.dictionaries(st.sampled_from(("p1", "p2", "p3", "p4")), st.integers(0, 9))
turns = st.dictionaries(st.sampled_from(POSTS), st.integers(1, 40))


@given(candidates=some, open_=figures, turned=turns, how=st.sampled_from(("fewest_open", "in_turn")))
def test_the_same_figures_choose_the_same_one_of_those_there(candidates, open_, turned, how) -> None:
    loads = Loads(open=open_, turns=turned)
    chosen = choose(how, candidates, loads)
    assert chosen in candidates
    again = Loads(open=dict(reversed(open_.items())), turns=dict(reversed(turned.items())))
    assert choose(how, candidates, again) == chosen
    if how == "fewest_open":
        assert open_.get(chosen.person, 0) == min(open_.get(one.person, 0) for one in candidates)
    sentence = explained(how, chosen, candidates, loads, NAMES)
    assert sentence.startswith(f"自动分给 {NAMES[chosen.person]}：")
    assert sentence.endswith("。")


@given(many=st.integers(1, 4), cases=st.integers(1, 30))
def test_in_turn_is_never_off_by_more_than_one(many: int, cases: int) -> None:
    had: Counter[str] = Counter()
    turned: dict[str, int] = {}
    for _ in range(cases):
        loads = Loads(open={}, turns=turned)
        chosen = choose("in_turn", ALL[:many], loads)
        assert chosen is not None
        had[chosen.post] += 1
        turned[chosen.post] = loads.next_turn
        figures = [had[one.post] for one in ALL[:many]]
        assert max(figures) - min(figures) <= 1


def test_who_was_away_gets_one_turn_not_all_he_missed() -> None:
    turned = {"B1": 1, "B2": 8}
    first = choose("in_turn", ALL[:2], Loads(open={}, turns=turned))
    assert first == ALL[0]
    second = choose("in_turn", ALL[:2], Loads(open={}, turns={**turned, "B1": 9}))
    assert second == ALL[1]


def test_nobody_there_is_nobody() -> None:
    assert choose("fewest_open", (), Loads(open={}, turns={})) is None


@pytest.mark.parametrize(
    ("open_", "candidates", "sentence"),
    [
        ({"p1": 4, "p2": 6}, ALL[:2], "自动分给 许可心：一岗、二岗在岗 2 人，这一位手上最少（4 件）。"),
        ({"p1": 4, "p2": 4}, ALL[:2], "自动分给 许可心：一岗、二岗在岗 2 人，这一位手上不比别人多（4 件）。"),
        (
            {},
            (Candidate(post="B1", person="p2", acting_for="p1"),),
            "自动分给 段明远 代 许可心：一岗现在只有这一位当班。",
        ),
    ],
)
def test_the_sentence_says_why(open_: dict[str, int], candidates: tuple[Candidate, ...], sentence: str) -> None:
    loads = Loads(open=open_, turns={})
    chosen = choose("fewest_open", candidates, loads)
    assert chosen is not None
    assert explained("fewest_open", chosen, candidates, loads, NAMES) == sentence


def test_one_who_has_two_posts_gets_it_on_his_own() -> None:
    both = (Candidate(post="B1", person="p2", acting_for="p1"), Candidate(post="B2", person="p2"))
    assert choose("fewest_open", both, Loads(open={"p2": 3}, turns={})) == both[1]

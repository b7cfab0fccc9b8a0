"""What a busy centre asks for is the floor of the next wait: read from the answer, kept by the loop, not shortened by an act."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_app.office.line.keeper import LineKeeper
from clerk_app.outside.line import LONGEST_WAIT
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.sync.rounds import Backoff
from tests.contracts.test_http_centre import impostor
from tests.desk import CutCentre, cut_office
from tests.visits import take

__all__ = ["impostor"]

PROBLEM = "application/problem+json"


@given(st.floats(0, 120), st.integers(0, 50), st.integers())
def test_the_wait_is_never_shorter_and_jitters_above(floor, failures, seed):
    backoff = Backoff(base=0.5, cap=8.0, tries=failures, rng=random.Random(seed))
    assert floor <= backoff.next(floor) <= floor + 8.0


def test_a_crowd_told_the_same_does_not_come_back_together():
    waits = {Backoff(rng=random.Random(seed)).next(5.0) for seed in range(200)}
    assert len(waits) == 200
    assert min(waits) >= 5.0


@pytest.mark.parametrize(("said", "heard"), [("3", 3.0), ("0", 0.0), ("99999", LONGEST_WAIT), ("soon", 0.0), ("", 0.0)])
def test_it_is_read_from_a_problem_and_from_a_centre_that_is_away(impostor, said, heard):
    body = json.dumps({"type": "centre-busy", "detail": "中心正忙。", "status": 429}).encode()
    busy, _ = impostor(429, PROBLEM, body, **{"Retry-After": said})
    with pytest.raises(CentreProblem) as problem:
        busy.hello()
    assert (problem.value.type, problem.value.retry_after) == ("centre-busy", heard)
    crowded, _ = impostor(503, PROBLEM, body, **{"Retry-After": said})
    with pytest.raises(CentreAway) as away:
        crowded.hello()
    assert away.value.retry_after == heard


class Busy(CutCentre):
    """Asks to be left alone for half a minute."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble
        self.asked = 0

    def hello(self, said=None):
        self.asked += 1
        raise self.trouble


@pytest.mark.parametrize(
    "trouble", [CentreAway("HTTP 503", 30.0), CentreProblem("centre-busy", "中心正忙。", 429, 30.0)], ids=["503", "429"]
)
def test_an_act_does_not_shorten_it(tmp_path, trouble):
    office = cut_office(tmp_path)
    busy = Busy(trouble)
    office.parts = replace(office.parts, centre=busy)
    try:
        keeper = LineKeeper(office)
        assert keeper.round() >= 30.0
        asked = busy.asked
        take(office)
        assert 0 < keeper.round() <= 38.0
        assert busy.asked == asked, "nobody was asked again"
    finally:
        office.parts.vault.close()

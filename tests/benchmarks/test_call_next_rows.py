"""The benchmarks of 下一位 are on the list, and what they measure happens, on both sides; nothing is timed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.benchmarks import call_next
from tests.benchmarks.real_centre import real_centre
from tests.benchmarks.registry import benchmarks
from tests.benchmarks.single_lock_queue import single_lock_queue
from tests.desk import cut_office
from tests.server.postgres import postgres_url

__all__ = ["postgres_url"]


def test_they_are_on_the_list() -> None:
    assert {"call-next", "call-next-offline"} <= set(benchmarks)


@pytest.mark.process
def test_eight_windows_press_on_both_sides(postgres_url: str) -> None:
    with real_centre(processes=2) as centre:
        ours, beside = call_next.measure(centre, 2)
        waiting = centre.count("tickets", "state = 'waiting'")
    assert [ours.name, beside.name] == ["call-next", "call-next beside one lock"]
    assert waiting == call_next.LEFT
    assert (ours.value, ours.floor) == (beside.value, beside.floor)
    assert ours.value > 0
    assert ours.floor > 0
    assert beside.of_ratio


def test_a_cut_desk_presses(tmp_path: Path) -> None:
    office = cut_office(tmp_path)
    try:
        row = call_next.offline(office, tmp_path, 3)
    finally:
        office.parts.vault.close()
    assert (row.name, row.most) == ("call-next-offline", 10.0)
    assert row.value > 0
    assert row.floor > 0


@pytest.mark.process
def test_the_single_lock_queue_calls_each_once_in_order(tmp_path: Path) -> None:
    """It is slow or quick, but right: what we are measured beside does its work."""
    with single_lock_queue(tmp_path) as url:

        def ask(path: str, asked: dict[str, object]) -> Any:
            request = Request(f"{url}{path}", json.dumps(asked).encode(), {"Content-Type": "application/json"})
            with urlopen(request, timeout=20) as answer:
                return json.load(answer)

        assert ask("/tickets", {"letter": "A", "count": 3})["numbers"] == ["A001", "A002", "A003"]
        assert ask("/tickets", {"letter": "B"})["numbers"] == ["B001"]
        first = ask("/next", {"window": 2, "letters": ["A"]})
        assert first["ticket"]["number"] == "A001"
        assert [one["number"] for one in first["waiting"]] == ["A002", "A003"]
        assert ask("/next", {"window": 3, "letters": ["A", "B"]})["ticket"]["number"] == "A002"
        assert ask("/next", {"window": 2, "letters": ["A"]})["ticket"]["number"] == "A003"
        assert ask("/next", {"window": 2, "letters": ["A"]}) == {"ticket": None, "waiting": []}

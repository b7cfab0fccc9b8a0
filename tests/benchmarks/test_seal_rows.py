"""The benchmark of the seal is on the list, and what it measures happens."""

from __future__ import annotations

from tests.benchmarks import __main__ as table
from tests.benchmarks import seal


def test_it_measures(qapp, monkeypatch) -> None:
    for many, few in (("SINGLE", 2), ("BATCH", 1), ("FIRST", 2), ("PROCESSES", 1)):
        monkeypatch.setattr(seal, many, few)
    monkeypatch.setattr(seal, "in_a_process_of_its_own", seal.first)
    rows = table.benchmarks["seal"]()
    assert [row.name for row in rows] == ["seal", "seal with its PIN", "seal batch", "seal first"]
    assert all(row.value > 0 and row.floor > 0 and row.of_ratio for row in rows)
    assert rows[1].floor > rows[0].floor, "the PIN's own time is in the one and not in the other"

"""The benchmarks of the whole desk are on the list, and what they measure happens."""

from __future__ import annotations

import pytest

from tests.benchmarks import __main__ as table
from tests.benchmarks import pages, quiet_desk


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(
    ("name", "rows"), [("page-switch", ["page-switch", "page-switch first"]), ("next-to-page", ["next-to-page"])]
)
def test_pages_are_measured(qapp, monkeypatch, name: str, rows: list[str]) -> None:
    for many, few in (("CASES", 20), ("ROUNDS", 2), ("CALLS", 3)):
        monkeypatch.setattr(pages, many, few)
    found = table.benchmarks[name]()
    assert [row.name for row in found] == rows
    assert all(row.value > 0 and row.floor > 0 for row in found)


@pytest.mark.process
def test_a_quiet_desk_is_measured(monkeypatch) -> None:
    monkeypatch.setattr(quiet_desk, "VISITS", 1)
    monkeypatch.setattr(quiet_desk, "SECONDS", 1.0)
    (idle,), (whole, own) = table.benchmarks["idle-cpu"](), table.benchmarks["resident"]()
    assert 0 <= idle.value < 100
    assert whole.value > own.value > whole.floor > 0

"""The benchmark of the screens is on the list, and what it measures happens."""

from __future__ import annotations

import pytest

from tests.benchmarks import __main__ as table
from tests.benchmarks import display


@pytest.mark.process
def test_it_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "SCREENS", 5)
    monkeypatch.setattr(display, "CALLS", 1)
    (row,) = table.benchmarks["display"]()
    assert row.name == "display"
    assert 0 < row.floor < row.value
    assert row.most == 1.0

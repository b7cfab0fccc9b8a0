"""The benchmarks of the form page are on the list, and what they measure happens."""

from __future__ import annotations

import pytest

from tests.benchmarks import __main__ as table
from tests.benchmarks import form_page


@pytest.mark.parametrize(
    ("name", "rows"),
    [("form-open", ["form-open"]), ("form-step", ["form-step", "form-step first"]), ("autosave", ["autosave"])],
)
def test_it_measures(qapp, monkeypatch, name: str, rows: list[str]) -> None:
    for many, few in (("OPENINGS", 1), ("SWITCHES", 2), ("KEYSTROKES", 4)):
        monkeypatch.setattr(form_page, many, few)
    found = table.benchmarks[name]()
    assert [row.name for row in found] == rows
    assert all(row.value > 0 and row.floor > 0 for row in found)

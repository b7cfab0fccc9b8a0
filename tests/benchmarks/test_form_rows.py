"""The benchmark of the form's check: it is on the list, and what it measures happens."""

from __future__ import annotations

from tests.benchmarks import __main__ as table
from tests.benchmarks import form_check
from tests.benchmarks.form_check import OWNERS, PEOPLE, large


def test_a_large_company_is_checked_whole(monkeypatch) -> None:
    monkeypatch.setattr(form_check, "ROUNDS", 2)
    document = large()
    assert (len(document["shareholders"]), len(document["persons"])) == (OWNERS, PEOPLE)
    (row,) = table.benchmarks["form-check"]()
    assert row.name == "form-check"
    assert row.value > 0
    assert row.floor > 0

"""The benchmarks of finding, each in a small form over real parts: what they measure happens, and nothing is timed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks import __main__ as table
from tests.benchmarks.centre_finding import measured_there
from tests.benchmarks.finding import measured_here
from tests.benchmarks.registry import Row
from tests.server.postgres import postgres_url

__all__ = ["postgres_url"]


def names(rows: list[Row]) -> list[str]:
    assert all(row.value > 0 and row.floor > 0 for row in rows), rows
    return [row.name for row in rows]


def test_they_are_on_the_list() -> None:
    assert {"search", "open-case", "store-size", "centre-search"} <= set(table.benchmarks)


def test_a_window_searches_opens_and_is_weighed(qapp: QApplication) -> None:
    assert names(measured_here(300, 1)) == ["search", "search lists", "open-case", "store-size", "store-size index"]


@pytest.mark.process
def test_the_centre_searches_what_was_filled_in_by_sql(postgres_url: str) -> None:
    assert names(measured_there(postgres_url, 400, 100, 1)) == ["centre-search"]

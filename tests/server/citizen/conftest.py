"""The citizen process over SQLite and over PostgreSQL, each on an empty database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.citizen.papers import Citizens, citizens


@pytest.fixture(params=["sqlite", "postgresql"])
def public_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("cluster").fresh()
    return f"sqlite:///{tmp_path / 'citizen.db'}"


@pytest.fixture
def public(public_url: str) -> Iterator[Citizens]:
    with citizens(public_url) as made:
        yield made

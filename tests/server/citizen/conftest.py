"""The citizen process over SQLite and over PostgreSQL, each on an empty database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from clerk_app.server.centre import TRAINING_SHIFT
from clerk_app.store.columns import HALL_ZONE
from tests.server.citizen.browser import Browser, Pipe, browsing
from tests.server.citizen.papers import Citizens, citizens
from tests.server.citizen.whole import Hall
from tests.server.conftest import Cluster
from tests.server.desk import NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def public_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("cluster").fresh()
    return f"sqlite:///{tmp_path / 'citizen.db'}"


@pytest.fixture
def public(public_url: str) -> Iterator[Citizens]:
    with citizens(public_url) as made:
        yield made


@pytest.fixture
def hall(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setenv(TRAINING_SHIFT, str((NOW - datetime.now(HALL_ZONE)).total_seconds()))
    with ExitStack() as stack:
        yield Hall(stack, cluster.fresh(), cluster.fresh(), tmp_path)


@pytest.fixture(scope="session")
def chromium(need_program: Callable[[str, str], str]) -> Iterator[Pipe]:
    """One for all: it takes two seconds to start."""
    with browsing(need_program) as pipe:
        yield pipe


@pytest.fixture
def telephone(chromium: Pipe) -> Iterator[Browser]:
    browser = Browser(chromium)
    yield browser
    browser.close()

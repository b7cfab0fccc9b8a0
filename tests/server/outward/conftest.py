from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.outward.platforms import RunningPlatform


@pytest.fixture(scope="session")
def running_platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPlatform]:
    platform = RunningPlatform(tmp_path_factory.mktemp("platform"))
    yield platform
    platform.end()


@pytest.fixture
def platform(running_platform: RunningPlatform) -> RunningPlatform:
    """One process for all tests; each finds it empty."""
    running_platform.forget()
    return running_platform

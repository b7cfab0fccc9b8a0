"""One scene of faults for each module that asks for it; every test begins with the database as it was loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.site import Site, open_site
from tests.server.postgres import PACKAGE, _programs


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site"), processes=2) as site:
        yield site


@pytest.fixture
def site(need_program: Callable[[str, str], str], request: pytest.FixtureRequest) -> Iterator[Site]:
    need_program("initdb", PACKAGE)
    assert _programs() is not None
    site: Site = request.getfixturevalue("one_site")
    yield site
    site.reset()

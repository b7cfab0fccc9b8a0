"""暂离: what a window head reads, played by real offices before a real centre."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.visit.away_steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module
from tests.visit.cover_hall import hall  # noqa: F401

pytestmark = pytest.mark.process

scenarios("暂离.feature")

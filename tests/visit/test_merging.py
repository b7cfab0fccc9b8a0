"""断线与归并: what a window head reads, played by three real offices before a real centre."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.visit.merging_steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module

pytestmark = pytest.mark.process

scenarios("断线与归并.feature")

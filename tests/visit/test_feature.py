"""取号到受理: what a window head reads, played on a real office."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.visit.steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module

pytestmark = pytest.mark.process

scenarios("取号到受理.feature")

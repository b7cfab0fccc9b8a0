"""首席代表授权: what a chief representative reads, played by three real offices before a real centre."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.visit.authorising_steps import *  # noqa: F403 — after them: some of its steps say more
from tests.visit.merging_steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module

pytestmark = pytest.mark.process

scenarios("首席代表授权.feature")

"""自助预填: what a window head reads, played on two machines before one centre."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.visit.self_fill_steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module
from tests.visit.steps import *  # noqa: F403

pytestmark = pytest.mark.process

scenarios("自助预填.feature")

"""即办件, 补正: what a window head reads, played on a real office with its centre, printer and line."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.visit.intake_steps import *  # noqa: F403 — pytest-bdd finds steps by their names in this module
from tests.visit.steps import *  # noqa: F403

pytestmark = pytest.mark.process

scenarios("即办件.feature", "补正.feature")

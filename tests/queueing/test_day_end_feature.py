"""一天结束: what a window head reads, played by real offices before a real centre."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.queueing.features_steps.calling_steps import *  # noqa: F403 — pytest-bdd finds steps by their names here
from tests.queueing.features_steps.cut_steps import *  # noqa: F403
from tests.queueing.features_steps.day_end_steps import *  # noqa: F403
from tests.queueing.features_steps.line_hall import hall  # noqa: F401

pytestmark = pytest.mark.process

scenarios("一天结束.feature")

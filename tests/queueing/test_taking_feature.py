"""取号: what a window head reads, played by a real office with its spool; where two windows meet, before a real centre."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

from tests.queueing.features_steps.calling_steps import *  # noqa: F403 — pytest-bdd finds steps by their names here
from tests.queueing.features_steps.line_hall import hall  # noqa: F401
from tests.queueing.features_steps.taking_steps import *  # noqa: F403
from tests.queueing.features_steps.ticket_scene import scene  # noqa: F401

pytestmark = pytest.mark.process

scenarios("取号.feature")
